// toml++ throws; this file is where that ends.
#include "nlu/detail/toml.hpp"

namespace yuanda::nlu::detail {
namespace {

Error at_line(std::string_view source, toml::source_index line, std::string_view what) {
    return invalid(std::string{source} + " line " + std::to_string(line) + ": " + std::string{what});
}

}  // namespace

Error toml_error(std::string_view source, const toml::node& where, std::string_view what) {
    return at_line(source, where.source().begin.line, what);
}

Result<toml::table> parse_toml(std::string_view source, std::string_view text) {
    try {
        return toml::table{toml::parse(text)};
    } catch (const toml::parse_error& error) {
        return at_line(source, error.source().begin.line, error.description());
    }
}

Result<std::vector<std::string>> strings_of(std::string_view source, const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    const toml::node* const node = table.get(key);
    if (!node) return out;
    const toml::array* const array = node->as_array();
    if (!array) return toml_error(source, *node, std::string{key} + " must be a list of strings");
    for (const toml::node& item : *array) {
        const auto* const text = item.as_string();
        if (!text || text->get().empty())
            return toml_error(source, item, std::string{key} + " must hold non-empty strings");
        out.push_back(text->get());
    }
    return out;
}

Result<> each_table(std::string_view source, const toml::table& table, std::string_view key,
                    const std::function<Result<>(const toml::table&)>& take) {
    const toml::node* const node = table.get(key);
    if (!node) return {};
    const toml::array* const array = node->as_array();
    if (!array) return toml_error(source, *node, std::string{key} + " must be an array of tables");
    for (const toml::node& item : *array) {
        const toml::table* const one = item.as_table();
        if (!one) return toml_error(source, item, std::string{key} + " must hold tables");
        if (auto taken = take(*one); !taken) return taken.error();
    }
    return {};
}

}  // namespace yuanda::nlu::detail
