// Parses words.toml.
#include "nlu/detail/lexicon.hpp"

#include "nlu/detail/toml.hpp"

namespace yuanda::nlu::detail {
namespace {

constexpr std::string_view kSource = "words";

void add_word(Lexicon& lexicon, std::string_view word, std::optional<Entity::Kind> kind, std::string value) {
    lexicon.words.add(word, static_cast<std::uint32_t>(lexicon.denotes.size()));
    lexicon.denotes.push_back({kind, std::move(value)});
}

Result<> add_plain_words(Lexicon& lexicon, const toml::table& table) {
    const auto words = strings_of(kSource, table, "words");
    if (!words) return words.error();
    for (const auto& word : *words) add_word(lexicon, word, std::nullopt, {});
    return {};
}

/// `[persons] contractor = ["包工头", …]`: each word denotes its key. A role is a code of ours and not a word of
/// theirs; every other key is itself a name.
Result<> add_group(Lexicon& lexicon, const toml::table& table, std::string_view key, Entity::Kind kind) {
    const toml::table* const group = table[key].as_table();
    if (!group) return invalid("words line 1: no [" + std::string{key} + "]");
    for (const auto& [value, node] : *group) {
        const auto words = strings_of(kSource, *group, value.str());
        if (!words) return words.error();
        if (kind != Entity::Kind::Person) add_word(lexicon, value.str(), kind, std::string{value.str()});
        for (const auto& word : *words) add_word(lexicon, word, kind, std::string{value.str()});
    }
    return {};
}

Result<> add_rewrites(Lexicon& lexicon, const toml::table& table) {
    const toml::table* const pairs = table["rewrite"].as_table();
    if (!pairs) return {};
    for (const auto& [from, to] : *pairs) {
        const auto* const text = to.as_string();
        if (!text) return toml_error(kSource, to, "a rewrite must be a string");
        lexicon.rewrites.add(from.str(), static_cast<std::uint32_t>(lexicon.rewritten.size()));
        lexicon.rewritten.push_back(to_u32(text->get()));
    }
    return {};
}

}  // namespace

std::u32string Lexicon::plain(const std::u32string& text) const {
    const auto hits = longest(rewrites.scan(text));
    if (hits.empty()) return text;
    std::u32string out;
    out.reserve(text.size() + hits.size());
    std::uint32_t done = 0;
    for (const Hit& hit : hits) {
        out.append(text, done, hit.begin - done);
        out += rewritten[hit.id];
        done = hit.end;
    }
    return out.append(text, done);
}

Result<Lexicon> parse_lexicon(std::string_view toml) {
    const auto table = parse_toml(kSource, toml);
    if (!table) return table.error();
    Lexicon lexicon;
    if (auto r = add_plain_words(lexicon, *table); !r) return r.error();
    if (auto r = add_group(lexicon, *table, "persons", Entity::Kind::Person); !r) return r.error();
    if (auto r = add_group(lexicon, *table, "organisations", Entity::Kind::Organisation); !r) return r.error();
    if (auto r = add_group(lexicon, *table, "places", Entity::Kind::Place); !r) return r.error();
    if (auto r = add_group(lexicon, *table, "statutes", Entity::Kind::Statute); !r) return r.error();
    if (auto r = add_rewrites(lexicon, *table); !r) return r.error();
    lexicon.words.build();
    lexicon.rewrites.build();
    return lexicon;
}

}  // namespace yuanda::nlu::detail
