// Outbound HTTP: cpp-httplib behind the HttpClient port, with every bound its own defaults lack.
#pragma once

#include "core/ports.hpp"
#include "gateway/worker_pool.hpp"

namespace yuanda::gateway {

/// Fixed hosts from configuration, TLS verified, no redirects, no decompression, body at most `max_body`.
/// Calls block a thread of `pool`: give it a pool of its own, so that a slow platform cannot starve turns.
class HttplibClient : public HttpClient {
public:
    explicit HttplibClient(WorkerPool& pool, std::size_t max_body = 10 * 1024 * 1024)
        : pool_(pool), max_body_(max_body) {}
    boost::asio::awaitable<Result<HttpAnswer>> call(HttpCall request) override;

private:
    Result<HttpAnswer> call_now(const HttpCall& request) const;
    WorkerPool& pool_;
    std::size_t max_body_;
};

}  // namespace yuanda::gateway
