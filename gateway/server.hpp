// Listens, reads requests within their limits, hands them to routes and WebSockets to their handlers.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/ports.hpp"
#include "core/result.hpp"
#include "core/task_group.hpp"
#include "gateway/http.hpp"
#include "gateway/rate_limit.hpp"

namespace yuanda::gateway {

/// What one peer may cost: bounds of memory and time, checked before either is spent.
struct ServerLimits {
    std::size_t header_bytes = 16 * 1024;
    std::size_t target_bytes = 8 * 1024;
    std::size_t fields = 64;
    std::size_t buffer_bytes = 64 * 1024;
    std::chrono::seconds header_time{10};
    std::chrono::seconds request_time{30};
    std::chrono::seconds keep_alive{30};
    std::size_t connections = 10'000;
    std::size_t connections_per_address = 100;
    std::chrono::seconds slow_reader{10};
    std::size_t socket_queue_bytes = 256 * 1024;
    int socket_frames_per_second = 20;
};

struct TlsFiles {
    std::string certificate;  // PEM chain
    std::string key;          // PEM
};

struct ServerConfig {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;   // 0: any free one
    TlsFiles tls;                 // empty: plain HTTP
    bool loopback_proxy = false;  // take the client's address from X-Forwarded-For of a loopback peer
    ServerLimits limits;
    std::vector<std::pair<std::string, std::string>> headers;  // on every answer (CSP, nosniff, …)
};

/// One listener. start() binds and accepts on `tasks`; stop() stops accepting at once, tells WebSockets to
/// reconnect (1012) and lets running requests end. Thread-safe.
class Server {
public:
    virtual ~Server() = default;
    virtual Result<> start() = 0;
    virtual void stop() = 0;
    virtual unsigned short port() const = 0;
    virtual std::size_t connections() const = 0;
};

/// `router`, `limiter` and `random` must outlive the server.
std::unique_ptr<Server> make_server(boost::asio::io_context& io, TaskGroup& tasks, const ServerConfig& config,
                                    const Router& router, RateLimiter* limiter, Random& random);

}  // namespace yuanda::gateway
