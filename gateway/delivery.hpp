// Sends what the outbox holds: in order per conversation, window checked, retried, receipted.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>

#include "core/task_group.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway {

/// The outbox sender. Never claims more rows than it can send at once: a row that waited here while marked
/// `sending` would be taken for one whose sender died.
class Delivery {
public:
    /// Both must outlive it.
    Delivery(Services& services, TaskGroup& tasks) : services_(services), tasks_(tasks) {}

    /// Runs until cancelled or stopped: wakes on hub topic "outbox" and once a second, claims due rows, sends them.
    boost::asio::awaitable<void> run();
    /// No further row is claimed; what is being sent ends by itself. Thread-safe.
    void stop() { stopping_ = true; }
    /// Rows being claimed or sent. Thread-safe.
    int in_flight() const { return in_flight_; }

private:
    class Place;
    boost::asio::awaitable<int> claim_and_send();
    boost::asio::awaitable<void> deliver(storage::OutboxRow row, std::shared_ptr<Place> place);

    Services& services_;
    TaskGroup& tasks_;
    std::atomic<bool> stopping_{false};
    std::atomic<int> in_flight_{0};
};

}  // namespace yuanda::gateway
