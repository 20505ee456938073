// Reads config/forms/intake.toml; a mistake in it is named, never guessed around.
#include <toml++/toml.h>

#include <algorithm>

#include "dialogue/form.hpp"

namespace yuanda::dialogue {
namespace {

std::vector<std::string> list_of(const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    if (const auto* items = table[key].as_array())
        for (const auto& item : *items)
            if (const auto text = item.value<std::string>()) out.push_back(*text);
    return out;
}

std::string text_of(const toml::table& table, std::string_view key) { return table[key].value_or(std::string{}); }

std::optional<FieldKind> kind_from(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(FieldKind::Date); ++i)
        if (name_of(static_cast<FieldKind>(i)) == name) return static_cast<FieldKind>(i);
    return std::nullopt;
}

std::vector<FieldOption> options_of(const toml::table& table) {
    std::vector<FieldOption> out;
    if (const auto* items = table["options"].as_array())
        for (const auto& item : *items)
            if (const auto* option = item.as_table())
                out.push_back({text_of(*option, "value"), text_of(*option, "text"), list_of(*option, "words"),
                               (*option)["quiet"].value_or(false)});
    return out;
}

Result<Field> field_from(const toml::table& table, const Form& form) {
    Field field;
    field.key = text_of(table, "key");
    const std::string where = "form: field " + field.key + ": ";
    const auto kind = kind_from(text_of(table, "kind"));
    if (field.key.empty() || form.find(field.key)) return invalid(where + "its key is missing or stands twice");
    if (!kind) return invalid(where + "unknown kind");
    field.kind = *kind;
    field.section = text_of(table, "section");
    if (std::find(form.sections.begin(), form.sections.end(), field.section) == form.sections.end())
        return invalid(where + "unknown section");
    field.label = text_of(table, "label");
    field.ask = text_of(table, "ask");
    field.why = text_of(table, "why");
    if (field.label.empty() || field.ask.empty() || field.why.empty())
        return invalid(where + "label, ask or why is missing");
    field.required = table["required"].value_or(true);
    field.free = table["free"].value_or(false);
    if (const auto* condition = table["only_if"].as_table()) {
        field.only_if_key = text_of(*condition, "key");
        field.only_if_value = text_of(*condition, "value");
        if (!form.find(field.only_if_key)) return invalid(where + "its condition names no earlier field");
    }
    field.options = options_of(table);
    const bool needs_options =
        field.kind == FieldKind::Choice || field.kind == FieldKind::Topic || field.kind == FieldKind::YesNo;
    if (needs_options && field.options.empty()) return invalid(where + "no options");
    return field;
}

Result<Form> form_from(const toml::table& table) {
    Form form;
    form.id = text_of(table, "id");
    form.title = text_of(table, "title");
    form.review_title = text_of(table, "review_title");
    form.sections = list_of(table, "sections");
    form.staff_sections = list_of(table, "staff_sections");
    if (form.staff_sections.empty()) form.staff_sections = form.sections;
    if (form.staff_sections.size() != form.sections.size())
        return invalid("form: staff_sections does not name every section");
    if (const auto* items = table["field"].as_array())
        for (const auto& item : *items) {
            const auto* row = item.as_table();
            if (!row) return invalid("form: a field is not a table");
            auto field = field_from(*row, form);
            if (!field) return field.error();
            form.fields.push_back(std::move(*field));
        }
    if (form.id.empty() || form.fields.empty()) return invalid("form: no id or no fields");
    if (const auto* matters = table["matters"].as_table())
        for (const auto& [topic, text] : *matters)
            form.matters[std::string(topic.str())] = text.value_or(std::string{});
    if (const auto* lines = table["bring"].as_array())
        for (const auto& item : *lines)
            if (const auto* line = item.as_table())
                form.bring.push_back({text_of(*line, "text"), list_of(*line, "topics"), list_of(*line, "hardship"),
                                      list_of(*line, "who")});
    return form;
}

}  // namespace

Result<Form> parse_form(std::string_view text) {
    try {
        return form_from(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return invalid("form: " + std::string(error.description()) + " in line " +
                       std::to_string(error.source().begin.line));
    }
}

}  // namespace yuanda::dialogue
