// Sums BM25 over the terms a question and a document share.
#include "kb/detail/rows.hpp"

#include <cmath>

namespace yuanda::kb::detail {
namespace {

constexpr double kK1 = 1.2;
constexpr double kB = 0.75;

}  // namespace

void Rows::add(const std::vector<CountedTerm>& terms, Vocabulary& vocabulary) {
    const auto begin = static_cast<std::ptrdiff_t>(postings_.size());
    for (const auto& term : terms) postings_.push_back({vocabulary.add(term.key), static_cast<float>(term.count)});
    std::sort(postings_.begin() + begin, postings_.end(),
              [](const Posting& a, const Posting& b) { return a.term < b.term; });
    starts_.push_back(postings_.size());
}

std::span<const Rows::Posting> Rows::row(std::size_t document) const {
    return std::span(postings_).subspan(starts_[document], starts_[document + 1] - starts_[document]);
}

void Bm25::finish(std::size_t vocabulary_size) {
    frequency_.assign(vocabulary_size, 0);
    std::vector<double> lengths(rows.size(), 0);
    double total = 0;
    for (std::size_t document = 0; document < rows.size(); ++document) {
        for (const auto& posting : rows.row(document)) {
            ++frequency_[posting.term];
            lengths[document] += posting.count;
        }
        total += lengths[document];
    }
    const auto count = static_cast<double>(rows.size());
    const double mean = total > 0 ? total / count : 1;
    for (const auto length : lengths)
        length_factors_.push_back(static_cast<float>(kK1 * (1 - kB + kB * length / mean)));
    for (const auto n : frequency_) idf_.push_back(static_cast<float>(std::log(1 + (count - n + 0.5) / (n + 0.5))));
}

double Bm25::score(std::span<const QueryTerm> terms, std::size_t document) const {
    double sum = 0;
    const double length_factor = length_factors_[document];
    rows.intersect(terms, document, [&](const QueryTerm& term, double count) {
        sum += term.weight * idf_[term.id] * count * (kK1 + 1) / (count + length_factor);
    });
    return sum;
}

}  // namespace yuanda::kb::detail
