// The shapes of docs/api.md that a citizen's page reads: MESSAGE and STATUS.
#pragma once

#include "core/json.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway {

Json message_json(const storage::StoredMessage& message);

/// What one page is shown: its conversation's status and the messages after a sequence.
struct ChatView {
    std::vector<storage::StoredMessage> messages;
    Json status;
    std::int64_t seq = 0;  // highest of the conversation
};

/// Blocking. A visitor who has not written yet has an empty view with the bot as owner.
Result<ChatView> chat_view(Services& services, const InboxId& inbox, const ExternalId& peer, std::int64_t after,
                           int limit);

}  // namespace yuanda::gateway
