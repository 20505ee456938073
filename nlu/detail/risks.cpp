// Evaluates the risk rules over one scan of the utterance.
#include "nlu/detail/risks.hpp"

#include <algorithm>

#include "nlu/detail/numerals.hpp"
#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

bool any_present(const std::vector<std::uint32_t>& group, const std::vector<bool>& present) {
    return std::any_of(group.begin(), group.end(), [&](auto c) { return present[c]; });
}

/// 没想自杀, 不会打我, 从来没有威胁: a negation before the phrase in its clause, with only auxiliaries between.
/// 是不是 and 要不要 ask and do not deny.
bool is_negated(std::u32string_view text, std::uint32_t begin) {
    static constexpr std::u32string_view kAuxiliaries = U"想要会再真敢曾有过算是人被把准备到";
    static constexpr std::u32string_view kNegators = U"没不别未无莫";
    auto at = begin;
    for (int steps = 0; steps < 4 && at > 0 && kAuxiliaries.find(text[at - 1]) != kAuxiliaries.npos; ++steps) --at;
    if (at == 0 || kNegators.find(text[at - 1]) == kNegators.npos) return false;
    const bool asks = at >= 2 && at < text.size() && text[at - 2] == text[at];
    return !asks;
}

// A citizen says a thing a few times; a page of it must not cost its square.
constexpr std::size_t kMaxHitsPerList = 48;

/// Those not strictly inside a phrase that is known to mean something else; of each list the first few.
std::vector<Hit> worth_weighing(const std::vector<Hit>& hits, std::u32string_view text, std::uint32_t harmless,
                                std::size_t lists) {
    std::vector<Hit> hiding;
    for (const Hit& hit : hits) {
        if (hit.id == harmless && hiding.size() < kMaxHitsPerList) hiding.push_back(hit);
    }
    std::vector<std::size_t> seen(lists, 0);
    std::vector<Hit> kept;
    for (const Hit& hit : hits) {
        const bool hidden = std::any_of(hiding.begin(), hiding.end(), [&](const Hit& other) {
            return other.begin <= hit.begin && hit.end <= other.end && other.end - other.begin > hit.end - hit.begin;
        });
        const bool counts = !hidden && hit.id != harmless && !cuts_a_number(hit, text);
        if (counts && seen[hit.id]++ < kMaxHitsPerList) kept.push_back(hit);
    }
    return kept;
}

std::uint32_t distance(const Hit& a, const Hit& b) {
    if (b.begin >= a.end) return b.begin - a.end;
    return a.begin >= b.end ? a.begin - b.end : 0;
}

bool is_one_of(const std::vector<std::uint32_t>& group, std::uint32_t id) {
    return std::find(group.begin(), group.end(), id) != group.end();
}

}  // namespace

Risks::Verdict Risks::guarded(const Rule& rule, const Hit& first, const std::vector<Hit>& hits,
                              const std::vector<bool>& active) const {
    auto verdict = Verdict::Now;
    for (const std::size_t index : rule.guards) {
        const Guard& guard = guards_[index];
        if (!active[index]) continue;
        const bool reaches = guard.span == 0 || std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
                                 return is_one_of(guard.words, hit.id) && distance(first, hit) <= guard.span;
                             });
        if (!reaches) continue;
        if (!guard.told) return Verdict::None;
        verdict = Verdict::Told;
    }
    return verdict;
}

Risks::Verdict Risks::weigh(const Rule& rule, const std::vector<Hit>& hits, const std::vector<bool>& active,
                            std::u32string_view text) const {
    auto best = Verdict::None;
    const std::size_t all_said = rule.alone ? without_marks(text).size() : 0;
    for (const Hit& first : hits) {
        if (!is_one_of(rule.all.front(), first.id)) continue;
        if (rule.negatable && is_negated(text, first.begin)) continue;
        if (rule.alone && first.end - first.begin != all_said) continue;
        const auto verdict = guarded(rule, first, hits, active);
        if (verdict <= best) continue;
        const bool all = std::all_of(rule.all.begin() + 1, rule.all.end(), [&](const Group& group) {
            return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
                return is_one_of(group, hit.id) && (rule.span == 0 || distance(first, hit) <= rule.span);
            });
        });
        if (all) best = rule.told ? Verdict::Told : verdict;
    }
    return best;
}

Dangers Risks::find(std::u32string_view plain) const {
    Dangers found;
    const auto hits = worth_weighing(phrases_.scan(plain), plain, harmless_, concepts_);
    if (hits.empty()) return found;
    std::vector<bool> present(concepts_, false);
    for (const Hit& hit : hits) present[hit.id] = true;
    std::vector<bool> active(guards_.size());
    for (std::size_t i = 0; i < guards_.size(); ++i) {
        active[i] = any_present(guards_[i].words, present) && !any_present(guards_[i].lifted_by, present);
    }
    const auto known = [&](Risk risk) {
        return std::any_of(found.now.begin(), found.now.end(), [&](const RiskFound& f) { return f.risk == risk; });
    };
    for (const Rule& rule : rules_) {
        const bool possible =
            std::all_of(rule.all.begin(), rule.all.end(), [&](const Group& g) { return any_present(g, present); });
        if (!possible || known(rule.risk)) continue;
        const auto verdict = weigh(rule, hits, active, plain);
        if (verdict == Verdict::Now) found.now.push_back({rule.risk, rule.id});
        if (verdict == Verdict::Told && std::count(found.told.begin(), found.told.end(), rule.risk) == 0)
            found.told.push_back(rule.risk);
    }
    std::erase_if(found.told, known);
    std::stable_sort(found.now.begin(), found.now.end(), [](const auto& a, const auto& b) { return a.risk < b.risk; });
    return found;
}

}  // namespace yuanda::nlu::detail
