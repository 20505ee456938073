// Applications for legal aid and the record of their moves.
#include "storage/applications.hpp"

#include "core/json.hpp"
#include "core/text.hpp"
#include "storage/detail/queue_delivery.hpp"
#include "storage/detail/rows.hpp"
#include "storage/detail/sealed_row.hpp"
#include "storage/detail/values.hpp"

namespace yuanda::storage {
namespace {

using casework::Application;

constexpr const char* kColumns =
    "SELECT a.id, a.number, a.serial, a.year, a.centre, a.state, a.topic, a.matter, a.facts, a.missing, a.urgent,"
    " a.submitted_at, a.paused_at, a.paused_for, a.contact_id, a.conversation_id, a.version FROM application a ";

/// casework names its actions but, having no need to, does not read the names back.
casework::Action action_from(std::string_view name) {
    using casework::Action;
    for (const Action action : {Action::StartReview, Action::AskSupplement, Action::Resume})
        if (casework::name_of(action) == name) return action;
    return Action::Submit;
}

/// `tail` with its parameters, all text but the last, which is a limit when there is one.
std::vector<Application> load(Session& session, const Sealer& sealer, const std::string& tail,
                              const std::vector<std::string>& keys, std::optional<int> limit = std::nullopt) {
    std::vector<Application> list;
    Application a;
    std::string state, facts, missing;
    std::int64_t paused_for = 0;
    Query query(session, kColumns + tail);
    for (const std::string& key : keys) query.in(key);
    if (limit) query.in(*limit);
    query.out(a.id)
        .out(a.number)
        .out(a.serial)
        .out(a.year)
        .out(a.centre)
        .out(state)
        .out(a.topic)
        .out(a.matter)
        .out(facts)
        .out(missing)
        .out(a.urgent)
        .out(a.submitted_at)
        .out(a.paused_at)
        .out(paused_for)
        .out(a.contact)
        .out(a.conversation)
        .out(a.version);
    while (query.next()) {
        a.state = casework::state_from(state).value_or(casework::State::Draft);
        a.facts = facts_from_json(SealedRow(sealer, "application", a.id.value).open("facts", facts));
        a.missing = list_from_json(missing);
        a.paused_for = std::chrono::milliseconds(paused_for);
        list.push_back(a);
    }
    return list;
}

/// False when somebody was first.
bool update(Session& session, const Application& a, const SealedRow& row) {
    return Query(session,
                 "UPDATE application SET state = :state, topic = :topic, matter = :matter, facts = :facts,"
                 " missing = :missing, urgent = :urgent, submitted_at = :submitted, paused_at = :paused,"
                 " paused_for = :paused_for, version = :version WHERE id = :id AND version = :before")
               .in(casework::name_of(a.state))
               .in(a.topic)
               .in(a.matter)
               .in(row.seal("facts", facts_to_json(a.facts)))
               .in(list_to_json(a.missing))
               .in(a.urgent)
               .in(a.submitted_at)
               .in(a.paused_at)
               .in(static_cast<std::int64_t>(a.paused_for.count()))
               .in(a.version)
               .in(a.id)
               .in(a.version - 1)
               .run() == 1;
}

/// A notice as a message of the system, sealed before the writer's turn.
struct SealedNotice {
    SealedMessage sealed;
    OutboxId outbox;
};

SealedNotice seal_notice(const Notice& notice, TimePoint now, const Sealer& sealer) {
    StoredMessage message;
    message.id = notice.message;
    message.conversation = notice.conversation;
    message.from = From::System;
    message.text = notice.text;
    message.at = now;
    return {seal_message(std::move(message), sealer), notice.outbox};
}

/// Takes the next place in the conversation, without asking who owns it: the version moves on, so that a turn being
/// planned is planned again.
Result<> write_notice(Session& session, SealedNotice notice) {
    StoredMessage& message = notice.sealed.message;
    Query place(session,
                "UPDATE conversation SET last_at = :at, last_seq = last_seq + 1,"
                " version = version + 1 WHERE id = :id RETURNING last_seq");
    place.in(message.at).in(message.conversation).out(message.seq);
    if (!place.next()) return Error(ErrorCode::NotFound, "no such conversation");
    insert_message(session, notice.sealed);
    if (!notice.outbox.empty()) queue_delivery(session, notice.outbox, message, Words::Person);
    return {};
}

}  // namespace

Applications::Applications(Database& database, const Sealer& sealer) : database_(&database), sealer_(&sealer) {}

Result<std::optional<Application>> Applications::find(const ApplicationId& id) {
    std::optional<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        auto list = load(session, *sealer_, "WHERE a.id = :id", {id.value});
        if (!list.empty()) found = std::move(list.front());
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<Application>> Applications::list(const std::string& state, int limit, const std::string& after) {
    std::string tail = "WHERE a.version >= 0";
    std::vector<std::string> keys;
    if (!state.empty()) {
        tail += " AND a.state = :state";
        keys.push_back(state);
    }
    if (!after.empty()) {
        tail += " AND (a.submitted_at, a.id) < (SELECT b.submitted_at, b.id FROM application b WHERE b.id = :after)";
        keys.push_back(after);
    }
    tail += " ORDER BY a.submitted_at DESC, a.id DESC LIMIT :limit";
    std::vector<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, tail, keys, limit);
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<Application>> Applications::of_contact(const ContactId& contact) {
    std::vector<Application> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, "WHERE a.contact_id = :contact ORDER BY a.submitted_at DESC, a.id DESC",
                     {contact.value});
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<int> Applications::next_serial(const std::string& centre, int year) {
    int highest = 0;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, "SELECT MAX(serial) FROM application WHERE centre = :centre AND year = :year");
        query.in(centre).in(year).out(highest).next();
        return {};
    });
    if (!done) return done.error();
    return highest + 1;
}

Result<> Applications::save(const Application& a, const casework::Transition& transition,
                            const std::optional<Notice>& notice) {
    const SealedRow row(*sealer_, "application", a.id.value);
    std::optional<SealedNotice> sealed;
    if (notice) sealed = seal_notice(*notice, transition.at, *sealer_);
    const auto work = [&](Session& session) -> Result<> {
        if (!update(session, a, row)) return Error(ErrorCode::Conflict, "the application moved on");
        if (sealed)
            if (const auto written = write_notice(session, *sealed); !written) return written.error();
        const MessageId told = notice ? notice->message : MessageId{};
        insert_milestone(session, a.id, a.version, transition, *sealer_, told);
        append_event(session,
                     {"application." + std::string(casework::name_of(transition.action)), a.id.value, transition.who,
                      Json{{"from", casework::name_of(transition.from)},
                           {"to", casework::name_of(transition.to)},
                           {"message", told.value}}
                          .dump(),
                      transition.at});
        return {};
    };
    return database_->write(work, notice ? "0" + notice->conversation.value : std::string{});
}

Result<std::vector<Milestone>> Applications::history(const ApplicationId& id) {
    std::vector<Milestone> moves;
    const auto done = database_->read([&](Session& session) -> Result<> {
        moves.clear();
        Milestone m;
        casework::Transition& t = m.move;
        std::string from, to, action, reason, missing;
        std::optional<TimePoint> settled_at;
        std::int64_t n = 0;
        Query query(session,
                    "SELECT m.n, m.from_state, m.to_state, m.action, m.who, m.reason, m.at, m.missing, m.message_id,"
                    " o.state, o.settled_at FROM milestone m LEFT JOIN outbox o ON o.message_id = m.message_id"
                    " WHERE m.application_id = :id ORDER BY m.n");
        query.in(id).out(n).out(from).out(to).out(action).out(t.who).out(reason).out(t.at).out(missing).out(m.notice);
        query.out(m.delivery).out(settled_at);
        while (query.next()) {
            const std::string key = milestone_row(id, n);
            const SealedRow row(*sealer_, "milestone", key);
            t.from = casework::state_from(from).value_or(casework::State::Draft);
            t.to = casework::state_from(to).value_or(casework::State::Draft);
            t.action = action_from(action);
            t.reason = row.open("reason", reason);
            t.missing = missing.empty() ? std::vector<std::string>{} : list_from_json(row.open("missing", missing));
            m.settled = settled_at.has_value();
            moves.push_back(m);
        }
        return {};
    });
    if (!done) return done.error();
    return moves;
}

}  // namespace yuanda::storage
