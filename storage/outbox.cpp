// Claims, ends and recovers outbox rows: in order per conversation, `sending` on disk before any network call.
#include "storage/outbox.hpp"

#include "core/json.hpp"
#include "storage/conversations.hpp"
#include "storage/detail/rows.hpp"

namespace yuanda::storage {
namespace {

/// No platform call lasts so long, so a row that is still `sending` has lost its sender.
constexpr std::chrono::seconds kSenderGone{60};

/// A row is due when nothing of its conversation before it is still open.
constexpr const char* kDue =
    " FROM outbox o WHERE o.pending = 1 AND o.next_at <= :now AND o.state IN ('queued', 'offered')"
    " AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.pending = 1 AND p.conversation_id = o.conversation_id"
    " AND p.seq < o.seq)";

bool is_open(std::string_view state) {
    return state == "queued" || state == "sending" || state == "offered" || state == "held";
}

void note_outcome(Session& session, const std::string& id, std::string_view state, std::string_view code,
                  TimePoint now) {
    append_event(session, {"outbox." + std::string(state), id, "system", Json{{"code", code}}.dump(), now});
}

/// Rows claimed before `since` and not ended become unknown: they may have arrived, so a machine must not repeat them.
int give_up_senders(Session& session, TimePoint since, TimePoint now) {
    std::vector<std::string> lost;
    std::string id;
    Query query(session,
                "UPDATE outbox SET state = 'unknown', pending = 0, code = 'sender_gone'"
                " WHERE pending = 1 AND state = 'sending' AND claimed_at <= :since RETURNING id");
    query.in(since).out(id);
    while (query.next()) lost.push_back(id);
    for (const std::string& row : lost) note_outcome(session, row, "unknown", "sender_gone", now);
    return static_cast<int>(lost.size());
}

std::vector<OutboxRow> select_due(Session& session, TimePoint now, int limit, std::vector<bool>& was_offered) {
    std::vector<OutboxRow> rows;
    OutboxRow r;
    std::string channel, state;
    Query query(session,
                std::string("SELECT o.id, o.conversation_id, o.message_id, o.inbox, o.channel, o.peer, o.is_group,"
                            " o.seq, o.reply_token, o.reply_number, o.own_id, o.lawyer, o.attempts, o.created_at,"
                            " o.state") +
                    kDue + " ORDER BY o.next_at, o.id LIMIT :limit" + std::string(session.dialect().skip_locked()));
    query.in(now).in(limit);
    query.out(r.id)
        .out(r.conversation)
        .out(r.message)
        .out(r.inbox)
        .out(channel)
        .out(r.peer)
        .out(r.group)
        .out(r.seq)
        .out(r.reply_token)
        .out(r.reply_number)
        .out(r.own_id)
        .out(r.lawyer)
        .out(r.attempts)
        .out(r.created_at)
        .out(state);
    while (query.next()) {
        r.channel = channel_from(channel).value_or(Channel::Webchat);
        rows.push_back(r);
        was_offered.push_back(state == "offered");
    }
    return rows;
}

void mark_sending(Session& session, OutboxRow& row, bool was_offered, TimePoint now) {
    ++row.attempts;
    Query(session, "UPDATE outbox SET state = 'sending', attempts = :attempts, claimed_at = :now WHERE id = :id")
        .in(row.attempts)
        .in(now)
        .in(row.id)
        .run();
    if (!was_offered || row.attempts > 1) return;
    // The webhook did not carry it after all, so it takes a send of the window like any other.
    Query window(session, "UPDATE quota_window SET used = used + 1 WHERE conversation_id = :id RETURNING used");
    if (!window.in(row.conversation).out(row.reply_number).next()) return;
    Query(session, "UPDATE outbox SET reply_number = :number WHERE id = :id").in(row.reply_number).in(row.id).run();
}

void load_words(Session& session, OutboxRow& row, const Sealer& sealer) {
    StoredMessage message;
    message.id = row.message;
    std::string body;
    Query query(session, "SELECT body FROM message WHERE id = :id");
    query.in(row.message).out(body);
    if (!query.next()) return;
    open_body(message, body, sealer);
    row.text = std::move(message.text);
    row.card = std::move(message.card);
}

}  // namespace

Outbox::Outbox(Database& database, const Sealer& sealer) : database_(&database), sealer_(&sealer) {}

Result<std::vector<OutboxRow>> Outbox::claim(TimePoint now, int limit) {
    std::vector<OutboxRow> rows;
    const auto done = database_->write([&](Session& session) -> Result<> {
        give_up_senders(session, now - kSenderGone, now);
        std::vector<bool> was_offered;
        rows = select_due(session, now, limit, was_offered);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            mark_sending(session, rows[i], was_offered[i], now);
            load_words(session, rows[i], *sealer_);
        }
        return {};
    });
    if (!done) return done.error();
    return rows;
}

Result<> Outbox::confirm_offered(const OutboxId& id, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        // The delivery ladder may have taken it meanwhile; then its outcome stands.
        Query(session,
              "UPDATE outbox SET state = 'confirmed', pending = 0, attempts = 1, claimed_at = :now"
              " WHERE id = :id AND state = 'offered'")
            .in(now)
            .in(id)
            .run();
        return {};
    });
}

Result<> Outbox::finish(const OutboxId& id, std::string_view state, std::string_view code, std::string_view external_id,
                        std::optional<TimePoint> next_at, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed =
            Query(session,
                  "UPDATE outbox SET state = :state, pending = :pending, code = :code, next_at = :next,"
                  " external_id = CASE WHEN :external = '' THEN external_id ELSE :external2 END WHERE id = :id"
                  " AND state <> 'confirmed'")
                .in(state)
                .in(is_open(state))
                .in(code)
                .in(next_at.value_or(now))
                .in(external_id)
                .in(external_id)
                .in(id)
                .run();
        if (changed == 0) return Error(ErrorCode::NotFound, "no such outbox row, or it is confirmed");
        if (state == "held" || state == "unknown" || state == "failed")
            note_outcome(session, id.value, state, code, now);
        return {};
    });
}

Result<int> Outbox::recover(TimePoint now) {
    int count = 0;
    const auto done = database_->write([&](Session& session) -> Result<> {
        const TimePoint since = database_->shared() ? now - kSenderGone : now;
        count = give_up_senders(session, since, now);
        return {};
    });
    if (!done) return done.error();
    return count;
}

Result<> Outbox::count_pieces(const ConversationId& conversation, int more) {
    return database_->write([&](Session& session) -> Result<> {
        Query(session, "UPDATE quota_window SET used = used + :more WHERE conversation_id = :id")
            .in(more)
            .in(conversation)
            .run();
        return {};
    });
}

Result<Window> Outbox::window(const ConversationId& conversation) {
    Window window;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, "SELECT used, opened_at FROM quota_window WHERE conversation_id = :id");
        query.in(conversation).out(window.used).out(window.opened_at).next();
        return {};
    });
    if (!done) return done.error();
    return window;
}

}  // namespace yuanda::storage
