// One accepted connection, from its first byte to its last.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "gateway/any_stream.hpp"
#include "gateway/server.hpp"

namespace yuanda::gateway {

class SocketSession;

/// What all connections of a server share. Thread-safe.
struct ConnectionContext {
    const ServerConfig* config = nullptr;
    const Router* router = nullptr;
    RateLimiter* limiter = nullptr;  // null: this listener has no per-address limit
    Random* random = nullptr;
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> open{0};

    std::mutex mutex;
    std::map<std::string, std::size_t> per_address;
    std::set<std::shared_ptr<SocketSession>> sockets;  // live WebSockets, told when we stop
};

/// A live WebSocket; close() from any thread.
class SocketSession : public Socket {};

/// Serves requests until the peer leaves, a limit is broken or the server stops.
boost::asio::awaitable<void> serve_connection(AnyStream stream, std::string address, ConnectionContext& context);

}  // namespace yuanda::gateway
