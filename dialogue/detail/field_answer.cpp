// One reader a kind of field; strict where a mistake would cost the applicant a call, lenient elsewhere.
#include "dialogue/detail/field_answer.hpp"

#include <algorithm>

#include "casework/validation.hpp"
#include "core/text.hpp"
#include "dialogue/detail/oral.hpp"

namespace yuanda::dialogue {
namespace {

using Entity = nlu::Entity;

constexpr std::size_t kShortestText = 2;     // characters
constexpr std::size_t kLongestBareName = 6;  // longer without a · is more likely a sentence

Error unread(const Field& field) { return invalid(std::string(name_of(field.kind))); }

const Entity* entity_of(const nlu::Understanding& heard, Entity::Kind kind) {
    const auto found = std::find_if(heard.entities.begin(), heard.entities.end(),
                                    [&](const Entity& entity) { return entity.kind == kind; });
    return found == heard.entities.end() ? nullptr : &*found;
}

/// 我不想说, 吃饭了: a sentence, however short.
bool is_sentence(std::string_view text) {
    constexpr std::u32string_view words = U"我俺你您他她它们不没吗呢么吧啊的啥咋这谁什怎";
    const std::u32string points = to_utf32(text);
    return points.ends_with(U'了') || points.find_first_of(words) != std::u32string::npos;
}

Result<std::string> read_name(const Field& field, const Saying& saying, const Divisions& divisions) {
    if (const auto oral = listen_for_facts(saying.text, divisions); !oral.name.empty()) return oral.name;
    if (saying.heard.question_word) return unread(field);
    const auto whole = casework::parse_name(saying.text);
    const auto* person = entity_of(saying.heard, Entity::Kind::Person);
    if (person && person->text == saying.text && person->value != "name") return unread(field);  // 妈妈
    const bool foreign = whole.has_value() && whole->find("·") != std::string::npos;
    if (whole.has_value() && (foreign || (code_points(*whole) <= kLongestBareName && !is_sentence(*whole))))
        return *whole;
    if (person && person->value == "name")
        if (const auto name = casework::parse_name(person->text); name.has_value()) return *name;
    return unread(field);
}

Result<std::string> read_phone(const Field& field, const Saying& saying) {
    if (const auto whole = casework::parse_phone(saying.text); whole.has_value()) return *whole;
    if (const auto mobile = spoken_phone(saying.text)) return *mobile;
    if (const auto* entity = entity_of(saying.heard, Entity::Kind::Phone))
        if (const auto phone = casework::parse_phone(entity->text); phone.has_value()) return *phone;
    return unread(field);
}

Result<std::string> read_date(const Field& field, const Saying& saying) {
    if (const auto date = spoken_date(saying.text, saying.heard, saying.today)) return iso_date(*date);
    return unread(field);
}

Result<std::string> read_money(const Field& field, const Saying& saying) {
    if (const auto* money = entity_of(saying.heard, Entity::Kind::Money)) return money->text;
    if (const auto number = spoken_number(saying.text)) return std::to_string(*number) + "元";
    return unread(field);
}

Result<std::string> read_topic(const Field& field, const Saying& saying) {
    const std::string topic = saying.heard.topic();
    if (topic.empty() || saying.heard.topics.front().p < 0.3) return unread(field);
    return topic;
}

Result<std::string> read_text(const Field& field, const Saying& saying) {
    // A repeated character tells nothing; 丽丽 is somebody.
    const Substance substance = substance_of(saying.text);
    const bool empty = substance.characters < kShortestText || (substance.different < 2 && substance.characters > 3);
    if (empty) return unread(field);
    return std::string(utf8_prefix(saying.text, kLongestText));
}

Result<std::string> read_yes_no(const Field& field, const Saying& saying, const Texts& texts) {
    if (texts.lists("words.no", saying.text) || saying.heard.intent == nlu::Intent::No) return std::string("no");
    if (texts.lists("words.yes", saying.text) || saying.heard.intent == nlu::Intent::Yes) return std::string("yes");
    return unread(field);
}

Result<casework::Facts> read_division(const Field& field, const Saying& saying, const Divisions& divisions) {
    const auto match = divisions.find(saying.text);
    if (!match) {
        // Another province: kept as written, a person routes it. A place has at least two characters and no question.
        if (saying.heard.question_word || !entity_of(saying.heard, Entity::Kind::Place)) return unread(field);
        return casework::Facts{{field.key, std::string(utf8_prefix(saying.text, kLongestText))}};
    }
    std::string said = match->name;
    // What was said beyond the county (a court, a street) is worth keeping: "周至县法院".
    if (code_points(saying.text) > code_points(match->name) + 2) said += "（" + saying.text + "）";
    return casework::Facts{{field.key, said}, {field.key + "_code", match->code}};
}

Result<std::string> read_value(const Field& field, const Saying& saying, const Divisions& divisions,
                               const Texts& texts) {
    switch (field.kind) {
        case FieldKind::Name: return read_name(field, saying, divisions);
        case FieldKind::Phone: return read_phone(field, saying);
        case FieldKind::Date: return read_date(field, saying);
        case FieldKind::Money: return read_money(field, saying);
        case FieldKind::Topic: return read_topic(field, saying);
        case FieldKind::YesNo: return read_yes_no(field, saying, texts);
        case FieldKind::Text: return read_text(field, saying);
        case FieldKind::Age:
            if (const auto age = spoken_age(saying.text)) return std::to_string(*age);
            return unread(field);
        case FieldKind::Identity:
            if (auto identity = casework::parse_identity(saying.text, saying.today); identity.has_value())
                return std::move(identity->number);
            return unread(field);
        case FieldKind::Choice:
        case FieldKind::Division: break;
    }
    return unread(field);
}

}  // namespace

const FieldOption* matching_option(const Field& field, std::string_view text) {
    for (const auto& option : field.options)
        if (text == option.text || text == option.value) return &option;
    // Words may stand in a sentence only where nothing but a choice is asked; the longest one found decides
    // (没有收入 over 没有). A single character must be the whole answer.
    const bool within = field.kind == FieldKind::Choice || field.kind == FieldKind::Topic;
    const FieldOption* found = nullptr;
    std::size_t longest = 0;
    for (const auto& option : field.options)
        for (const auto& word : option.words) {
            const bool fits =
                text == word || (within && code_points(word) > 1 && text.find(word) != std::string_view::npos);
            if (!fits || word.size() <= longest) continue;
            found = &option;
            longest = word.size();
        }
    return found;
}

Result<casework::Facts> parse_answer(const Field& field, const Saying& saying, const Divisions& divisions,
                                     const Texts& texts) {
    if (const auto* option = matching_option(field, saying.text)) return casework::Facts{{field.key, option->value}};
    if (field.kind == FieldKind::Division) return read_division(field, saying, divisions);
    auto value = read_value(field, saying, divisions, texts);
    if (!value) return value.error();
    return casework::Facts{{field.key, std::move(*value)}};
}

}  // namespace yuanda::dialogue
