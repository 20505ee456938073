// The three seams through which the outside reaches our code: time, chance and outbound HTTP.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda {

/// Wall clock. Thread-safe. Code that calls system_clock::now() itself cannot be merged.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

/// Cryptographically secure bytes in production, a seeded stream in tests. Thread-safe.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> out) = 0;
};

/// A call to a configured peer. `host` is an origin ("https://api.weixin.qq.com"), never built from user text.
struct HttpCall {
    std::string method = "POST";
    std::string host;
    std::string path;  // with query; secrets in it are redacted from logs
    std::map<std::string, std::string> headers;
    std::string body;
    std::chrono::milliseconds timeout{5000};
};

struct HttpAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // at most the client's bound
};

/// Outbound HTTP. No redirects, no decompression, bounded body. Unavailable when nothing came back;
/// `detail` then begins with "unsent:" when the connection failed before a byte was written, so that
/// a caller knows a retry is harmless. Thread-safe.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual boost::asio::awaitable<Result<HttpAnswer>> call(HttpCall request) = 0;
};

class SystemClock : public Clock {
public:
    TimePoint now() const override;
};

class SystemRandom : public Random {
public:
    void fill(std::span<std::byte> out) override;
};

}  // namespace yuanda
