// A lawyer's act on a conversation: compare-and-set, message, delivery and record in one transaction.
#include "core/json.hpp"
#include "core/text.hpp"
#include "core/token.hpp"
#include "storage/conversations.hpp"
#include "storage/detail/queue_delivery.hpp"
#include "storage/detail/rows.hpp"
#include "storage/detail/sealed_row.hpp"

namespace yuanda::storage {
namespace {

struct ActRows {
    const DeskAct* act;
    const Sealer* sealer;
    std::string last_text;  // sealed; empty: the list's last line stays
};

/// The message stored by an earlier delivery of the same act.
std::optional<StoredMessage> repeated(Session& session, const ActRows& rows) {
    const StoredMessage& wanted = *rows.act->message;
    if (wanted.cmid.empty()) return std::nullopt;
    StoredMessage m = wanted;
    m.conversation = rows.act->conversation;
    std::string body;
    Query query(session,
                "SELECT m.id, m.seq, m.author_id, m.author_name, m.at, m.body, m.note, o.state FROM message m"
                " LEFT JOIN outbox o ON o.message_id = m.id"
                " WHERE m.conversation_id = :c AND m.sender = :sender AND m.cmid = :cmid AND m.cmid <> ''");
    query.in(m.conversation).in(name_of(m.from)).in(m.cmid);
    query.out(m.id).out(m.seq).out(m.author).out(m.author_name).out(m.at).out(body).out(m.note).out(m.delivery);
    if (!query.next()) return std::nullopt;
    open_body(m, body, *rows.sealer);
    return m;
}

/// The new last_seq; Conflict when the version moved on, NotFound when there is no such conversation.
Result<std::int64_t> advance(Session& session, const ActRows& rows) {
    const DeskAct& act = *rows.act;
    const bool speaks = act.message && !act.message->note;
    const bool person = speaks && act.message->from == From::Lawyer;
    std::int64_t seq = 0;
    Query query(session,
                "UPDATE conversation SET owner = :owner, lawyer_id = :lawyer, waiting_since = :waiting,"
                " queued_at = :queued, unread = CASE WHEN :read = 1 THEN 0 ELSE unread END,"
                " last_text = CASE WHEN :text = '' THEN last_text ELSE :text2 END,"
                " last_from = CASE WHEN :speaks = 1 THEN :from ELSE last_from END,"
                " last_at = CASE WHEN :speaks2 = 1 THEN :at ELSE last_at END,"
                " last_seq = last_seq + :more, version = version + 1"
                " WHERE id = :id AND version = :version RETURNING last_seq");
    query.in(desk::name_of(act.ownership.owner))
        .in(act.ownership.lawyer)
        .in(act.ownership.waiting_since)
        .in(act.ownership.queued_at)
        .in(act.mark_read)
        .in(rows.last_text)
        .in(rows.last_text)
        .in(person)
        .in(person ? name_of(act.message->from) : "")
        .in(speaks)
        .in(act.now)
        .in(act.message.has_value())
        .in(act.conversation)
        .in(act.version);
    if (query.out(seq).next()) return seq;
    std::int64_t known = 0;
    Query(session, "SELECT COUNT(*) FROM conversation WHERE id = :id").in(act.conversation).out(known).next();
    return known == 0 ? Error(ErrorCode::NotFound, "no such conversation")
                      : Error(ErrorCode::Conflict, "the conversation moved on");
}

void keep_promises(Session& session, const DeskAct& act) {
    Query(session, "UPDATE promise SET kept_at = :at WHERE conversation_id = :id AND kept_at IS NULL")
        .in(act.now)
        .in(act.conversation)
        .run();
}

void record(Session& session, const DeskAct& act, const std::string& message) {
    const Json detail{{"owner", desk::name_of(act.ownership.owner)}, {"reason", act.reason}, {"message", message}};
    append_event(session,
                 {"conversation." + act.action, act.conversation.value, act.staff.value, detail.dump(), act.now});
}

/// Writes the act's message with the sequence the conversation has just reached.
StoredMessage write_message(Session& session, const DeskAct& act, SealedMessage sealed, std::int64_t seq,
                            Random& random) {
    sealed.message.seq = seq;
    insert_message(session, sealed);
    if (sealed.message.note) return sealed.message;
    if (act.deliver) {
        const Words words = sealed.message.from == From::Lawyer ? Words::Person : Words::System;
        queue_delivery(session, OutboxId(uuid_v7(act.now, random)), sealed.message, words);
        sealed.message.delivery = "queued";
    }
    if (sealed.message.from == From::Lawyer) keep_promises(session, act);
    return sealed.message;
}

}  // namespace

Result<std::optional<StoredMessage>> Conversations::act(const DeskAct& act) {
    ActRows rows{&act, sealer_, {}};
    std::optional<SealedMessage> sealed;
    if (act.message) {
        StoredMessage message = *act.message;
        message.conversation = act.conversation;
        if (message.at == TimePoint{}) message.at = act.now;
        if (message.id.empty()) message.id = MessageId(uuid_v7(act.now, *random_));
        const SealedRow row(*sealer_, "conversation", act.conversation.value);
        if (!message.note && message.from == From::Lawyer)
            rows.last_text = row.seal("last_text", utf8_prefix(message.text, kLastTextChars));
        sealed = seal_message(std::move(message), *sealer_);
    }
    std::optional<StoredMessage> stored;
    const auto work = [&](Session& session) -> Result<> {
        stored.reset();
        if (sealed)
            if (stored = repeated(session, rows); stored) return {};
        const auto seq = advance(session, rows);
        if (!seq) return seq.error();
        if (sealed) stored = write_message(session, act, *sealed, *seq, *random_);
        record(session, act, stored ? stored->id.value : "");
        return {};
    };
    const auto done = database_->write(work, "0" + act.conversation.value);
    if (!done) return done.error();
    return stored;
}

}  // namespace yuanda::storage
