// QQ's official bot (API v2): signed webhook in, passive messages out.
#pragma once

#include <memory>

#include "adapters/adapter.hpp"

namespace yuanda::adapters::qq {

/// InvalidInput names the missing or malformed key.
Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config, HttpClient& http, const Clock& clock);

}  // namespace yuanda::adapters::qq
