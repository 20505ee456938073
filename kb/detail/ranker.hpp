// The forward index in memory: exact scores for the few entries that Xapian proposes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kb/base.hpp"
#include "kb/detail/lexical.hpp"
#include "kb/detail/rows.hpp"

namespace yuanda::kb::detail {

/// An entry's texts, normalised and counted; what Ranker and the Xapian store are made of.
struct EntryTerms {
    std::vector<std::string> titles;    // surface_key of the title, then of each variant
    std::vector<CountedTerm> question;  // title, variants and keywords together
    std::vector<CountedTerm> answer;    // conclusion and sections
};
EntryTerms entry_terms(const Entry& entry);

/// A question against the vocabulary of one Ranker.
struct Query {
    std::vector<QueryTerm> terms;         // known ones and those they are said for, by id
    std::vector<std::string> candidates;  // keys of the rarest known terms, for Xapian
    std::vector<double> candidate_weights;
    double known = 0;  // share of the question's term weight that the vocabulary knows
    int pairs = 0;     // Han pairs, known or not
};

/// Immutable once built; thread-safe.
class Ranker {
public:
    Ranker(const std::vector<EntryTerms>& entries, const LaySpeech& lay_speech);

    Query query(std::string_view normalised) const;
    /// BM25 of the question field plus half that of the answer field.
    double score(const Query& query, std::size_t entry) const;
    /// The same of the nearest category of things outside our field; 0 without any.
    double outside(const Query& query) const;
    /// log(1 + entries): what a rare term is worth here, so that confidence means the same in any base.
    double scale() const { return scale_; }
    std::size_t size() const { return answers_.rows.size(); }

private:
    struct Known;
    std::vector<Known> known_terms(std::string_view normalised, Query& query) const;
    void add_meant(std::string_view normalised, std::vector<Known>& known) const;
    void choose_candidates(Query& query, const std::vector<Known>& known) const;

    Thesaurus thesaurus_;
    Vocabulary vocabulary_;
    Bm25 questions_;  // of the entries, then of the categories outside
    Bm25 answers_;
    double scale_ = 1;
};

}  // namespace yuanda::kb::detail
