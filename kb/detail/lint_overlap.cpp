// Lint rules that look across texts: wordings nearly alike in two entries, golden questions too near to theirs.
#include <unordered_map>

#include "kb/detail/lint_rules.hpp"
#include "kb/detail/wording.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr double kGoldenShare = 0.40;  // kb/entries/README.md

struct Owned {
    const Entry* owner;
    Wording wording;
};

}  // namespace

void lint_alike(const std::vector<const Entry*>& entries, Findings& findings) {
    std::vector<Owned> all;
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
                if (other.owner == entry || !alike(wording, other.wording)) continue;
                findings.error("variants", "alike_variant",
                               wording.text + " is nearly " + other.wording.text + " of " + other.owner->id.value,
                               wording.text, other.owner->id.value);
                break;
            }
            for (const auto& pair : wording.pairs) holders[pair].push_back(all.size());
            all.push_back({entry, std::move(wording)});
        }
    }
}

void lint_golden(const std::vector<EvaluationQuery>& golden, const std::vector<const Entry*>& entries,
                 Findings& findings) {
    std::unordered_map<std::string, const Entry*> by_id;
    for (const auto* entry : entries) by_id.emplace(entry->id.value, entry);
    for (const auto& query : golden) {
        findings.about(query.id);
        const auto pairs = wording_of(query.text).pairs;
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
