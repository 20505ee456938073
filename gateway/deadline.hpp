// Ends a connection that takes too long: every wait on a socket has one.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "gateway/any_stream.hpp"

namespace yuanda::gateway {

/// Aborts `stream` unless it is re-armed or disarmed in time. Used on the stream's own strand only.
class Deadline {
public:
    explicit Deadline(AnyStream& stream)
        : timer_(stream.get_executor()), alive_(std::make_shared<AnyStream*>(&stream)) {}
    ~Deadline() {
        *alive_ = nullptr;  // a callback already queued must not touch a stream that is gone
        timer_.cancel();
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void arm(std::chrono::steady_clock::duration limit) {
        timer_.expires_after(limit);
        const auto armed_for = timer_.expiry();
        timer_.async_wait([alive = alive_, armed_for, this](const boost::system::error_code& ec) {
            if (ec || !*alive || timer_.expiry() != armed_for) return;
            (*alive)->abort();
        });
    }
    void disarm() { timer_.cancel(); }

private:
    boost::asio::steady_timer timer_;
    std::shared_ptr<AnyStream*> alive_;
};

}  // namespace yuanda::gateway
