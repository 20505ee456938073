// Memory as one JSON text: what a conversation remembers survives restarts and upgrades.
#include "core/json.hpp"
#include "dialogue/conversation.hpp"

namespace yuanda::dialogue {
namespace {

using Meaning = OfferedChoice::Meaning;
constexpr std::array<std::pair<Meaning, std::string_view>, 10> kMeanings{{{Meaning::Ask, "ask"},
                                                                          {Meaning::OpenEntry, "open_entry"},
                                                                          {Meaning::OpenMenu, "open_menu"},
                                                                          {Meaning::AskHuman, "ask_human"},
                                                                          {Meaning::Apply, "apply"},
                                                                          {Meaning::FlowAnswer, "flow_answer"},
                                                                          {Meaning::FlowBack, "flow_back"},
                                                                          {Meaning::Cancel, "cancel"},
                                                                          {Meaning::LeaveMessage, "leave_message"},
                                                                          {Meaning::Dismiss, "dismiss"}}};

std::string_view name_of(Meaning meaning) { return kMeanings[static_cast<std::size_t>(meaning)].second; }

Json choice_json(const OfferedChoice& choice) {
    return {{"id", choice.id}, {"text", choice.text}, {"meaning", name_of(choice.meaning)}, {"value", choice.value}};
}

Json flow_json(const Flow& flow) {
    return {{"form", flow.form},       {"step", flow.step},     {"facts", flow.facts},    {"attempts", flow.attempts},
            {"leaving", flow.leaving}, {"paused", flow.paused}, {"editing", flow.editing}};
}

Json fragment_json(const Fragment& fragment) {
    return {{"text", fragment.text}, {"at", to_epoch_ms(fragment.at)}, {"heeded", fragment.heeded}};
}

std::vector<std::string> texts(const Json& json, const char* key) {
    std::vector<std::string> out;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return out;
    for (const auto& item : *found)
        if (item.is_string()) out.push_back(item.get<std::string>());
    return out;
}

int number(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

bool flag(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::optional<TimePoint> moment(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) return std::nullopt;
    return from_epoch_ms(found->get<std::int64_t>());
}

std::optional<Fragment> fragment_from(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    const auto at = moment(json, "at");
    if (!at) return std::nullopt;
    return Fragment{.text = text_or(json, "text"), .at = *at, .heeded = flag(json, "heeded")};
}

std::optional<OfferedChoice> choice_from(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    const std::string meaning = text_or(json, "meaning");
    for (const auto& [value, name] : kMeanings)
        if (name == meaning)
            return OfferedChoice{.id = text_or(json, "id"),
                                 .text = text_or(json, "text"),
                                 .meaning = value,
                                 .value = text_or(json, "value")};
    return std::nullopt;  // a meaning of a later version: the choice is no longer open
}

std::optional<Flow> flow_from(const Json& json) {
    if (!json.is_object() || text_or(json, "form").empty()) return std::nullopt;
    Flow flow{.form = text_or(json, "form"),
              .step = text_or(json, "step"),
              .facts = {},
              .attempts = number(json, "attempts"),
              .leaving = flag(json, "leaving"),
              .paused = flag(json, "paused"),
              .editing = flag(json, "editing")};
    const auto facts = json.find("facts");
    if (facts != json.end() && facts->is_object())
        for (const auto& [key, value] : facts->items())
            if (value.is_string()) flow.facts[key] = value.get<std::string>();
    return flow;
}

void read_lists(const Json& json, Memory& memory) {
    if (const auto offered = json.find("offered"); offered != json.end() && offered->is_array())
        for (const auto& item : *offered)
            if (auto choice = choice_from(item)) memory.offered.push_back(std::move(*choice));
    for (const auto& name : texts(json, "risks"))
        if (const auto risk = nlu::risk_from(name)) memory.risks.push_back(*risk);
    memory.recent = texts(json, "recent");
    memory.asked = texts(json, "asked");
    memory.answered = texts(json, "answered");
}

}  // namespace

std::string memory_to_json(const Memory& memory) {
    Json json{{"v", 1},
              {"greeted", memory.greeted},
              {"topic", memory.topic},
              {"entry", memory.entry.value},
              {"offered", Json::array()},
              {"clarified", memory.clarified},
              {"unsure", memory.unsure},
              {"quiet", memory.quiet},
              {"risks", Json::array()},
              {"recent", memory.recent},
              {"asked", memory.asked},
              {"answered", memory.answered},
              {"turns", memory.turns},
              {"wants_to_apply", memory.wants_to_apply},
              {"queue_noticed", memory.queue_noticed}};
    for (const auto& choice : memory.offered) json["offered"].push_back(choice_json(choice));
    for (const auto risk : memory.risks) json["risks"].push_back(nlu::name_of(risk));
    if (memory.offered_at) json["offered_at"] = to_epoch_ms(*memory.offered_at);
    if (memory.recent_at) json["recent_at"] = to_epoch_ms(*memory.recent_at);
    if (memory.fragment) json["fragment"] = fragment_json(*memory.fragment);
    if (memory.flow) json["flow"] = flow_json(*memory.flow);
    // Bad UTF-8 must not cost a conversation: it is replaced, not thrown.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Memory memory_from_json(const std::string& text) {
    Memory memory;
    const auto parsed = parse_json(text);
    if (!parsed.has_value() || !parsed->is_object()) return memory;
    const Json& json = *parsed;
    memory.greeted = flag(json, "greeted");
    memory.topic = text_or(json, "topic");
    memory.entry = EntryId{text_or(json, "entry")};
    memory.clarified = number(json, "clarified");
    memory.unsure = number(json, "unsure");
    memory.quiet = flag(json, "quiet");
    memory.turns = number(json, "turns");
    memory.wants_to_apply = flag(json, "wants_to_apply");
    memory.queue_noticed = flag(json, "queue_noticed");
    memory.offered_at = moment(json, "offered_at");
    memory.recent_at = moment(json, "recent_at");
    if (const auto fragment = json.find("fragment"); fragment != json.end()) memory.fragment = fragment_from(*fragment);
    if (const auto flow = json.find("flow"); flow != json.end()) memory.flow = flow_from(*flow);
    read_lists(json, memory);
    return memory;
}

}  // namespace yuanda::dialogue
