// The short JSON texts that tell open consoles what changed, and who may hear which.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nlu/understanding.hpp"
#include "storage/conversations.hpp"

namespace yuanda::gateway::staff {

/// Counts or lists changed: fetch again.
std::string desk_note();
std::string conversation_note(const ConversationId& conversation);
/// `owner`: the lawyer whose console gets the words at once. Everybody else's only hears that the conversation
/// changed and fetches it, so that each further reading of a citizen's words is recorded. Empty: nobody's.
std::string message_note(const ConversationId& conversation, const storage::StoredMessage& message,
                         const StaffId& owner);
std::string alert_note(const ConversationId& conversation, const std::vector<nlu::Risk>& risks);
std::string application_note(const ApplicationId& application);
/// An entry or one of its drafts changed.
std::string entry_note(const EntryId& entry);
/// For the sockets themselves, never sent on: this person's sockets must sign in again.
std::string ended_note(const StaffId& staff);

/// What becomes of a note at one socket.
struct Heard {
    std::optional<std::string> frame;  // to send
    bool ended = false;                // close: roles changed, disabled, password reset
};
/// Administrators and auditors never see content, since their work needs none (个人信息保护法 6); notes of
/// conversations go to those who answer, notes of applications to those who work on them.
Heard heard_by(const std::string& note, const StaffId& staff, const std::vector<std::string>& roles);

}  // namespace yuanda::gateway::staff
