// Walking the form: which question is next, what its answer looks like, what to bring.
#include "dialogue/form.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace yuanda::dialogue {
namespace {

const std::string& fact(const casework::Facts& facts, const std::string& key) {
    static const std::string none;
    const auto found = facts.find(key);
    return found == facts.end() ? none : found->second;
}

bool allows(const std::vector<std::string>& only, const std::string& value) {
    return only.empty() || std::find(only.begin(), only.end(), value) != only.end();
}

}  // namespace

std::string_view name_of(FieldKind kind) {
    static constexpr std::array<std::string_view, 11> names{"text",     "choice", "topic",  "name", "phone", "identity",
                                                            "division", "money",  "yes_no", "age",  "date"};
    return names[static_cast<std::size_t>(kind)];
}

const Field* Form::find(std::string_view key) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

bool Form::derives(std::string_view key) const {
    constexpr std::string_view kCode = "_code";
    return key.ends_with(kCode) && find(key.substr(0, key.size() - kCode.size()));
}

bool Form::applies(const Field& field, const casework::Facts& facts) const {
    return field.only_if_key.empty() || fact(facts, field.only_if_key) == field.only_if_value;
}

std::string Form::next_step(const casework::Facts& facts) const {
    for (const auto& field : fields)
        if (applies(field, facts) && !facts.contains(field.key)) return field.key;
    return "review";
}

std::string Form::previous_step(const std::string& step, const casework::Facts& facts) const {
    std::string before;
    for (const auto& field : fields) {
        if (field.key == step) break;
        if (applies(field, facts)) before = field.key;
    }
    return before;
}

std::string Form::shown(const Field& field, const std::string& value) const {
    for (const auto& option : field.options)
        if (option.value == value) return option.text;
    if (field.kind == FieldKind::Topic) return matter_of(value);
    return value;
}

std::string Form::masked(const Field& field, const std::string& value) const {
    switch (field.kind) {
        case FieldKind::Name: return masked_name(value);
        case FieldKind::Phone: return masked_phone(value);
        case FieldKind::Identity: return masked_identity(value);
        default: return shown(field, value);
    }
}

std::string Form::read_back(const Field& field, const std::string& value) const {
    return field.kind == FieldKind::Name ? value : masked(field, value);
}

std::string Form::matter_of(const std::string& topic) const {
    const auto found = matters.find(topic);
    if (found != matters.end()) return found->second;
    const auto other = matters.find("other");
    return other == matters.end() ? std::string{} : other->second;
}

std::vector<std::string> Form::to_bring(const casework::Facts& facts) const {
    std::vector<std::string> out;
    for (const auto& line : bring)
        if (allows(line.topics, fact(facts, "topic")) && allows(line.hardship, fact(facts, "hardship")) &&
            allows(line.who, fact(facts, "who")))
            out.push_back(line.text);
    return out;
}

}  // namespace yuanda::dialogue
