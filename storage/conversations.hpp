// Conversations, messages and turns: the tables a message's life runs through.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/reply.hpp"
#include "desk/sla.hpp"
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
    bool opens_window = true;  // the platform lets us answer it: not so after 取消关注
    bool tells = true;         // the contact's own words, which lists show; else the line before stays
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
    std::optional<TimePoint> promise;  // as open_promise()
    std::string lawyer_name;
    std::string last_text;  // what a person said last: the contact in their own words, or the lawyer
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
    std::int64_t undelivered = 0;
};

/// A message that has not reached its contact, or not for certain, in whose conversation ever.
struct UndeliveredRow {
    MessageId message;
    ConversationId conversation;
    Channel channel = Channel::Wechat;
    ContactId contact;
    std::string contact_name;  // opened; empty when unknown
    From from = From::Bot;
    TimePoint at;
    std::string delivery;  // held failed unknown
    bool operator==(const UndeliveredRow&) const = default;
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
    /// Overdue is what desk::due_at() of `policy` puts at or before `now`. `after`: id of the last row of the page
    /// before.
    Result<std::vector<ConversationRow>> list(DeskList list, const StaffId& staff, const desk::SlaPolicy& policy,
                                              TimePoint now, int limit, const std::string& after);
    Result<DeskCounts> counts(const StaffId& staff, const desk::SlaPolicy& policy, TimePoint now);
    Result<std::int64_t> count_of_contact(const ContactId& contact);
    /// What failed first, then what may have arrived, then what is held; of each the oldest first, until it is settled.
    /// `after`: message of the last row of the page before.
    Result<std::vector<UndeliveredRow>> undelivered(int limit, const MessageId& after);
    Result<std::vector<desk::QueueItem>> queue();
    /// The earliest time spoken to this contact that no lawyer has met yet. A promise stands as long as the wait it was
    /// made in: it ends when the contact stops waiting or the conversation is closed.
    Result<std::optional<TimePoint>> open_promise(const ConversationId& id);

    // writes
    using TurnDone = std::function<void(Result<CommitOutcome>)>;
    /// An unknown conversation or contact id (version 0) may be empty: one is made. `done` runs on the writer's
    /// thread after the commit. A lost race, a taken serial or a used id is an outcome (Conflict), not an error.
    void commit_turn(TurnCommit commit, TurnDone done);
    /// The stored message when the act carried one. Conflict when the version moved on.
    Result<std::optional<StoredMessage>> act(const DeskAct& act);
    Result<> mark_read(const ConversationId& id);
    /// Somebody reached the contact in another way: the message leaves the undelivered. NotFound when it is not there.
    Result<> settle_undelivered(const MessageId& message, const StaffId& by, TimePoint now);
    Result<> save_feedback(const ConversationId& conversation, const MessageId& message, bool useful,
                           const std::string& reason, TimePoint now);

private:
    Database* database_;
    const Sealer* sealer_;
    Random* random_;
};

}  // namespace yuanda::storage
