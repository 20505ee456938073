// Reads config/texts/dialogue.toml and fills its placeholders.
#include "dialogue/detail/texts.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>

namespace yuanda::dialogue {
namespace {

constexpr std::string_view kHotlineMark = "{热线:";

/// `line` with its hotlines written out; nullopt when it names one that may not be shown.
std::optional<std::string> with_hotlines(std::string line, const Hotlines& hotlines) {
    for (auto at = line.find(kHotlineMark); at != std::string::npos; at = line.find(kHotlineMark, at)) {
        const auto end = line.find('}', at);
        if (end == std::string::npos) return std::nullopt;
        const std::string number = line.substr(at + kHotlineMark.size(), end - at - kHotlineMark.size());
        if (hotlines.find(number) == hotlines.end()) return std::nullopt;
        line.replace(at, end - at + 1, number);
        at += number.size();
    }
    return line;
}

using Lines = std::map<std::string, std::vector<std::string>, std::less<>>;

Result<> add(Lines& out, const std::string& key, const toml::node& node, const Hotlines& hotlines) {
    std::vector<std::string> raw;
    if (const auto text = node.value<std::string>()) raw.push_back(*text);
    if (const auto* list = node.as_array())
        for (const auto& item : *list)
            if (const auto text = item.value<std::string>()) raw.push_back(*text);
    std::vector<std::string> kept;
    for (auto& line : raw)
        if (auto shown = with_hotlines(std::move(line), hotlines)) kept.push_back(std::move(*shown));
    if (kept.empty()) return invalid("texts: nothing left to say for " + key);
    out[key] = std::move(kept);
    return {};
}

Result<> flatten(Lines& out, const std::string& prefix, const toml::table& table, const Hotlines& hotlines) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        const auto* inner = node.as_table();
        const auto added = inner ? flatten(out, key + ".", *inner, hotlines) : add(out, key, node, hotlines);
        if (!added) return added.error();
    }
    return {};
}

}  // namespace

std::string filled(std::string_view text, const Values& values) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto end = open == std::string_view::npos ? open : text.find('}', open);
        if (end == std::string_view::npos) break;
        out.append(text.substr(0, open));
        if (const auto value = values.find(text.substr(open + 1, end - open - 1)); value != values.end())
            out += value->second;
        text.remove_prefix(end + 1);
    }
    out.append(text);
    return out;
}

Result<Texts> Texts::from_toml(std::string_view toml_text, const Hotlines& hotlines) {
    Texts texts;
    try {
        const auto table = toml::parse(toml_text);
        if (const auto read = flatten(texts.lines_, "", table, hotlines); !read) return read.error();
    } catch (const toml::parse_error& error) {
        return invalid("texts: " + std::string(error.description()) + " in line " +
                       std::to_string(error.source().begin.line));
    }
    return texts;
}

std::vector<std::string> Texts::lines(std::string_view key, const Values& values) const {
    std::vector<std::string> out;
    const auto found = lines_.find(key);
    if (found == lines_.end()) return out;
    for (const auto& line : found->second) out.push_back(filled(line, values));
    return out;
}

std::string Texts::say(std::string_view key, const Values& values) const {
    std::string out;
    for (const auto& line : lines(key, values)) out += line;
    return out;
}

bool Texts::lists(std::string_view key, std::string_view text) const {
    const auto found = lines_.find(key);
    return found != lines_.end() && std::find(found->second.begin(), found->second.end(), text) != found->second.end();
}

bool Texts::mentions(std::string_view key, std::string_view text) const {
    const auto found = lines_.find(key);
    return found != lines_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& line) { return text.find(line) != std::string_view::npos; });
}

std::vector<std::string> Texts::keys() const {
    std::vector<std::string> out;
    for (const auto& [key, lines] : lines_) out.push_back(key);
    return out;
}

}  // namespace yuanda::dialogue
