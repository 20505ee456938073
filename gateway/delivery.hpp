// Sends what the outbox holds: in order per conversation, window checked, retried, receipted.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "core/task_group.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Runs until cancelled: wakes on hub topic "outbox" and once a second, claims due rows, delivers them.
boost::asio::awaitable<void> run_delivery(Services& services, TaskGroup& tasks);

/// Full jitter: rand(0, min(300 s, 1 s * 2^attempts)).
std::chrono::milliseconds retry_delay(int attempts, Random& random);

}  // namespace yuanda::gateway
