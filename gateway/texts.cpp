// Flattens a TOML file of sentences.
#include "gateway/texts.hpp"

#include <toml++/toml.h>

#include "gateway/config.hpp"

namespace yuanda::gateway {
namespace {

Result<> flatten(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& out) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            if (const auto done = flatten(*inner, name + ".", out); !done) return done;
        } else if (const auto* text = node.as_string()) {
            out[name] = text->get();
        } else {
            return invalid("text " + name + " is not a sentence");
        }
    }
    return {};
}

}  // namespace

Result<Texts> Texts::from_toml(std::string_view toml_text) {
    Texts texts;
    try {
        const auto table = toml::parse(toml_text);
        if (const auto done = flatten(table, "", texts.texts_); !done) return done.error();
    } catch (const toml::parse_error& error) {
        return invalid("texts line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
    return texts;
}

Result<Texts> Texts::from_file(const std::string& path) {
    const auto text = read_text_file(path);
    if (!text.has_value()) return text.error();
    return from_toml(*text);
}

const std::string& Texts::operator[](const std::string& key) const {
    static const std::string kMissing = "……";
    const auto found = texts_.find(key);
    return found == texts_.end() ? kMissing : found->second;
}

std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const auto close = text.find('}');
        const auto value =
            values.find(std::string(text.substr(1, close == std::string_view::npos ? close : close - 1)));
        const bool mark = close != std::string_view::npos && value != values.end();
        out += mark ? std::string_view(value->second) : text.substr(0, 1);
        text.remove_prefix(mark ? close + 1 : 1);
    }
    return out;
}

}  // namespace yuanda::gateway
