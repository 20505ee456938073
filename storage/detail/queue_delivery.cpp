// Fills an outbox row from the conversation and its window.
#include "storage/detail/queue_delivery.hpp"

#include "storage/detail/rows.hpp"

namespace yuanda::storage {

void queue_delivery(Session& session, const OutboxId& id, const StoredMessage& message, Words words) {
    OutboxRow row;
    std::string channel;
    Query key(session, "SELECT inbox, channel, peer, is_group FROM conversation WHERE id = :id");
    key.in(message.conversation).out(row.inbox).out(channel).out(row.peer).out(row.group).next();
    row.channel = channel_from(channel).value_or(Channel::Webchat);
    Query window(session,
                 "UPDATE quota_window SET used = used + 1 WHERE conversation_id = :id"
                 " RETURNING used, reply_token, own_id");
    window.in(message.conversation).out(row.reply_number).out(row.reply_token).out(row.own_id).next();
    row.id = id;
    row.conversation = message.conversation;
    row.message = message.id;
    row.seq = message.seq;
    row.created_at = message.at;
    row.lawyer = words == Words::Person;
    insert_outbox(session, row, false);
}

}  // namespace yuanda::storage
