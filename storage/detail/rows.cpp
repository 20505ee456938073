// Writing messages, outbox rows and applications.
#include "storage/detail/rows.hpp"

#include "storage/detail/sealed_row.hpp"
#include "storage/detail/values.hpp"

namespace yuanda::storage {
namespace {

constexpr const char* kMessageColumns =
    "INSERT INTO message (id, conversation_id, seq, sender, author_id, author_name, at, cmid, body, note) VALUES ";

void bind_message(Query& query, const SealedMessage& sealed) {
    const StoredMessage& m = sealed.message;
    query.in(m.id)
        .in(m.conversation)
        .in(m.seq)
        .in(name_of(m.from))
        .in(m.author)
        .in(m.author_name)
        .in(m.at)
        .in(m.cmid)
        .in(sealed.body)
        .in(m.note);
}

}  // namespace

SealedMessage seal_message(StoredMessage message, const Sealer& sealer) {
    const SealedRow row(sealer, "message", message.id.value);
    std::string body = row.seal("body", body_to_json({message.text, message.card}));
    return {std::move(message), std::move(body)};
}

void insert_message(Session& session, const SealedMessage& sealed) {
    Query query(session, std::string(kMessageColumns) + "(:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)");
    bind_message(query, sealed);
    query.run();
}

void insert_messages(Session& session, const SealedMessage& first, const SealedMessage& second) {
    Query query(session, std::string(kMessageColumns) +
                             "(:a, :b, :c, :d, :e, :f, :g, :h, :i, :j), (:k, :l, :m, :n, :o, :p, :q, :r, :s, :t)");
    bind_message(query, first);
    bind_message(query, second);
    query.run();
}

void open_body(StoredMessage& message, const std::string& body, const Sealer& sealer) {
    Body opened = body_from_json(SealedRow(sealer, "message", message.id.value).open("body", body));
    message.text = std::move(opened.text);
    message.card = std::move(opened.card);
}

void insert_outbox(Session& session, const OutboxRow& row, bool offered) {
    const TimePoint due = offered ? row.created_at + kOfferedFor : row.created_at;
    Query(session,
          "INSERT INTO outbox (id, conversation_id, message_id, inbox, channel, peer, is_group, seq, reply_token,"
          " reply_number, own_id, lawyer, state, pending, next_at, created_at) VALUES (:id, :conversation, :message,"
          " :inbox, :channel, :peer, :is_group, :seq, :token, :number, :own, :lawyer, :state, 1, :due, :created)")
        .in(row.id)
        .in(row.conversation)
        .in(row.message)
        .in(row.inbox)
        .in(name_of(row.channel))
        .in(row.peer)
        .in(row.group)
        .in(row.seq)
        .in(row.reply_token)
        .in(row.reply_number)
        .in(row.own_id)
        .in(row.lawyer)
        .in(offered ? "offered" : "queued")
        .in(due)
        .in(row.created_at)
        .run();
}

void insert_application(Session& session, const casework::Application& a, const Sealer& sealer) {
    const SealedRow row(sealer, "application", a.id.value);
    Query(session,
          "INSERT INTO application (id, number, serial, year, centre, state, topic, matter, facts, missing, urgent,"
          " submitted_at, paused_at, paused_for, contact_id, conversation_id, version) VALUES (:id, :number, :serial,"
          " :year, :centre, :state, :topic, :matter, :facts, :missing, :urgent, :submitted, :paused, :paused_for,"
          " :contact, :conversation, :version)")
        .in(a.id)
        .in(a.number)
        .in(a.serial)
        .in(a.year)
        .in(a.centre)
        .in(casework::name_of(a.state))
        .in(a.topic)
        .in(a.matter)
        .in(row.seal("facts", facts_to_json(a.facts)))
        .in(list_to_json(a.missing))
        .in(a.urgent)
        .in(a.submitted_at)
        .in(a.paused_at)
        .in(static_cast<std::int64_t>(a.paused_for.count()))
        .in(a.contact)
        .in(a.conversation)
        .in(a.version)
        .run();
}

std::string milestone_row(const ApplicationId& id, std::int64_t n) { return id.value + "/" + std::to_string(n); }

void insert_milestone(Session& session, const ApplicationId& id, std::int64_t n, const casework::Transition& t,
                      const Sealer& sealer, const MessageId& notice) {
    const std::string key = milestone_row(id, n);
    const SealedRow row(sealer, "milestone", key);
    Query(session,
          "INSERT INTO milestone (application_id, n, from_state, to_state, action, who, reason, at, missing,"
          " message_id) VALUES (:id, :n, :from, :to, :action, :who, :reason, :at, :missing, :notice)")
        .in(id)
        .in(n)
        .in(casework::name_of(t.from))
        .in(casework::name_of(t.to))
        .in(casework::name_of(t.action))
        .in(t.who)
        .in(row.seal("reason", t.reason))
        .in(t.at)
        .in(t.missing.empty() ? std::string{} : row.seal("missing", list_to_json(t.missing)))
        .in(notice)
        .run();
}

}  // namespace yuanda::storage
