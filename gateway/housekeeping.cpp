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

/// The next generation when `stamp` is no longer that of the imports; `stamp` moves on even when the build fails,
/// so that a broken file is reported once and not every second.
Result<> serve_new_imports(Services& services, std::string& stamp) {
    const auto& index_dir = services.config.index_dir;
    if (index_dir.empty()) return {};
    auto now = imports_stamp(index_dir);
    if (now == stamp) return {};
    stamp = std::move(now);
    auto next = build_generation(services.config.root, index_dir);
    if (!next) return next.error();
    log_info("knowledge.published", {{"entries", static_cast<std::int64_t>((*next)->base->entries().size())}});
    services.knowledge.publish(std::move(*next));
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
    auto stamp = imports_stamp(services.config.index_dir);
    for (int beat = 1;; beat = beat % kBeatsPerMinute + 1) {
        timer.expires_after(kBeat);
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none) co_return;
        auto publish = [&services, &stamp] { return serve_new_imports(services, stamp); };
        const auto published = co_await run_on(services.pool, std::move(publish));
        report("imports", published);
        if (beat < kBeatsPerMinute) continue;
        auto heads = [&services] { return services.events.store_heads(services.clock.now()); };
        const auto stored = co_await run_on(services.pool, std::move(heads));
        report("audit.heads", stored);
    }
}

}  // namespace yuanda::gateway
