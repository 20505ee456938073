// Makes notes and decides what a socket passes on.
#include "gateway/staff/notes.hpp"

#include "core/json.hpp"
#include "gateway/staff/access.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {

std::string desk_note() { return R"({"t":"desk"})"; }

std::string conversation_note(const ConversationId& conversation) {
    return Json{{"t", "conversation"}, {"id", conversation.value}}.dump();
}

std::string message_note(const ConversationId& conversation, const storage::StoredMessage& message,
                         const StaffId& owner) {
    return Json{{"t", "message"},
                {"conversation", conversation.value},
                {"message", message_json(message)},
                {"for", owner.value}}
        .dump();
}

std::string alert_note(const ConversationId& conversation, const std::vector<nlu::Risk>& risks) {
    Json codes = Json::array();
    for (const auto risk : risks) codes.push_back(nlu::name_of(risk));
    return Json{{"t", "alert"}, {"conversation", conversation.value}, {"risk", codes}}.dump();
}

std::string application_note(const ApplicationId& application) {
    return Json{{"t", "application"}, {"id", application.value}}.dump();
}

std::string entry_note(const EntryId& entry) { return Json{{"t", "entry"}, {"id", entry.value}}.dump(); }

std::string ended_note(const StaffId& staff) { return Json{{"t", "ended"}, {"staff", staff.value}}.dump(); }

Heard heard_by(const std::string& note, const StaffId& staff, const std::vector<std::string>& roles) {
    const auto parsed = parse_json(note);
    if (!parsed.has_value() || !parsed->is_object()) return {};
    const std::string kind = text_or(*parsed, "t");
    if (kind == "desk") return {note, false};
    if (kind == "ended") return {std::nullopt, text_or(*parsed, "staff") == staff.value};
    if (kind == "application") return may_read_applications(roles) ? Heard{note, false} : Heard{};
    if (kind == "entry") return may_read_entries(roles) ? Heard{note, false} : Heard{};
    if (!may_read_conversations(roles)) return {};
    if (kind == "conversation" || kind == "alert") return {note, false};
    if (kind != "message") return {};
    if (staff.empty() || text_or(*parsed, "for") != staff.value)
        return {conversation_note(ConversationId{text_or(*parsed, "conversation")}), false};
    Json frame = *parsed;
    frame.erase("for");
    return {frame.dump(), false};
}

}  // namespace yuanda::gateway::staff
