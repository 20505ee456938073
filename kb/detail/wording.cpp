// Compares wordings by the characters that stand side by side in them.
#include "kb/detail/wording.hpp"

#include <algorithm>
#include <iterator>

#include "core/text.hpp"
#include "kb/detail/lexical.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr double kAlike = 0.85;          // Jaccard: one character differs in a sentence of a dozen
constexpr std::size_t kFewestPairs = 5;  // shorter wordings are judged by equality alone

Pairs pairs_of(std::string_view surface) {
    const auto wide = to_utf32(surface);
    Pairs pairs;
    for (std::size_t i = 0; i + 1 < wide.size(); ++i) pairs.emplace_back(wide[i], wide[i + 1]);
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

}  // namespace

std::size_t shared(const Pairs& a, const Pairs& b) {
    Pairs both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

Wording wording_of(const std::string& text) {
    auto surface = surface_key(nlu::normalise(text));
    auto pairs = pairs_of(surface);
    return {text, std::move(surface), std::move(pairs)};
}

std::vector<Wording> wordings_of(const Entry& entry) {
    std::vector<Wording> all{wording_of(entry.question)};
    for (const auto& variant : entry.variants) all.push_back(wording_of(variant));
    return all;
}

bool alike(const Wording& a, const Wording& b) {
    const auto fewest = std::min(a.pairs.size(), b.pairs.size());
    const auto most = std::max(a.pairs.size(), b.pairs.size());
    if (a.surface == b.surface || fewest < kFewestPairs) return false;
    if (static_cast<double>(fewest) < kAlike * static_cast<double>(most)) return false;
    const auto common = shared(a.pairs, b.pairs);
    return static_cast<double>(common) > kAlike * static_cast<double>(fewest + most - common);
}

}  // namespace yuanda::kb::detail
