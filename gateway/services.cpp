// The bridge between blocking handlers and the worker pool.
#include "gateway/services.hpp"

namespace yuanda::gateway {

std::string peer_topic(const InboxId& inbox, const ExternalId& peer) {
    return "peer:" + inbox.value + "|" + peer.value;
}

namespace {
boost::asio::awaitable<Response> run_blocking(WorkerPool& pool, std::shared_ptr<BlockingHandler> handler,
                                              Request request) {
    auto work = [handler, request = std::move(request)] { return (*handler)(request); };
    co_return co_await run_on(pool, std::move(work));
}
}  // namespace

Handler blocking(Services& services, BlockingHandler handler) {
    auto shared = std::make_shared<BlockingHandler>(std::move(handler));
    return [&pool = services.pool, shared](Request request) { return run_blocking(pool, shared, std::move(request)); };
}

}  // namespace yuanda::gateway
