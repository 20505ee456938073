// Reads Chinese as citizens type it: normalise, segment, then risk, topic, intent and entities.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu {

/// NFKC case-folded, traditional to simplified where a character occurs that simplified text never has,
/// Kangxi radicals, width, zero-width and stray spaces repaired. For matching, never for display. Thread-safe.
std::string normalise(std::string_view text);

/// One index term and how much it counts.
struct Term {
    enum class Kind { Word, Bigram, Unigram };
    std::string text;
    Kind kind = Kind::Word;
    double weight = 1;  // 0.3 for boilerplate (请问, 怎么办, 我…), else 1
};
/// ICU words, Han bigrams and unigrams of already normalised text. Thread-safe (one BreakIterator a thread).
std::vector<Term> terms(std::string_view normalised);
/// ICU words only.
std::vector<std::string> segment(std::string_view normalised);

/// The files a Reader is made from; each is TOML text (nlu does no I/O).
struct ReaderSources {
    std::string topics;   // config/topics.toml: names and seed words of T01..T22
    std::string lexicon;  // config/lexicon/words.toml: legal words, dialect, typos, boilerplate
    std::string intents;  // config/lexicon/intents.toml
    std::string risks;    // config/lexicon/risks.toml
};

/// Immutable and thread-safe.
class Reader {
public:
    virtual ~Reader() = default;
    /// `utterance`: valid UTF-8, at most 8,000 characters; more is cut.
    virtual Understanding read(std::string_view utterance) const = 0;
    /// 欠薪 for "T01"; empty when unknown.
    virtual std::string topic_name(std::string_view topic) const = 0;
};

/// InvalidInput names the source and line.
Result<std::unique_ptr<Reader>> make_reader(const ReaderSources& sources);

}  // namespace yuanda::nlu
