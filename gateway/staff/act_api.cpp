// What lawyers do to a conversation: read, decide by desk's rules, compare-and-set, tell everybody.
#include <set>

#include "core/text.hpp"
#include "gateway/log.hpp"
#include "gateway/staff/citations.hpp"
#include "gateway/staff/desk_api.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

using storage::ConversationRow;
using storage::DeskAct;
using storage::From;
using storage::StoredMessage;

constexpr int kTries = 5;  // somebody else was faster: read again, decide again
constexpr std::size_t kMaxText = 2000;
constexpr std::size_t kMaxNote = 2000;
constexpr std::size_t kMaxReason = 200;
constexpr std::size_t kMaxCitations = 20;

struct Done {
    ConversationRow row;  // as it is now; on failure as it was read last
    std::optional<StoredMessage> message;
    bool sends = false;  // the message has an outbox row
    std::optional<Error> error;
};
/// The act for a row as read; nullopt: nothing to change.
using Decide = std::function<Result<std::optional<DeskAct>>(const ConversationRow&)>;

Done failed(ConversationRow row, Error error) { return {std::move(row), std::nullopt, false, std::move(error)}; }

/// A contact who writes at the same moment moves the version on; then the act is decided again on what is new.
Done perform(Context& context, const ConversationId& id, const Decide& decide) {
    auto& conversations = context.services.conversations;
    Done last;
    for (int i = 0; i < kTries; ++i) {
        auto row = conversations.row(id);
        if (!row.has_value()) return failed(std::move(last.row), row.error());
        if (!*row) return failed({}, Error(ErrorCode::NotFound, "no such conversation"));
        last.row = std::move(**row);
        const auto act = decide(last.row);
        if (!act.has_value()) return failed(std::move(last.row), act.error());
        if (!*act) return last;
        const auto stored = conversations.act(**act);
        if (!stored.has_value() && stored.error().code == ErrorCode::Conflict) continue;
        if (!stored.has_value()) return failed(std::move(last.row), stored.error());
        last.message = *stored;
        last.sends = (*act)->deliver;
        if (auto fresh = conversations.row(id); fresh.has_value() && *fresh) last.row = std::move(**fresh);
        return last;
    }
    return failed(std::move(last.row), Error(ErrorCode::Conflict, "the conversation kept moving"));
}

void tell(Context& context, const Done& done) {
    auto& hub = context.services.hub;
    if (done.message)
        hub.notify("staff", message_note(done.row.id, *done.message, done.row.ownership.lawyer));
    else
        hub.notify("staff", conversation_note(done.row.id));
    if (done.message && done.message->note) return;
    hub.notify("staff", desk_note());
    hub.notify(peer_topic(done.row.inbox, done.row.peer), "");
    if (done.sends) hub.notify("outbox", "");
}

/// A courtesy of the system leaves the sends of a window that people may still need.
bool line_travels(Context& context, const ConversationRow& row, TimePoint now) {
    const Inbox* inbox = context.services.inboxes.find(row.inbox);
    if (!inbox) return false;
    const auto window = context.services.outbox.window(row.id);
    return window.has_value() && line_may_travel(inbox->adapter->capabilities(), *window, now);
}

DeskAct new_act(const ConversationRow& row, const desk::Ownership& ownership, const char* action, const StaffId& staff,
                TimePoint now) {
    DeskAct act;
    act.conversation = row.id;
    act.version = row.version;
    act.ownership = ownership;
    act.action = action;
    act.staff = staff;
    act.now = now;
    return act;
}

void add_line(Context& context, DeskAct& act, const ConversationRow& row, const std::string& text) {
    StoredMessage line;
    line.from = From::System;
    line.text = text;
    act.message = std::move(line);
    act.deliver = line_travels(context, row, act.now);
}

/// A way on for whoever wanted to apply while the lawyer was there: words on every channel, a button on the page.
void offer_application(Context& context, DeskAct& act) {
    const auto own = context.services.conversations.find(act.conversation);
    if (!own.has_value() || !*own || !act.message) return;
    const auto& memory = (*own)->memory;
    if (!memory.wants_to_apply && !memory.flow) return;
    Reply card;
    card.paragraphs = {act.message->text, context.texts["apply"]};
    const std::string label = context.texts["apply_choice"];
    card.choices.push_back({"apply", label, false});  // an id nobody offered: its words are the order
    act.message->text += context.texts["apply"];
    act.message->card = reply_to_json(card);
}

/// Who has it now, in words.
std::string whose(const ConversationRow& row) {
    switch (row.ownership.owner) {
        case desk::Owner::Human:
            return (row.lawyer_name.empty() ? std::string("另一位同事") : row.lawyer_name) + "已经接入了这个会话。";
        case desk::Owner::Closed: return "这个会话已经结束。对方再来消息时会重新打开。";
        case desk::Owner::Queued: return "这个会话在排队，还没有人接入。请先接入。";
        case desk::Owner::Bot:
        case desk::Owner::Snoozed: break;
    }
    return "这个会话现在由智能助手在答。请先接入。";
}

Response refused(const Call& call, const Done& done) {
    const ErrorCode code = done.error->code;
    // Not being the owner is a conflict for the console: somebody else is at it (docs/api.md).
    if ((code == ErrorCode::Conflict || code == ErrorCode::Forbidden) && !done.row.id.empty())
        return error_response(
            call.request, ErrorCode::Conflict,
            done.row.ownership.lawyer == call.staff.id ? "刚刚有人改过，请再试一次。" : whose(done.row));
    return storage_failure(call.request, *done.error);
}

Response row_answer(Context& context, const Call& call, const Done& done) {
    if (done.error) return refused(call, done);
    tell(context, done);
    return json_response(200, Json{{"conversation", shown_row(context, done.row, call.now)}}.dump());
}

Response message_answer(Context& context, const Call& call, const Done& done) {
    if (done.error) return refused(call, done);
    tell(context, done);
    return json_response(200, Json{{"message", message_json(*done.message)}}.dump());
}

Response accept(Context& context, const Call& call) {
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        const auto ownership = desk::accept(row.ownership, call.staff.id);
        if (!ownership.has_value()) return ownership.error();
        if (*ownership == row.ownership) return std::optional<DeskAct>{};  // a second tap
        DeskAct act = new_act(row, *ownership, "accept", call.staff.id, call.now);
        const bool lawyer = has_role(call.staff.roles, "lawyer");
        add_line(context, act, row,
                 filled(context.texts[lawyer ? "accepted.lawyer" : "accepted.staff"], {{"name", call.staff.name}}));
        act.mark_read = true;
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    return row_answer(context, call, done);
}

/// A client's own id of a message: what makes a repeated send harmless.
std::optional<std::string> cmid_of(const Json& body) {
    auto cmid = text_field(body, "cmid", 64);
    if (!cmid) return std::nullopt;
    const bool plain = std::all_of(cmid->begin(), cmid->end(),
                                   [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    return plain ? cmid : std::nullopt;
}

StoredMessage own_message(const Call& call, const std::string& cmid, const std::string& text, bool note) {
    StoredMessage message;
    message.from = From::Lawyer;
    message.author = call.staff.id;
    message.author_name = author_name(call.staff);
    message.cmid = cmid;
    message.text = text;
    message.note = note;
    return message;
}

/// The articles named beside the text; nullopt: not a list of {law, article}.
std::optional<std::vector<CitedArticle>> listed_citations(const Json& body) {
    std::vector<CitedArticle> cited;
    const auto found = body.find("citations");
    if (found == body.end() || found->is_null()) return cited;
    if (!found->is_array() || found->size() > kMaxCitations) return std::nullopt;
    for (const auto& one : *found) {
        if (!one.is_object()) return std::nullopt;
        const auto law = text_field(one, "law", 60);
        const auto article = text_field(one, "article", 20);
        if (!law || !article) return std::nullopt;
        cited.push_back({*law, *article});
    }
    return cited;
}

Response write(Context& context, const Call& call) {
    const auto cmid = cmid_of(call.body);
    const auto text = text_field(call.body, "text", kMaxText);
    auto cited = listed_citations(call.body);
    if (!cmid || !text || !cited) return unprocessable(call.request, "请写1到2000个字再发送。");
    const auto knowledge = context.services.knowledge.current();
    const auto& statutes = knowledge->base->statutes();
    const Date today = china_date(call.now);
    const auto listed = check_citations(*cited, statutes, today);
    const auto named = check_citations(cited_in(*text, statutes), statutes, today);
    if (listed.refusal) return unprocessable(call.request, *listed.refusal);
    if (named.refusal) return unprocessable(call.request, *named.refusal);

    const std::string whole = with_basis(*text, listed.citations, statutes, today);
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        const auto ownership = desk::lawyer_wrote(row.ownership, call.staff.id);
        if (!ownership.has_value()) return ownership.error();
        DeskAct act = new_act(row, *ownership, "reply", call.staff.id, call.now);
        act.message = own_message(call, *cmid, whole, false);
        act.deliver = must_deliver(context, row.inbox);
        act.mark_read = true;
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    return message_answer(context, call, done);
}

Response write_note(Context& context, const Call& call) {
    const auto cmid = cmid_of(call.body);
    const auto text = text_field(call.body, "text", kMaxNote);
    if (!cmid || !text) return unprocessable(call.request, "请写1到2000个字再保存。");
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        DeskAct act = new_act(row, row.ownership, "note", call.staff.id, call.now);
        act.message = own_message(call, *cmid, *text, true);
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    return message_answer(context, call, done);
}

/// A note that goes with a release or a close: kept in the conversation for the next colleague.
void keep_note(Context& context, const Call& call, const std::string& text) {
    if (text.empty()) return;
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        DeskAct act = new_act(row, row.ownership, "note", call.staff.id, call.now);
        act.message = own_message(call, "", text, true);
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    if (done.error)
        log_warning("note.lost", {{"conversation", call.id()}});
    else
        tell(context, done);
}

Response release(Context& context, const Call& call) {
    const std::string to = text_or(call.body, "to");
    const auto note = optional_text(call.body, "note", kMaxReason);
    if ((to != "bot" && to != "queue") || !note)
        return unprocessable(call.request, "请选择交给智能助手，还是放回队列。备注最多200字。");
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        const auto ownership = to == "bot" ? desk::release_to_bot(row.ownership, call.staff.id)
                                           : desk::release_to_queue(row.ownership, call.staff.id, call.now);
        if (!ownership.has_value()) return ownership.error();
        DeskAct act = new_act(row, *ownership, "release", call.staff.id, call.now);
        act.reason = to;
        add_line(context, act, row, context.texts["released." + to]);
        if (to == "bot") offer_application(context, act);
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    if (!done.error) keep_note(context, call, *note);
    return row_answer(context, call, done);
}

Response close(Context& context, const Call& call) {
    static const std::set<std::string> kReasons{"solved", "referred", "applied", "no_answer", "other"};
    const std::string reason = text_or(call.body, "reason");
    const auto note = optional_text(call.body, "note", kMaxReason);
    if (!kReasons.contains(reason) || !note) return unprocessable(call.request, "请选一个结束的原因。备注最多200字。");
    const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
        if (row.ownership.owner == desk::Owner::Closed) return std::optional<DeskAct>{};
        const auto ownership = desk::close(row.ownership, call.staff.id, has_role(call.staff.roles, "supervisor"));
        if (!ownership.has_value()) return ownership.error();
        DeskAct act = new_act(row, *ownership, "close", call.staff.id, call.now);
        act.reason = reason;
        add_line(context, act, row, context.texts["closed"]);
        offer_application(context, act);
        act.mark_read = true;
        return std::optional(std::move(act));
    };
    const Done done = perform(context, ConversationId{call.id()}, decide);
    if (!done.error) keep_note(context, call, *note);
    return row_answer(context, call, done);
}

}  // namespace

bool must_deliver(const Context& context, const InboxId& id) {
    const Inbox* inbox = context.services.inboxes.find(id);
    return !inbox || !inbox->adapter->capabilities().pull;  // an inbox that is gone fails in sight of a person
}

int requeue_conversations(Context& context, const StaffId& lawyer, const StaffId& by, TimePoint now) {
    constexpr int kPage = 100;
    int moved = 0;
    const auto rows = context.services.conversations.list(storage::DeskList::Mine, lawyer, {}, now, kPage, "");
    if (!rows.has_value()) return moved;
    for (const auto& mine : *rows) {
        const auto decide = [&](const ConversationRow& row) -> Result<std::optional<DeskAct>> {
            const auto ownership = desk::release_to_queue(row.ownership, lawyer, now);
            if (!ownership.has_value()) return ownership.error();
            DeskAct act = new_act(row, *ownership, "release", by, now);
            act.reason = "staff_disabled";
            return std::optional(std::move(act));
        };
        const Done done = perform(context, mine.id, decide);
        if (done.error) continue;
        tell(context, done);
        ++moved;
    }
    return moved;
}

void add_act_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/conversations/{id}/accept", accept);
    add_route(router, context, "POST", "/api/v1/conversations/{id}/messages", write);
    add_route(router, context, "POST", "/api/v1/conversations/{id}/notes", write_note);
    add_route(router, context, "POST", "/api/v1/conversations/{id}/release", release);
    add_route(router, context, "POST", "/api/v1/conversations/{id}/close", close);
}

}  // namespace yuanda::gateway::staff
