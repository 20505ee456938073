// Platform webhooks: verify, decode, run the turns, answer within the platform's patience.
#pragma once

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Registers /hooks/wechat/{inbox} and /hooks/qq/{inbox}.
void add_webhook_routes(Router& router, Services& services);

}  // namespace yuanda::gateway
