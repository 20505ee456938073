// What a console reads of the desk.
#include "gateway/staff/desk_api.hpp"

#include "gateway/log.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/numbers.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr int kCapacity = 5;  // conversations one person can hold well; the console shows load against it
constexpr int kMessagesShown = 500;

const desk::SlaPolicy& sla_of(const Context& context) { return context.services.config.centre.sla; }

Json duty_json(Context& context, TimePoint now) {
    Json duty = Json::array();
    for (const auto& row : context.services.desk.present()) {
        const auto counts = context.services.conversations.counts(row.staff, sla_of(context), now);
        duty.push_back({{"name", row.name},
                        {"state", desk::name_of(row.state)},
                        {"load", counts.has_value() ? counts->mine : 0},
                        {"capacity", kCapacity}});
    }
    return duty;
}

Response show_desk(Context& context, const Call& call) {
    const auto counts = context.services.conversations.counts(call.staff.id, sla_of(context), call.now);
    if (!counts.has_value()) return storage_failure(call.request, counts.error());
    context.services.desk.heard_from(call.staff.id);
    const Json body = {{"centre", context.services.config.centre.name},
                       {"now", to_epoch_ms(call.now)},
                       {"on_duty", context.services.desk.snapshot().on_duty},
                       {"hours", context.services.desk.hours_line()},
                       {"duty", duty_json(context, call.now)},
                       {"counts",
                        {{"queued", counts->queued},
                         {"mine", counts->mine},
                         {"waiting", counts->waiting},
                         {"overdue", counts->overdue},
                         {"closed", counts->closed},
                         {"undelivered", counts->undelivered}}}};
    return json_response(200, body.dump());
}

Response list_conversations(Context& context, const Call& call) {
    const auto list = storage::desk_list_from(call.request.parameter("list"));
    const auto limit = page_limit(call.request);
    if (!list || !limit) return error_response(call.request, ErrorCode::InvalidInput, "没有这样的列表。");
    auto rows = context.services.conversations.list(*list, call.staff.id, sla_of(context), call.now, *limit + 1,
                                                    call.request.parameter("after"));
    if (!rows.has_value()) return storage_failure(call.request, rows.error());
    const bool more = rows->size() > static_cast<std::size_t>(*limit);
    if (more) rows->resize(static_cast<std::size_t>(*limit));
    Json shown = Json::array();
    for (const auto& row : *rows) shown.push_back(shown_row(context, row, call.now));
    const Json next = more ? Json(rows->back().id.value) : Json(nullptr);
    return json_response(200, Json{{"conversations", shown}, {"next", next}}.dump());
}

/// The newest messages, oldest first.
Result<std::vector<storage::StoredMessage>> newest_messages(Context& context, const storage::ConversationRow& row) {
    const std::int64_t after = std::max<std::int64_t>(0, row.last_seq - kMessagesShown);
    return context.services.conversations.messages(row.id, after, kMessagesShown, true);
}

/// Reading is on the record before anything is shown; what cannot be recorded is not shown.
std::optional<Response> record_reading(Context& context, const Call& call, const ConversationId& id) {
    const auto done = context.services.events.append({"contact.read", id.value, call.staff.id.value, "{}", call.now});
    if (done) return std::nullopt;
    return storage_failure(call.request, done.error());
}

void mark_own_read(Context& context, const Call& call, storage::ConversationRow& row) {
    if (row.unread == 0 || row.ownership.lawyer != call.staff.id) return;
    if (context.services.conversations.mark_read(row.id))
        row.unread = 0;
    else
        log_warning("conversation.unmarked", {{"conversation", row.id.value}});
}

/// The number the contact wrote last; empty when there is none.
std::string last_phone_in(const std::vector<storage::StoredMessage>& messages) {
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (message->from != storage::From::Contact) continue;
        if (auto phone = mobile_in(message->text)) return *phone;
    }
    return {};
}

Response show_conversation(Context& context, const Call& call) {
    auto row = context.services.conversations.row(ConversationId{call.id()});
    if (!row.has_value()) return storage_failure(call.request, row.error());
    if (!*row) return error_response(call.request, ErrorCode::NotFound, "没有这个会话。");
    if (auto refused = record_reading(context, call, (*row)->id)) return *refused;
    const auto messages = newest_messages(context, **row);
    if (!messages.has_value()) return storage_failure(call.request, messages.error());
    const auto applications = context.services.applications.of_contact((*row)->contact);
    if (!applications.has_value()) return storage_failure(call.request, applications.error());
    const auto conversations = context.services.conversations.count_of_contact((*row)->contact);
    if (!conversations.has_value()) return storage_failure(call.request, conversations.error());
    mark_own_read(context, call, **row);

    const auto& ownership = (*row)->ownership;
    const bool accepted = ownership.owner == desk::Owner::Human && ownership.lawyer == call.staff.id;
    const ContactView contact{*conversations, applications->size(), last_phone_in(*messages), accepted};
    Json shown = Json::array();
    for (const auto& message : *messages)
        shown.push_back(accepted ? message_json(message) : masked_message_json(message));
    Json cases = Json::array();
    for (const auto& application : *applications)
        cases.push_back(application_row_json(application, std::string(name_of((*row)->channel)),
                                             context.services.calendar, call.now));
    const Json body = {{"conversation", shown_row(context, **row, call.now, *applications)},
                       {"contact", contact_json(**row, contact)},
                       {"summary", summary_json((*row)->handover, accepted)},
                       {"messages", std::move(shown)},
                       {"applications", std::move(cases)}};
    return json_response(200, body.dump());
}

/// The nearest day still to come that an application of the contact names.
std::optional<Date> nearest_deadline(const std::vector<casework::Application>& applications, Date today) {
    std::optional<Date> nearest;
    for (const auto& application : applications) {
        const auto fact = application.facts.find("deadline");
        const auto date = fact == application.facts.end() ? std::nullopt : parse_iso_date(fact->second);
        if (date && *date >= today && (!nearest || *date < *nearest)) nearest = date;
    }
    return nearest;
}

}  // namespace

Json shown_row(Context& context, const storage::ConversationRow& row, TimePoint now,
               const std::vector<casework::Application>& applications) {
    RowView view;
    view.topic_name = row.topic.empty() ? std::string{} : context.services.reader.topic_name(row.topic);
    view.sla = sla_of(context);
    view.deadline = nearest_deadline(applications, china_date(now));
    view.now = now;
    if (const Inbox* inbox = context.services.inboxes.find(row.inbox); inbox && !inbox->adapter->capabilities().pull)
        if (const auto window = context.services.outbox.window(row.id); window.has_value())
            view.window = window_view(inbox->adapter->capabilities(), *window, now);
    return row_json(row, view);
}

void add_desk_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "GET", "/api/v1/desk", show_desk);
    add_route(router, context, "GET", "/api/v1/conversations", list_conversations);
    add_route(router, context, "GET", "/api/v1/conversations/{id}", show_conversation);
}

}  // namespace yuanda::gateway::staff
