// WeChat Official Accounts (公众号): webhook in, passive reply or customer-service message out.
#pragma once

#include <memory>

#include "adapters/adapter.hpp"

namespace yuanda::adapters::wechat {

/// InvalidInput names the missing or malformed key. The mode is the configured one, never the query's.
Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config, HttpClient& http, const Clock& clock,
                                             Random& random);

}  // namespace yuanda::adapters::wechat
