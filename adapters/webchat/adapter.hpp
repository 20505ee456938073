// Our own web page as a channel: no webhook; the page pulls by sequence and shows replies as cards.
#pragma once

#include <memory>

#include "adapters/adapter.hpp"

namespace yuanda::adapters::webchat {

/// InvalidInput when require_identity is set without identity_key.
Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config);

}  // namespace yuanda::adapters::webchat
