// Reads conversations and messages, and hands turns to the writer.
#include "storage/conversations.hpp"

#include <array>

#include "storage/detail/sealed_row.hpp"
#include "storage/detail/turn_writer.hpp"

namespace yuanda::storage {
namespace {

constexpr std::array<std::string_view, 4> kFromNames{"contact", "bot", "lawyer", "system"};

/// `where` with its one or two parameters; the value of a conversation as a turn needs it.
std::optional<dialogue::Conversation> load(Session& session, const Sealer& sealer, const std::string& where,
                                           const std::vector<std::string>& keys) {
    dialogue::Conversation c;
    std::string channel, owner, memory;
    Query query(session,
                "SELECT id, channel, inbox, peer, is_group, contact_id, owner, lawyer_id, waiting_since, queued_at,"
                " memory, version, last_seq, unread, started_at FROM conversation WHERE " +
                    where);
    for (const std::string& key : keys) query.in(key);
    query.out(c.id)
        .out(channel)
        .out(c.key.inbox)
        .out(c.key.peer)
        .out(c.key.group)
        .out(c.contact)
        .out(owner)
        .out(c.ownership.lawyer)
        .out(c.ownership.waiting_since)
        .out(c.ownership.queued_at)
        .out(memory)
        .out(c.version)
        .out(c.last_seq)
        .out(c.unread)
        .out(c.started_at);
    if (!query.next()) return std::nullopt;
    c.key.channel = channel_from(channel).value_or(Channel::Webchat);
    c.ownership.owner = desk::owner_from(owner).value_or(desk::Owner::Bot);
    c.memory = dialogue::memory_from_json(SealedRow(sealer, "conversation", c.id.value).open("memory", memory));
    return c;
}

}  // namespace

std::string_view name_of(From from) { return kFromNames.at(static_cast<std::size_t>(from)); }

From sender_named(std::string_view name) {
    for (std::size_t i = 0; i < kFromNames.size(); ++i)
        if (kFromNames[i] == name) return static_cast<From>(i);
    return From::System;
}

Conversations::Conversations(Database& database, const Sealer& sealer, Random& random)
    : database_(&database), sealer_(&sealer), random_(&random) {}

Result<std::optional<StoredAnswer>> Conversations::stored_answer(const InboxId& inbox, const ExternalId& id) {
    std::optional<StoredAnswer> answer;
    const auto done = database_->read([&](Session& session) -> Result<> {
        answer = read_stored_answer(session, inbox, id, *sealer_);
        return {};
    });
    if (!done) return done.error();
    return answer;
}

Result<std::optional<dialogue::Conversation>> Conversations::find(const InboxId& inbox, const ExternalId& peer) {
    std::optional<dialogue::Conversation> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, "inbox = :inbox AND peer = :peer", {inbox.value, peer.value});
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::optional<dialogue::Conversation>> Conversations::find(const ConversationId& id) {
    std::optional<dialogue::Conversation> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        found = load(session, *sealer_, "id = :id", {id.value});
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<StoredMessage>> Conversations::messages(const ConversationId& id, std::int64_t after_seq, int limit,
                                                           bool with_notes) {
    std::vector<StoredMessage> list;
    const auto done = database_->read([&](Session& session) -> Result<> {
        list.clear();
        StoredMessage m;
        std::string sender, body;
        Query query(session,
                    "SELECT m.id, m.seq, m.sender, m.author_id, m.author_name, m.at, m.cmid, m.body, m.note, o.state"
                    " FROM message m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.conversation_id = :id"
                    " AND m.seq > :after AND m.note <= :notes ORDER BY m.seq LIMIT :limit");
        query.in(id).in(after_seq).in(with_notes).in(limit);
        query.out(m.id)
            .out(m.seq)
            .out(sender)
            .out(m.author)
            .out(m.author_name)
            .out(m.at)
            .out(m.cmid)
            .out(body)
            .out(m.note)
            .out(m.delivery);
        while (query.next()) {
            m.conversation = id;
            m.from = sender_named(sender);
            open_body(m, body, *sealer_);
            list.push_back(m);
        }
        return {};
    });
    if (!done) return done.error();
    return list;
}

Result<std::vector<desk::QueueItem>> Conversations::queue() {
    std::vector<desk::QueueItem> items;
    const auto done = database_->read([&](Session& session) -> Result<> {
        items.clear();
        desk::QueueItem item;
        Query query(session, "SELECT id, risk, queued_at FROM conversation WHERE owner = 'queued' AND owner <> 'bot'");
        query.out(item.conversation).out(item.risk).out(item.queued_at);
        while (query.next()) items.push_back(item);
        return {};
    });
    if (!done) return done.error();
    return items;
}

Result<std::optional<TimePoint>> Conversations::open_promise(const ConversationId& id) {
    std::optional<TimePoint> due;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, std::string("SELECT ") + kOpenPromise + " FROM conversation c WHERE c.id = :id");
        query.in(id).out(due).next();
        return {};
    });
    if (!done) return done.error();
    return due;
}

void Conversations::commit_turn(TurnCommit commit, TurnDone done) {
    if (commit.inbound.external_id.empty())
        return done(invalid("a message without an id cannot be told from its repeat"));
    const auto turn = std::make_shared<TurnWriter>(std::move(commit), *sealer_, *random_);
    database_->write_later([turn](Session& session) { return turn->write(session); },
                           [turn, done = std::move(done)](Result<> written) {
                               if (written) return done(turn->outcome());
                               if (written.error().code != ErrorCode::Conflict) return done(written.error());
                               CommitOutcome conflict;
                               conflict.kind = CommitOutcome::Kind::Conflict;
                               done(std::move(conflict));
                           },
                           turn->order());
}

Result<> Conversations::mark_read(const ConversationId& id) {
    // Not a new version: a lawyer's look must not make a running turn plan again.
    return database_->write([&](Session& session) -> Result<> {
        Query(session, "UPDATE conversation SET unread = 0 WHERE id = :id AND unread <> 0").in(id).run();
        return {};
    });
}

Result<> Conversations::save_feedback(const ConversationId& conversation, const MessageId& message, bool useful,
                                      const std::string& reason, TimePoint now) {
    const SealedRow row(*sealer_, "feedback", message.value);
    return database_->write([&](Session& session) -> Result<> {
        std::int64_t known = 0;
        Query(session, "SELECT COUNT(*) FROM message WHERE id = :id AND conversation_id = :conversation")
            .in(message)
            .in(conversation)
            .out(known)
            .next();
        if (known == 0) return Error(ErrorCode::NotFound, "no such message");
        Query(session,
              "INSERT INTO feedback (message_id, useful, reason, at) VALUES (:id, :useful, :reason, :at)"
              " ON CONFLICT (message_id) DO UPDATE SET useful = excluded.useful, reason = excluded.reason,"
              " at = excluded.at")
            .in(message)
            .in(useful)
            .in(row.seal("reason", reason))
            .in(now)
            .run();
        return {};
    });
}

}  // namespace yuanda::storage
