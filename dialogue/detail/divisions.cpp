// The table of names, full and short, and the search through it.
#include "dialogue/detail/divisions.hpp"

#include "core/json.hpp"
#include "core/text.hpp"

namespace yuanda::dialogue {
namespace {

/// 周至 for 周至县; empty when one character would be left (富县), which is found in too many words.
std::string short_name(const std::string& name) {
    constexpr std::size_t suffix_bytes = 3;  // 市, 区, 县: one Han character
    if (code_points(name) < 3) return {};
    return name.substr(0, name.size() - suffix_bytes);
}

}  // namespace

Result<Divisions> Divisions::from_json(std::string_view json) {
    const auto parsed = parse_json(json);
    if (!parsed.has_value()) return parsed.error();
    Divisions divisions;
    const auto add = [&](const std::string& name, const std::string& code, const std::string& full, bool county) {
        if (name.empty() || code.size() != 6) return;
        divisions.rows_.push_back({name, code, full, county});
        if (auto brief = short_name(name); !brief.empty())
            divisions.rows_.push_back({std::move(brief), code, full, county});
    };
    const auto cities = parsed->find("cities");
    if (cities == parsed->end() || !cities->is_array()) return invalid("divisions: no list of cities");
    for (const auto& city : *cities) {
        const std::string city_name = text_or(city, "name");
        add(city_name, text_or(city, "code"), city_name, false);
        const auto counties = city.find("counties");
        if (counties == city.end() || !counties->is_array()) continue;
        for (const auto& county : *counties) {
            const std::string name = text_or(county, "name");
            add(name, text_or(county, "code"), city_name + name, true);
        }
    }
    if (divisions.rows_.empty()) return invalid("divisions: empty");
    return divisions;
}

std::optional<DivisionMatch> Divisions::find(std::string_view text) const {
    const Row* best = nullptr;
    std::size_t best_at = 0;
    for (const auto& row : rows_) {
        const auto at = text.find(row.said);
        if (at == std::string_view::npos) continue;
        const auto rank = [](const Row& r) { return std::pair(r.county, r.said.size()); };
        if (best && rank(*best) >= rank(row)) continue;
        best = &row;
        best_at = at;
    }
    if (!best) return std::nullopt;
    return DivisionMatch{best->code, best->full, best_at, best_at + best->said.size(), best->county};
}

}  // namespace yuanda::dialogue
