// One loop on a timer; the work itself runs on the worker pool.
#include "gateway/housekeeping.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/log.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds kBeat{1};
constexpr int kBeatsPerMinute = 60;

Result<> serve_what_is_published(Services& services) {
    const auto switched = services.publisher.refresh();
    if (!switched) return switched.error();
    return {};
}

void report(std::string_view job, const Result<>& done) {
    if (!done)
        log_error("housekeeping.failed",
                  {{"job", std::string(job)}, {"code", std::string(name_of(done.error().code))}});
}

}  // namespace

asio::awaitable<void> keep_house(Services& services) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (int beat = 1;; beat = beat % kBeatsPerMinute + 1) {
        timer.expires_after(kBeat);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none) co_return;
        auto publish = [&services] { return serve_what_is_published(services); };
        const auto published = co_await run_on(services.pool, std::move(publish));
        report("knowledge", published);
        if (beat < kBeatsPerMinute) continue;
        auto heads = [&services] { return services.events.store_heads(services.clock.now()); };
        const auto stored = co_await run_on(services.pool, std::move(heads));
        report("audit.heads", stored);
    }
}

}  // namespace yuanda::gateway
