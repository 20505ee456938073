// Parses risks.toml: sets of words, guards over them, rules over both.
#include <map>

#include "nlu/detail/risks.hpp"
#include "nlu/detail/toml.hpp"

namespace yuanda::nlu::detail {
namespace {

constexpr std::string_view kSource = "risks";

}  // namespace

struct Risks::Parser {
    Risks made;
    std::map<std::string, Concept, std::less<>> sets;

    /// `@name` refers to a set; the plain words of a list become a set of their own.
    Result<Group> group_of(const toml::array& list) {
        Group group;
        std::optional<Concept> own;
        for (const toml::node& item : list) {
            const auto* const text = item.as_string();
            if (!text || text->get().empty()) return toml_error(kSource, item, "expected a non-empty string");
            if (text->get().front() == '@') {
                const auto set = sets.find(std::string_view{text->get()}.substr(1));
                if (set == sets.end()) return toml_error(kSource, item, "unknown set " + text->get());
                group.push_back(set->second);
                continue;
            }
            if (!own) {
                own = static_cast<Concept>(made.concepts_++);
                group.push_back(*own);
            }
            made.phrases_.add(text->get(), *own);
        }
        return group;
    }

    Result<Group> group_at(const toml::table& table, std::string_view key) {
        const toml::node* const node = table.get(key);
        if (!node) return Group{};
        const toml::array* const array = node->as_array();
        if (!array) return toml_error(kSource, *node, std::string{key} + " must be a list");
        return group_of(*array);
    }

    Result<> read_sets(const toml::table& table) {
        const toml::table* const named = table["sets"].as_table();
        if (!named) return invalid("risks line 1: no [sets]");
        for (const auto& [name, node] : *named) {
            const auto words = strings_of(kSource, *named, name.str());
            if (!words) return words.error();
            const auto id = static_cast<Concept>(made.concepts_++);
            sets.emplace(std::string{name.str()}, id);
            for (const auto& word : *words) made.phrases_.add(word, id);
        }
        made.harmless_ = sets.contains("harmless") ? sets.at("harmless") : static_cast<Concept>(made.concepts_++);
        return {};
    }

    Result<> read_guard(const toml::table& table) {
        Guard guard{.name = table["name"].value_or(std::string{}),
                    .words = {},
                    .lifted_by = {},
                    .span = table["span"].value_or(std::uint32_t{0}),
                    .told = table["told"].value_or(false)};
        auto words = group_at(table, "words");
        if (!words) return words.error();
        auto lifted = group_at(table, "lifted_by");
        if (!lifted) return lifted.error();
        guard.words = std::move(*words);
        guard.lifted_by = std::move(*lifted);
        made.guards_.push_back(std::move(guard));
        return {};
    }

    Result<> read_rule(const toml::table& table) {
        Rule rule;
        const auto risk = risk_from(table["risk"].value_or(std::string_view{}));
        if (!risk) return toml_error(kSource, table, "unknown risk");
        rule.risk = *risk;
        rule.id = table["id"].value_or(std::string{name_of(*risk)});
        rule.span = table["span"].value_or(std::uint32_t{0});
        rule.negatable = table["negatable"].value_or(true);
        rule.told = table["told"].value_or(false);
        rule.alone = table["alone"].value_or(false);
        const toml::array* const all = table["all"].as_array();
        if (!all || all->empty()) return toml_error(kSource, table, "a rule needs all = [[...], ...]");
        for (const toml::node& item : *all) {
            const toml::array* const list = item.as_array();
            if (!list) return toml_error(kSource, item, "all must hold lists");
            auto group = group_of(*list);
            if (!group) return group.error();
            rule.all.push_back(std::move(*group));
        }
        const auto guards = strings_of(kSource, table, "guards");
        if (!guards) return guards.error();
        for (const auto& name : *guards) {
            const auto at =
                std::find_if(made.guards_.begin(), made.guards_.end(), [&](const Guard& g) { return g.name == name; });
            if (at == made.guards_.end()) return toml_error(kSource, table, "unknown guard " + name);
            rule.guards.push_back(static_cast<std::size_t>(at - made.guards_.begin()));
        }
        made.rules_.push_back(std::move(rule));
        return {};
    }
};

Result<Risks> Risks::parse(std::string_view toml) {
    const auto table = parse_toml(kSource, toml);
    if (!table) return table.error();
    Parser parser;
    if (auto r = parser.read_sets(*table); !r) return r.error();
    if (auto r = each_table(kSource, *table, "guard", [&](const auto& t) { return parser.read_guard(t); }); !r)
        return r.error();
    if (auto r = each_table(kSource, *table, "rule", [&](const auto& t) { return parser.read_rule(t); }); !r)
        return r.error();
    if (parser.made.rules_.empty()) return invalid("risks line 1: no [[rule]]");
    parser.made.phrases_.build();
    return std::move(parser.made);
}

}  // namespace yuanda::nlu::detail
