// Finds entries for an utterance and says how sure it is. Xapian stays inside.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "kb/base.hpp"

namespace yuanda::kb {

struct Hit {
    EntryId entry;
    std::string question;
    std::string topic;
    double score = 0;  // fused BM25 weights (question 1, answer 0.5): comparable within one call only
    bool operator==(const Hit&) const = default;
};

/// Best first. `confidence`: 0..1, calibrated probability that the best hit answers the question.
struct Hits {
    std::vector<Hit> hits;
    double confidence = 0;
    bool operator==(const Hits&) const = default;
};

/// Thread-safe; readers are thread-local inside.
class Index {
public:
    virtual ~Index() = default;
    /// `normalised`: output of nlu::normalise. `topic`: the reader's best topic or empty (a mild prior).
    /// `limit`: 1..100, others are moved into it. An empty list is a normal answer.
    virtual Result<Hits> search(std::string_view normalised, std::string_view topic, int limit) const = 0;
};

/// Builds the index of `base` in `directory` (created; an index there is replaced atomically by a new
/// generation) and opens it. `directory` empty: a private temporary one, removed with the Index.
Result<std::unique_ptr<Index>> build_index(const Base& base, const std::string& directory);

/// The index of `base` from that of an earlier base, in a fraction of the time: for an editor who is waiting. `whole`
/// came from build_index() of the same entries in the same places; `changed` are the places of those that are
/// different now and of those added behind. Shares the databases of `whole` and writes none; may outlive it.
/// InvalidInput when the two do not fit.
Result<std::unique_ptr<Index>> patched_index(const Index& whole, const Base& base,
                                             const std::vector<std::size_t>& changed);

/// Thresholds on Hits::confidence, measured on the golden questions without a topic: at `answer` 48 % are answered, 97
/// % of them with the entry meant, most others with a near neighbour (docs/retrieval.md).
struct Thresholds {
    double answer = 0.7;   // at or above: answer
    double clarify = 0.2;  // at or above: ask back with choices; below: fall back
};

}  // namespace yuanda::kb
