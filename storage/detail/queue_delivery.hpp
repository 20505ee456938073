// What staff or the system say in a stored conversation, on its way to a contact whose channel does not pull.
#pragma once

#include "storage/conversations.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {

/// A person's words may use the last send of a window; a line of the system leaves it alone.
enum class Words { Person, System };

/// Makes the outbox row `id` of a message just stored and takes the next send of the contact's window; the number is
/// fixed here, so that a retry repeats it. Whether the window is still open is the sender's to find out.
void queue_delivery(Session& session, const OutboxId& id, const StoredMessage& message, Words words);

}  // namespace yuanda::storage
