// Scores an entry: BM25 over its questions and its answer. The likeness of the single nearest wording and a shared
// field per topic were tried on the golden questions and added nothing.
#include "kb/detail/ranker.hpp"

#include <cmath>
#include <numeric>
#include <unordered_set>

#include "kb/detail/markup.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr double kAnswerWeight = 0.5;  // docs/retrieval.md
constexpr double kMeantWeight = 0.2;   // of a term the thesaurus brings; docs/retrieval.md
constexpr std::size_t kCandidateTerms = 24;

std::string without_references(std::string_view text) {
    std::string out;
    for (const auto& span : spans(text))
        if (span.kind == Span::Kind::Words) out += span.text;
    return out;
}

}  // namespace

EntryTerms entry_terms(const Entry& entry) {
    EntryTerms result;
    std::vector<std::string> question{nlu::normalise(entry.question)};
    for (const auto& variant : entry.variants) question.push_back(nlu::normalise(variant));
    for (const auto& surface : question) result.titles.push_back(surface_key(surface));
    for (const auto& keyword : entry.keywords) question.push_back(nlu::normalise(keyword));
    result.question = counted_terms(question);

    std::vector<std::string> answer{nlu::normalise(without_references(entry.conclusion))};
    for (const auto& section : entry.sections)
        for (const auto& item : section.items) answer.push_back(nlu::normalise(without_references(item)));
    result.answer = counted_terms(answer);
    return result;
}

Ranker::Ranker(const std::vector<EntryTerms>& entries, const LaySpeech& lay_speech) : thesaurus_(lay_speech.thesaurus) {
    for (const auto& entry : entries) {
        questions_.rows.add(entry.question, vocabulary_);
        answers_.rows.add(entry.answer, vocabulary_);
    }
    for (const auto& category : lay_speech.outside) {
        std::vector<std::string> wordings;
        for (const auto& wording : category) wordings.push_back(nlu::normalise(wording));
        questions_.rows.add(counted_terms(wordings), vocabulary_);
    }
    questions_.finish(vocabulary_.size());
    answers_.finish(vocabulary_.size());
    scale_ = std::log(2.0 + static_cast<double>(entries.size()));
}

struct Ranker::Known {
    QueryTerm term;
    std::string key;
};

Query Ranker::query(std::string_view normalised) const {
    Query query;
    auto known = known_terms(normalised, query);
    choose_candidates(query, known);
    add_meant(normalised, known);
    std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.term.id < b.term.id; });
    for (const auto& one : known) query.terms.push_back(one.term);
    return query;
}

/// The question's own terms that stand in any entry; counts what share of it they are.
std::vector<Ranker::Known> Ranker::known_terms(std::string_view normalised, Query& query) const {
    std::vector<Known> known;
    double all_weight = 0;
    for (auto& term : counted_terms(normalised)) {
        query.pairs += is_pair(term) ? term.count : 0;
        all_weight += term.weight;
        const auto id = vocabulary_.find(term.key);
        if (id == vocabulary_.size()) continue;
        query.known += term.weight;
        known.push_back({{id, term.weight}, std::move(term.key)});
    }
    if (all_weight > 0) query.known /= all_weight;
    return known;
}

/// Adds the law's words for what was said, lightly: they tell neighbours apart, they do not make a question known.
void Ranker::add_meant(std::string_view normalised, std::vector<Known>& known) const {
    std::unordered_set<TermId> there;
    for (const auto& one : known) there.insert(one.term.id);
    for (auto& term : counted_terms(thesaurus_.meant_by(normalised))) {
        const auto id = vocabulary_.find(term.key);
        if (id != vocabulary_.size() && there.insert(id).second)
            known.push_back({{id, kMeantWeight * term.weight / term.count}, std::move(term.key)});
    }
}

void Ranker::choose_candidates(Query& query, const std::vector<Known>& known) const {
    std::vector<std::size_t> order(known.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto frequency = [&](std::size_t i) {
        return std::max(questions_.frequency(known[i].term.id), answers_.frequency(known[i].term.id));
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return frequency(a) < frequency(b); });
    order.resize(std::min(order.size(), kCandidateTerms));
    for (const auto i : order) {
        query.candidates.push_back(known[i].key);
        query.candidate_weights.push_back(known[i].term.weight);
    }
}

double Ranker::outside(const Query& query) const {
    double best = 0;
    for (auto i = size(); i < questions_.rows.size(); ++i) best = std::max(best, questions_.score(query.terms, i));
    return best;
}

double Ranker::score(const Query& query, std::size_t entry) const {
    return questions_.score(query.terms, entry) + kAnswerWeight * answers_.score(query.terms, entry);
}

}  // namespace yuanda::kb::detail
