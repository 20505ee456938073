// The outbox: what must still reach a contact, in order per conversation, and how it went.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/message.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

/// queued sending offered sent confirmed held unknown failed
struct OutboxRow {
    OutboxId id;
    ConversationId conversation;
    MessageId message;
    InboxId inbox;
    Channel channel = Channel::Wechat;
    ExternalId peer;
    bool group = false;
    std::int64_t seq = 0;  // the message's sequence: rows of one conversation leave in this order
    ExternalId reply_token;
    int reply_number = 1;  // QQ msg_seq, fixed when the row is made
    std::string own_id;
    int attempts = 0;  // begun, this one included
    TimePoint created_at;
    std::string text;  // of the message, opened
    std::string card;
    bool lawyer = false;  // a person's words: they may use the last send of a window
};

/// How many more messages a conversation's window allows.
struct Window {
    int used = 0;
    TimePoint opened_at{};  // the contact's last message
};

class Outbox {
public:
    Outbox(Database& database, const Sealer& sealer);

    /// Marks due rows `sending` (committed before any network call) and returns them: only the lowest
    /// non-terminal row of a conversation is due. `offered` rows older than 20 s count as queued. `held` rows wait
    /// for the contact's next message, whose turn queues them again as its first answers.
    Result<std::vector<OutboxRow>> claim(TimePoint now, int limit);
    /// A passive reply was written to the socket whole.
    Result<> confirm_offered(const OutboxId& id, TimePoint now);
    /// Ends an attempt. `next_at` for a retry (state queued again). A receipt may still turn sent into confirmed;
    /// held, unknown and failed leave an event, for a person must see them.
    Result<> finish(const OutboxId& id, std::string_view state, std::string_view code, std::string_view external_id,
                    std::optional<TimePoint> next_at, TimePoint now);
    /// Rows left `sending` by a dead process become `unknown`. Called once at start. Where other nodes may be
    /// sending (PostgreSQL), only those claimed over 60 s ago: longer than any call may last. claim() does the
    /// same for a node that died without a successor.
    Result<int> recover(TimePoint now);
    /// `more` sends beyond the one counted when the row was made: its words need several messages.
    Result<> count_pieces(const ConversationId& conversation, int more);
    Result<Window> window(const ConversationId& conversation);

private:
    Database* database_;
    const Sealer* sealer_;
};

}  // namespace yuanda::storage
