// Conversations, messages and turns: the tables a message's life runs through.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/reply.hpp"
#include "dialogue/plan.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

enum class From { Contact, Bot, Lawyer, System };
std::string_view name_of(From from);  // "contact"

struct StoredMessage {
    MessageId id;
    ConversationId conversation;
    std::int64_t seq = 0;  // dense within the conversation, from 1
    From from = From::Contact;
    StaffId author;           // lawyers
    std::string author_name;  // 王律师
    TimePoint at;
    std::string cmid;      // the sender's own id of it, echoed to the web page
    std::string text;      // whole plain text
    std::string card;      // reply_to_json, or empty
    bool note = false;     // private note: staff only
    std::string delivery;  // state of its outbox row; empty: pulled by the page, or inbound
};

/// What a repeated delivery of the same platform message is answered with: the first answer's bytes.
struct StoredAnswer {
    int status = 200;
    std::string content_type;
    std::string body;
    MessageId message;     // the inbound message
    std::int64_t seq = 0;  // its sequence
    OutboxId outbox;       // the offered row this answer carries; empty when none
};

struct OutboxDraft {
    OutboxId id;
    MessageId message;
    bool offered = false;    // a passive reply is on its way; becomes queued when not confirmed in 20 s
    ExternalId reply_token;  // QQ msg_id
    std::string own_id;      // WeChat gh_ id
};

/// Everything one turn changes, committed in one transaction or not at all.
struct TurnCommit {
    dialogue::Conversation before;  // as read: id, version, last_seq; version 0 creates contact and conversation
    dialogue::Conversation after;   // memory, ownership; version and sequences are advanced by storage
    Message inbound;                // its (inbox, external_id) is the receipt
    StoredMessage stored_inbound;   // id, text, cmid
    std::optional<StoredMessage> outbound;  // the bot's reply
    std::optional<OutboxDraft> outbox;
    StoredAnswer answer;  // bytes for this and every repeated delivery
    TurnId turn;
    std::string decision, rule, entry;
    double confidence = 0;
    std::string detail;  // JSON: understanding and candidates (sealed)
    std::vector<dialogue::Effect> effects;
    TimePoint now;
};

struct CommitOutcome {
    enum class Kind { Committed, Duplicate, Conflict } kind = Kind::Committed;
    StoredAnswer answer;           // Duplicate: the first one's
    std::int64_t inbound_seq = 0;  // Committed
    std::int64_t last_seq = 0;
};

/// A row of a lawyer's list.
struct ConversationRow {
    ConversationId id;
    Channel channel = Channel::Webchat;
    InboxId inbox;
    ExternalId peer;
    ContactId contact;
    std::string contact_name;  // opened; empty when unknown
    std::string contact_phone;
    std::string topic;
    desk::Ownership ownership;
    std::string lawyer_name;
    std::string last_text;
    From last_from = From::Contact;
    TimePoint last_at;
    std::int64_t unread = 0;
    std::vector<std::string> risks;
    std::optional<desk::Handover> handover;
    std::int64_t version = 0;
    std::int64_t last_seq = 0;
    TimePoint started_at;
};

enum class DeskList { Queued, Mine, Waiting, Overdue, Closed };
std::optional<DeskList> desk_list_from(std::string_view name);

struct DeskCounts {
    std::int64_t queued = 0, mine = 0, waiting = 0, overdue = 0, closed = 0;
};

/// A lawyer's act on a conversation: new ownership by compare-and-set, with an optional message.
struct DeskAct {
    ConversationId conversation;
    std::int64_t version = 0;  // as read; Conflict when it moved on
    desk::Ownership ownership;
    std::string action;  // "accept", "reply", "note", "release", "close": the event's code
    StaffId staff;
    std::string reason;                    // code
    std::optional<StoredMessage> message;  // seq is given by storage; a repeated cmid returns the first
    bool deliver = false;                  // make an outbox row (channels that do not pull)
    bool mark_read = false;
    TimePoint now;
};

class Conversations {
public:
    Conversations(Database& database, const Sealer& sealer, Random& random);

    // reads; blocking
    Result<std::optional<StoredAnswer>> stored_answer(const InboxId& inbox, const ExternalId& id);
    Result<std::optional<dialogue::Conversation>> find(const InboxId& inbox, const ExternalId& peer);
    Result<std::optional<dialogue::Conversation>> find(const ConversationId& id);
    Result<std::vector<StoredMessage>> messages(const ConversationId& id, std::int64_t after_seq, int limit,
                                                bool with_notes);
    Result<std::optional<ConversationRow>> row(const ConversationId& id);
    /// `overdue_before`: a wait that began earlier is overdue. `after`: id of the last row of the page before.
    Result<std::vector<ConversationRow>> list(DeskList list, const StaffId& staff, TimePoint overdue_before, int limit,
                                              const std::string& after);
    Result<DeskCounts> counts(const StaffId& staff, TimePoint overdue_before);
    Result<std::vector<desk::QueueItem>> queue();
    /// The earliest time spoken to this contact that no lawyer has met yet.
    Result<std::optional<TimePoint>> open_promise(const ConversationId& id);

    // writes
    using TurnDone = std::function<void(Result<CommitOutcome>)>;
    /// An unknown conversation or contact id (version 0) may be empty: one is made. `done` runs on the writer's
    /// thread after the commit. A lost race, a taken serial or a used id is an outcome (Conflict), not an error.
    void commit_turn(TurnCommit commit, TurnDone done);
    /// The stored message when the act carried one. Conflict when the version moved on.
    Result<std::optional<StoredMessage>> act(const DeskAct& act);
    Result<> mark_read(const ConversationId& id);
    Result<> save_feedback(const MessageId& message, bool useful, const std::string& reason, TimePoint now);

private:
    Database* database_;
    const Sealer* sealer_;
    Random* random_;
};

}  // namespace yuanda::storage
