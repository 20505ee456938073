// Index terms with their weights: one vocabulary for documents, for queries and for Xapian.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace yuanda::kb::detail {

using TermId = std::uint32_t;

/// A distinct term of a text. `key` is the term behind a letter for its kind (W, B, U), which keeps the
/// two-character word apart from the pair of the same characters; upper case is safe over case-folded terms.
struct CountedTerm {
    std::string key;
    int count = 0;
    double weight = 0;  // words 1, pairs 0.5, characters 1.2, times the term's own weight, summed over `count`
};

/// Terms of already normalised text, distinct, in order of first sight. Terms Xapian would refuse are left out.
std::vector<CountedTerm> counted_terms(std::string_view normalised);

/// Terms of several texts as one document.
std::vector<CountedTerm> counted_terms(const std::vector<std::string>& normalised);

/// True for a pair of Han characters: the measure of a question's length in Hits::confidence.
inline bool is_pair(const CountedTerm& term) { return term.key.front() == 'B'; }

/// What two texts must share to count as the same question: without punctuation and space.
std::string surface_key(std::string_view normalised);

/// Numbers for terms. Built once, then only read.
class Vocabulary {
public:
    TermId add(const std::string& key);
    /// The size of the vocabulary when the key is unknown.
    TermId find(const std::string& key) const;
    std::size_t size() const { return ids_.size(); }

private:
    std::unordered_map<std::string, TermId> ids_;
};

}  // namespace yuanda::kb::detail
