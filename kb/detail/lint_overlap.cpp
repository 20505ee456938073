// Lint rules that look across texts: wordings nearly alike in two entries, golden questions too near to theirs.
#include <iterator>
#include <unordered_map>

#include "core/text.hpp"
#include "kb/detail/lexical.hpp"
#include "kb/detail/lint_rules.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr double kAlike = 0.85;          // Jaccard: one character differs in a sentence of a dozen
constexpr double kGoldenShare = 0.40;    // kb/entries/README.md
constexpr std::size_t kFewestPairs = 5;  // shorter wordings are judged by equality alone

/// Neighbouring characters of a wording, sorted and distinct.
using Pairs = std::vector<std::pair<char32_t, char32_t>>;

Pairs pairs_of(std::string_view surface) {
    const auto wide = to_utf32(surface);
    Pairs pairs;
    for (std::size_t i = 0; i + 1 < wide.size(); ++i) pairs.emplace_back(wide[i], wide[i + 1]);
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

std::size_t shared(const Pairs& a, const Pairs& b) {
    Pairs both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

struct Wording {
    const Entry* owner;
    std::string text;
    std::string surface;
    Pairs pairs;
};

Wording wording_of(const Entry* owner, const std::string& text) {
    auto surface = surface_key(nlu::normalise(text));
    auto pairs = pairs_of(surface);
    return {owner, text, std::move(surface), std::move(pairs)};
}

std::vector<Wording> wordings_of(const Entry& entry) {
    std::vector<Wording> all{wording_of(&entry, entry.question)};
    for (const auto& variant : entry.variants) all.push_back(wording_of(&entry, variant));
    return all;
}

/// Equal wordings are near_duplicate's business.
bool alike(const Wording& a, const Wording& b) {
    const auto fewest = std::min(a.pairs.size(), b.pairs.size());
    const auto most = std::max(a.pairs.size(), b.pairs.size());
    if (a.surface == b.surface || fewest < kFewestPairs) return false;
    if (static_cast<double>(fewest) < kAlike * static_cast<double>(most)) return false;
    const auto common = shared(a.pairs, b.pairs);
    return static_cast<double>(common) > kAlike * static_cast<double>(fewest + most - common);
}

}  // namespace

void lint_alike(const std::vector<const Entry*>& entries, Findings& findings) {
    std::vector<Wording> all;
    // Wordings that share none of their first pairs cannot be alike; a pair leads to those that hold it.
    std::map<std::pair<char32_t, char32_t>, std::vector<std::size_t>> holders;
    for (const auto* entry : entries) {
        findings.about(entry->id.value);
        for (auto& wording : wordings_of(*entry)) {
            std::set<std::size_t> near;
            for (std::size_t i = 0; i < std::min<std::size_t>(3, wording.pairs.size()); ++i)
                if (const auto found = holders.find(wording.pairs[i]); found != holders.end())
                    near.insert(found->second.begin(), found->second.end());
            for (const auto place : near) {
                const auto& other = all[place];
                if (other.owner == entry || !alike(wording, other)) continue;
                findings.error("variants", "alike_variant",
                               wording.text + " is nearly " + other.text + " of " + other.owner->id.value);
                break;
            }
            for (const auto& pair : wording.pairs) holders[pair].push_back(all.size());
            all.push_back(std::move(wording));
        }
    }
}

void lint_golden(const std::vector<EvaluationQuery>& golden, const std::vector<const Entry*>& entries,
                 Findings& findings) {
    std::unordered_map<std::string, const Entry*> by_id;
    for (const auto* entry : entries) by_id.emplace(entry->id.value, entry);
    for (const auto& query : golden) {
        findings.about(query.id);
        const auto pairs = wording_of(nullptr, query.text).pairs;
        for (const auto& target : query.relevant) {
            const auto found = by_id.find(target);
            if (found == by_id.end()) {
                findings.error("target", "unknown_target", "no entry " + target);
                continue;
            }
            for (const auto& wording : wordings_of(*found->second)) {
                const auto common = static_cast<double>(shared(pairs, wording.pairs));
                if (common <= kGoldenShare * static_cast<double>(pairs.size())) continue;
                findings.error("query", "golden_overlap", query.text + " shares too much with " + wording.text);
                break;
            }
        }
    }
}

}  // namespace yuanda::kb::detail
