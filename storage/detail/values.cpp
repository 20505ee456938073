// How small values of the other rooms are written as JSON text.
#include "storage/detail/values.hpp"

#include "core/json.hpp"

namespace yuanda::storage {
namespace {

Json parsed(const std::string& text) { return Json::parse(text, nullptr, false); }

/// Stored text is already clean UTF-8; `replace` only keeps a bug elsewhere from throwing here.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string list_to_json(const std::vector<std::string>& list) { return dumped(Json(list)); }

std::vector<std::string> list_from_json(const std::string& json) {
    std::vector<std::string> list;
    const Json items = parsed(json);
    if (!items.is_array()) return list;
    for (const Json& item : items)
        if (item.is_string()) list.push_back(item.get<std::string>());
    return list;
}

std::string facts_to_json(const casework::Facts& facts) { return dumped(Json(facts)); }

casework::Facts facts_from_json(const std::string& json) {
    casework::Facts facts;
    const Json members = parsed(json);
    if (!members.is_object()) return facts;
    for (const auto& [key, value] : members.items())
        if (value.is_string()) facts[key] = value.get<std::string>();
    return facts;
}

std::string handover_to_json(const desk::Handover& h) {
    return dumped(Json{{"reason", h.reason},
                       {"matter", h.matter},
                       {"wish", h.wish},
                       {"dates", h.dates},
                       {"answered", h.answered},
                       {"unclear", h.unclear},
                       {"turns", h.turns}});
}

desk::Handover handover_from_json(const std::string& json) {
    const Json sheet = parsed(json);
    if (!sheet.is_object()) return {};
    const int turns = sheet.contains("turns") && sheet["turns"].is_number_integer() ? sheet["turns"].get<int>() : 0;
    return {text_or(sheet, "reason"),
            text_or(sheet, "matter"),
            text_or(sheet, "wish"),
            text_or(sheet, "dates"),
            text_or(sheet, "answered"),
            text_or(sheet, "unclear"),
            turns};
}

std::vector<std::string> codes_of(const std::vector<nlu::Risk>& risks) {
    std::vector<std::string> codes;
    for (const nlu::Risk risk : risks) codes.emplace_back(nlu::name_of(risk));
    return codes;
}

std::string body_to_json(const Body& body) {
    Json json{{"text", body.text}};
    if (!body.card.empty()) json["card"] = body.card;
    return dumped(json);
}

Body body_from_json(const std::string& json) {
    const Json body = parsed(json);
    if (!body.is_object()) return {};
    return {text_or(body, "text"), text_or(body, "card")};
}

}  // namespace yuanda::storage
