// Documents as compressed rows of terms, and BM25 over them.
#pragma once

#include <span>
#include <vector>

#include "kb/detail/lexical.hpp"

namespace yuanda::kb::detail {

struct QueryTerm {
    TermId id = 0;
    double weight = 0;
};

/// One row a document: its terms by ascending id with their counts.
class Rows {
public:
    struct Posting {
        TermId term;
        float count;
    };

    void add(const std::vector<CountedTerm>& terms, Vocabulary& vocabulary);
    std::span<const Posting> row(std::size_t document) const;
    std::size_t size() const { return starts_.size() - 1; }

    /// Calls `visit(term, count)` for each of `terms` (ascending ids) that the document holds.
    template <class Visit>
    void intersect(std::span<const QueryTerm> terms, std::size_t document, Visit visit) const {
        const auto postings = row(document);
        auto at = postings.begin();
        for (const auto& term : terms) {
            at = std::lower_bound(at, postings.end(), term.id, [](const Posting& p, TermId id) { return p.term < id; });
            if (at == postings.end()) return;
            if (at->term == term.id) visit(term, at->count);
        }
    }

private:
    std::vector<std::size_t> starts_{0};
    std::vector<Posting> postings_;
};

/// BM25 over rows: k1 1.2, b 0.75, idf log(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza 2009, never
/// negative; the parameters are those of the laboratory).
struct Bm25 {
    Rows rows;

    /// Counts frequencies and lengths; call once, after the last add.
    void finish(std::size_t vocabulary_size);
    double score(std::span<const QueryTerm> terms, std::size_t document) const;
    double idf(TermId term) const { return term < idf_.size() ? idf_[term] : 0; }
    std::uint32_t frequency(TermId term) const { return term < frequency_.size() ? frequency_[term] : 0; }

private:
    std::vector<float> length_factors_;  // k1 (1 - b + b length / mean length)
    std::vector<std::uint32_t> frequency_;
    std::vector<float> idf_;
};

}  // namespace yuanda::kb::detail
