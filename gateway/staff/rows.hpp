// The JSON shapes of docs/api.md that consoles read: rows, messages, contacts, applications; personal data masked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "casework/application.hpp"
#include "casework/clock.hpp"
#include "core/json.hpp"
#include "dialogue/form.hpp"
#include "gateway/desk_state.hpp"
#include "storage/applications.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"

namespace yuanda::gateway::staff {

/// How much of a channel's window is left ("还可发 4 条 · 剩 31 小时").
struct WindowView {
    int left = 0;
    int of = 0;
    TimePoint closes_at{};
    bool operator==(const WindowView&) const = default;
};
/// nullopt: the channel has no window, or the contact has not written yet.
std::optional<WindowView> window_view(const adapters::Capabilities& can, const storage::Window& window, TimePoint now);
/// Whether a line of the system may be sent: it never takes the sends a person may still need.
bool line_may_travel(const adapters::Capabilities& can, const storage::Window& window, TimePoint now);

/// What a ROW needs beside its stored row.
struct RowView {
    std::string topic_name;
    desk::SlaPolicy sla;
    std::optional<WindowView> window;
    std::optional<Date> deadline;  // the nearest date an application of this contact must meet
    TimePoint now;
};
Json row_json(const storage::ConversationRow& row, const RowView& view);

/// MESSAGE with `note` and `delivery`.
Json message_json(const storage::StoredMessage& message);
/// The same with the numbers in a contact's words masked: for whoever has not accepted the conversation.
Json masked_message_json(storage::StoredMessage message);

/// What a CONTACT needs beside its row.
struct ContactView {
    std::int64_t conversations = 0;  // how many of each this contact has
    std::size_t applications = 0;
    std::string said_phone;  // a number the contact wrote; used where no application gave one
    bool accepted = false;   // the reader owns the conversation: the phone is shown whole
};
Json contact_json(const storage::ConversationRow& row, const ContactView& view);
/// `accepted`: the reader owns the conversation; for anybody else numbers are masked.
Json summary_json(const std::optional<desk::Handover>& handover, bool accepted);
Json staff_json(const storage::Staff& staff, const std::vector<PresenceRow>& present);

/// null for a draft: no clock runs before an application was received.
Json clock_json(const casework::Application& application, const Calendar& calendar, TimePoint now);
Json application_row_json(const casework::Application& application, const std::string& channel,
                          const Calendar& calendar, TimePoint now);
/// The row with sections, eligibility and missing papers.
Json application_json(const casework::Application& application, const dialogue::Form& form, const std::string& channel,
                      const Calendar& calendar, TimePoint now);

/// One event of an application's record; `names`: of staff by id, and of the applicant.
Json milestone_json(const storage::Milestone& milestone, const std::map<std::string, std::string>& names);

/// 赵*柱, or 访客4471 while `name` is empty: nobody knows it.
std::string contact_label(const ContactId& contact, const std::string& name);
/// 王律师 for 王毅, who is a lawyer; 欧阳律师 for 欧阳一; other staff by their name.
std::string author_name(const storage::Staff& staff);

}  // namespace yuanda::gateway::staff
