// One table says which key fills which field; the rest is reading it with the line at hand.
#include "kb/detail/front_matter.hpp"

#include <toml++/toml.h>

#include <map>
#include <variant>

#include "core/text.hpp"
#include "core/time.hpp"

namespace yuanda::kb::detail {
namespace {

using Text = std::string Entry::*;
using Texts = std::vector<std::string> Entry::*;
using Key = EntryId Entry::*;
using Keys = std::vector<EntryId> Entry::*;
using Field = std::variant<Text, Texts, Key, Keys>;

const std::map<std::string_view, Field>& fields() {
    static const std::map<std::string_view, Field> kFields{
        {"id", &Entry::id},
        {"topic", &Entry::topic},
        {"subtopic", &Entry::subtopic},
        {"question", &Entry::question},
        {"variants", &Entry::variants},
        {"keywords", &Entry::keywords},
        {"audience", &Entry::audience},
        {"region", &Entry::region},
        {"deadlines", &Entry::deadlines},
        {"calculator", &Entry::calculator},
        {"aid", &Entry::aid},
        {"risk", &Entry::risk},
        {"related", &Entry::related},
        {"follow_ups", &Entry::follow_ups},
        {"reviewed_on", &Entry::reviewed_on},
        {"expires_on", &Entry::expires_on},
    };
    return kFields;
}

std::string line_of(const toml::node& node, int first_line) {
    return "line " + std::to_string(static_cast<int>(node.source().begin.line) + first_line - 1) + ": ";
}

std::optional<std::string> read_text(const toml::node& node) {
    const auto* text = node.as_string();
    if (!text || !is_clean_utf8(text->get())) return std::nullopt;
    return std::string(trimmed(text->get()));
}

std::optional<std::vector<std::string>> read_texts(const toml::node& node) {
    const auto* array = node.as_array();
    if (!array) return std::nullopt;
    std::vector<std::string> result;
    for (const auto& item : *array) {
        auto text = read_text(item);
        if (!text || text->empty()) return std::nullopt;
        result.push_back(std::move(*text));
    }
    return result;
}

/// False when the node's type does not fit the field.
bool fill(Entry& entry, const Field& field, const toml::node& node) {
    if (std::holds_alternative<Text>(field) || std::holds_alternative<Key>(field)) {
        auto text = read_text(node);
        if (!text) return false;
        if (const auto* member = std::get_if<Text>(&field))
            entry.*(*member) = std::move(*text);
        else
            entry.*std::get<Key>(field) = EntryId{std::move(*text)};
        return true;
    }
    auto texts = read_texts(node);
    if (!texts) return false;
    if (const auto* member = std::get_if<Texts>(&field))
        entry.*(*member) = std::move(*texts);
    else
        for (auto& text : *texts) (entry.*std::get<Keys>(field)).emplace_back(std::move(text));
    return true;
}

Result<EntryCitation> read_citation(const toml::node& node, int first_line) {
    const auto* table = node.as_table();
    if (!table) return invalid(line_of(node, first_line) + "citations: each is { law, article, plain }");
    EntryCitation citation;
    for (const auto& [key, value] : *table) {
        auto text = read_text(value);
        if (!text)
            return invalid(line_of(value, first_line) + "citations: " + std::string(key.str()) + " must be text");
        if (key.str() == "law")
            citation.law = std::move(*text);
        else if (key.str() == "article")
            citation.article = std::move(*text);
        else if (key.str() == "plain")
            citation.plain = std::move(*text);
        else
            return invalid(line_of(value, first_line) + "citations: unknown key " + std::string(key.str()));
    }
    return citation;
}

Result<> read_citations(Entry& entry, const toml::node& node, int first_line) {
    const auto* array = node.as_array();
    if (!array) return invalid(line_of(node, first_line) + "citations must be a list");
    for (const auto& item : *array) {
        auto citation = read_citation(item, first_line);
        if (!citation) return citation.error();
        entry.citations.push_back(std::move(*citation));
    }
    return {};
}

Result<> read_field(Entry& entry, std::string_view key, const toml::node& node, int first_line) {
    if (key == "citations") return read_citations(entry, node, first_line);
    const auto found = fields().find(key);
    if (found == fields().end()) return invalid(line_of(node, first_line) + "unknown field " + std::string(key));
    if (!fill(entry, found->second, node))
        return invalid(line_of(node, first_line) + std::string(key) + " must be text, or a list of non-empty texts");
    if (key.ends_with("_on")) {
        const auto& date = entry.*std::get<Text>(found->second);
        if (!date.empty() && !parse_iso_date(date))
            return invalid(line_of(node, first_line) + std::string(key) + " must be a date like 2026-11-24");
    }
    return {};
}

}  // namespace

Result<Entry> parse_front_matter(std::string_view text, int first_line) {
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return invalid("line " + std::to_string(static_cast<int>(error.source().begin.line) + first_line - 1) + ": " +
                       std::string(error.description()));
    }
    Entry entry;
    for (const auto& [key, node] : table) {
        const auto read = read_field(entry, key.str(), node, first_line);
        if (!read) return read.error();
    }
    return entry;
}

}  // namespace yuanda::kb::detail
