// Scores an entry: BM25 over its questions and its answer. The likeness of the single nearest wording and a shared
// field per topic were tried on the golden questions and added nothing.
#include "kb/detail/ranker.hpp"

#include <cmath>

#include "kb/detail/markup.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr double kAnswerWeight = 0.5;  // docs/retrieval.md
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

Ranker::Ranker(const std::vector<EntryTerms>& entries, const Outside& outside) {
    for (const auto& entry : entries) {
        questions_.rows.add(entry.question, vocabulary_);
        answers_.rows.add(entry.answer, vocabulary_);
    }
    for (const auto& category : outside) {
        std::vector<std::string> wordings;
        for (const auto& wording : category) wordings.push_back(nlu::normalise(wording));
        questions_.rows.add(counted_terms(wordings), vocabulary_);
    }
    questions_.finish(vocabulary_.size());
    answers_.finish(vocabulary_.size());
    scale_ = std::log(2.0 + static_cast<double>(entries.size()));
}

Query Ranker::query(std::string_view normalised) const {
    Query query;
    std::vector<std::pair<QueryTerm, std::string>> known;
    double all_weight = 0;
    for (auto& term : counted_terms(normalised)) {
        query.pairs += is_pair(term) ? term.count : 0;
        all_weight += term.weight;
        const auto id = vocabulary_.find(term.key);
        if (id == vocabulary_.size()) continue;
        query.known += term.weight;
        known.emplace_back(QueryTerm{id, term.weight}, std::move(term.key));
    }
    if (all_weight > 0) query.known /= all_weight;
    std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.first.id < b.first.id; });
    std::vector<std::string> keys;
    for (auto& [term, key] : known) {
        query.terms.push_back(term);
        keys.push_back(std::move(key));
    }
    choose_candidates(query, keys);
    return query;
}

void Ranker::choose_candidates(Query& query, const std::vector<std::string>& keys) const {
    std::vector<std::size_t> order(keys.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto frequency = [&](std::size_t i) {
        return std::max(questions_.frequency(query.terms[i].id), answers_.frequency(query.terms[i].id));
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return frequency(a) < frequency(b); });
    order.resize(std::min(order.size(), kCandidateTerms));
    for (const auto i : order) {
        query.candidates.push_back(keys[i]);
        query.candidate_weights.push_back(query.terms[i].weight);
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
