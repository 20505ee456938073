// Which outbox rows need a person.
#pragma once

#include "storage/detail/session.hpp"

namespace yuanda::storage {

/// Outbox rows `o` nobody has settled, in the words of the index outbox_undelivered.
inline constexpr const char* kUndelivered = " o.state IN ('held', 'failed', 'unknown') AND o.settled_at IS NULL";

std::int64_t count_undelivered(Session& session);

}  // namespace yuanda::storage
