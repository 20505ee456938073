// Reads config/statutes.toml and answers whether a law and an article exist and are in force.
#include "kb/statutes.hpp"

#include <toml++/toml.h>

#include "core/text.hpp"

namespace yuanda::kb {
namespace {

constexpr std::string_view kCountry = "中华人民共和国";
constexpr int kLargestSuffix = 20;  // no law in force has more 条之… under one number

std::optional<Statute::Status> status_from(std::string_view word) {
    if (word == "in_force") return Statute::Status::InForce;
    if (word == "amended") return Statute::Status::Amended;
    if (word == "repealed") return Statute::Status::Repealed;
    if (word == "not_yet") return Statute::Status::NotYet;
    return std::nullopt;
}

std::string text_of(const toml::table& table, std::string_view key) { return table[key].value_or(std::string{}); }

Result<Statute> statute_from(const toml::table& table) {
    const auto line = "statute at line " + std::to_string(table.source().begin.line) + ": ";
    Statute statute;
    statute.name = text_of(table, "name");
    if (statute.name.empty()) return invalid(line + "name is missing");
    statute.full = table["full"].value_or(statute.name);
    if (const auto* aliases = table["aliases"].as_array())
        for (const auto& alias : *aliases) statute.aliases.push_back(alias.value_or(std::string{}));
    statute.kind = text_of(table, "kind");
    statute.articles = table["articles"].value_or(0);
    if (statute.articles <= 0) return invalid(line + "articles must be a positive number");
    const auto status = status_from(text_of(table, "status"));
    if (!status) return invalid(line + "status must be in_force, amended, repealed or not_yet");
    statute.status = *status;
    statute.adopted = text_of(table, "adopted");
    statute.effective = text_of(table, "effective");
    if (!parse_iso_date(statute.effective)) return invalid(line + "effective must be a date like 2013-07-01");
    statute.replaced_by = text_of(table, "replaced_by");
    statute.read_at = text_of(table, "read_at");
    return statute;
}

std::string_view without_brackets(std::string_view name) {
    constexpr std::string_view kOpen = "《";
    constexpr std::string_view kClose = "》";
    name = trimmed(name);
    if (name.starts_with(kOpen)) name.remove_prefix(kOpen.size());
    if (name.ends_with(kClose)) name.remove_suffix(kClose.size());
    return name;
}

}  // namespace

Result<StatuteRegister> StatuteRegister::from_toml(std::string_view text) {
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return invalid("statutes line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
    StatuteRegister result;
    const auto* tables = root["statute"].as_array();
    if (!tables) return invalid("statutes: no [[statute]] block");
    for (const auto& node : *tables) {
        const auto* table = node.as_table();
        if (!table) return invalid("statutes: [[statute]] must be a table");
        auto statute = statute_from(*table);
        if (!statute) return statute.error();
        if (result.by_name_.contains(statute->name)) return invalid("statutes: " + statute->name + " stands twice");
        result.by_name_.emplace(statute->name, result.statutes_.size());
        result.statutes_.push_back(std::move(*statute));
    }
    // Short names win over full names and aliases of other laws, so these are added last.
    for (std::size_t i = 0; i < result.statutes_.size(); ++i) {
        const auto& statute = result.statutes_[i];
        result.by_name_.emplace(statute.full, i);
        for (const auto& alias : statute.aliases) result.by_name_.emplace(alias, i);
    }
    return result;
}

const Statute* StatuteRegister::find(std::string_view name) const {
    name = without_brackets(name);
    auto found = by_name_.find(name);
    if (found == by_name_.end() && name.starts_with(kCountry)) found = by_name_.find(name.substr(kCountry.size()));
    return found == by_name_.end() ? nullptr : &statutes_[found->second];
}

std::optional<Citation> StatuteRegister::resolve(std::string_view law, std::string_view article, Date today) const {
    const auto* statute = find(law);
    const auto number = parse_article(article);
    if (!statute || !number || number->number > statute->articles || number->suffix > kLargestSuffix)
        return std::nullopt;
    Citation citation;
    citation.law = statute->name;
    citation.article = article_text(*number);
    citation.full = statute->full;
    citation.adopted = statute->adopted;
    citation.effective = statute->effective;
    // NotYet becomes in force by itself on its day; only a repeal needs an editor.
    citation.in_force = statute->status != Statute::Status::Repealed && *parse_iso_date(statute->effective) <= today;
    return citation;
}

}  // namespace yuanda::kb
