// Reads the two tables of lay speech, and finds a thesaurus key anywhere in a question.
#include "kb/lay_speech.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "nlu/reader.hpp"

namespace yuanda::kb {
namespace {

/// The texts of a list; `where` names it in the refusal.
Result<std::vector<std::string>> texts_of(const toml::node& node, const std::string& where) {
    const auto* list = node.as_array();
    if (list == nullptr) return invalid(where + " is no list");
    std::vector<std::string> texts;
    for (const auto& line : *list) {
        const auto text = line.value<std::string>();
        if (!text) return invalid(where + " has a line that is no text");
        texts.push_back(*text);
    }
    return texts;
}

Result<toml::table> parsed(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        return invalid(file + " line " + std::to_string(error.source().begin.line));
    }
}

/// Where each character of UTF-8 text begins, and its end.
std::vector<std::size_t> borders(std::string_view text) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) places.push_back(i);
    places.push_back(text.size());
    return places;
}

}  // namespace

Result<Outside> parse_outside(std::string_view text) {
    const auto file = parsed(text, "outside.toml");
    if (!file) return file.error();
    Outside outside;
    for (const auto& [category, lines] : *file) {
        auto texts = texts_of(lines, "outside.toml: " + std::string(category.str()));
        if (!texts) return texts.error();
        outside.push_back(std::move(*texts));
    }
    return outside;
}

Result<Thesaurus> Thesaurus::parse(std::string_view text) {
    const auto file = parsed(text, "thesaurus.toml");
    if (!file) return file.error();
    Thesaurus thesaurus;
    for (const auto& [topic, node] : *file) {
        const auto where = "thesaurus.toml: " + std::string(topic.str());
        const auto* table = node.as_table();
        if (table == nullptr) return invalid(where + " is no table");
        for (const auto& [said, values] : *table) {
            const auto meant = texts_of(values, where + "." + std::string(said.str()));
            if (!meant) return meant.error();
            auto key = nlu::normalise(std::string(said.str()));
            thesaurus.longest_ = std::max(thesaurus.longest_, borders(key).size() - 1);
            auto& meanings = thesaurus.meanings_[std::move(key)];
            for (const auto& value : *meant) meanings.push_back(nlu::normalise(value));
        }
    }
    return thesaurus;
}

std::vector<std::string> Thesaurus::meant_by(std::string_view normalised) const {
    std::vector<std::string> meant;
    const auto places = borders(normalised);
    for (std::size_t first = 0; first + 1 < places.size(); ++first)
        for (auto last = first + 1; last < places.size() && last <= first + longest_; ++last) {
            const auto found =
                meanings_.find(std::string(normalised.substr(places[first], places[last] - places[first])));
            if (found != meanings_.end()) meant.insert(meant.end(), found->second.begin(), found->second.end());
        }
    std::sort(meant.begin(), meant.end());
    meant.erase(std::unique(meant.begin(), meant.end()), meant.end());
    return meant;
}

}  // namespace yuanda::kb
