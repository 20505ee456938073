// The outbox sender: claim (committed before any network call), encode, deliver, record the outcome.
#include "gateway/delivery.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>

#include "gateway/log.hpp"
#include "gateway/staff/notes.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
using storage::OutboxRow;

constexpr int kBatch = 32;
constexpr std::chrono::seconds kPoll{1};
constexpr int kMaxAttempts = 12;

/// What is written down after an attempt.
struct Ending {
    std::string state;
    std::string code;
    std::string external_id;
    std::optional<TimePoint> next_at;
};

Reply reply_of(const OutboxRow& row) {
    if (auto reply = reply_from_json(row.card)) return *reply;
    Reply reply;
    reply.kind = row.lawyer ? ReplyKind::Lawyer : ReplyKind::Notice;
    reply.paragraphs.push_back(row.text);
    return reply;
}

adapters::Destination destination_of(const OutboxRow& row) {
    adapters::Destination to;
    to.peer = row.peer;
    to.group = row.group;
    to.reply_token = row.reply_token;
    to.reply_number = row.reply_number;
    to.own_id = row.own_id;
    return to;
}

/// The last send of a window is kept for a person (design.md, section 5).
bool window_allows(const adapters::Capabilities& can, const storage::Window& window, const OutboxRow& row,
                   TimePoint now) {
    const auto open_for = row.group ? can.group_reply_window : can.reply_window;
    if (open_for.count() > 0 && window.opened_at != TimePoint{} && now - window.opened_at >= open_for) return false;
    if (can.replies_per_message == 0) return true;
    const int usable = can.replies_per_message - (row.lawyer ? 0 : 1);
    return window.used <= usable;
}

Ending ending_of(const adapters::Receipt& receipt, const OutboxRow& row, Services& services) {
    using Outcome = adapters::Receipt::Outcome;
    Ending ending{"sent", receipt.code, receipt.external_id, std::nullopt};
    switch (receipt.outcome) {
        case Outcome::Sent: break;
        case Outcome::Unknown: ending.state = "unknown"; break;
        case Outcome::WindowClosed: ending.state = "held"; break;
        case Outcome::Failed: ending.state = "failed"; break;
        case Outcome::Retry:
            ending.state = row.attempts >= kMaxAttempts ? "failed" : "queued";
            if (ending.state == "queued")
                ending.next_at = services.clock.now() + retry_delay(row.attempts, services.random);
            break;
    }
    return ending;
}

asio::awaitable<adapters::Receipt> send_all(adapters::ChannelAdapter& adapter,
                                            std::vector<adapters::OutboundCall> calls) {
    using Outcome = adapters::Receipt::Outcome;
    adapters::Receipt receipt;
    bool some_sent = false;
    for (auto& call : calls) {
        receipt = co_await adapter.deliver(std::move(call));
        if (receipt.outcome != Outcome::Sent) {
            // The first pieces have arrived: sending the row again would repeat them.
            if (some_sent) receipt.outcome = Outcome::Unknown;
            co_return receipt;
        }
        some_sent = true;
    }
    co_return receipt;
}

asio::awaitable<Ending> attempt(Services& services, const OutboxRow& row) {
    const Inbox* inbox = services.inboxes.find(row.inbox);
    if (!inbox) co_return Ending{"failed", "no such inbox", "", std::nullopt};
    auto look = [&services, id = row.conversation] { return services.outbox.window(id); };
    const auto window = co_await run_on(services.pool, std::move(look));
    const auto now = services.clock.now();
    if (window.has_value() && !window_allows(inbox->adapter->capabilities(), *window, row, now))
        co_return Ending{"held", "window", "", std::nullopt};
    auto calls = inbox->adapter->encode(reply_of(row), destination_of(row));
    if (!calls.has_value()) co_return Ending{"failed", std::string(name_of(calls.error().code)), "", std::nullopt};
    const auto receipt = co_await send_all(*inbox->adapter, std::move(*calls));
    co_return ending_of(receipt, row, services);
}

asio::awaitable<void> deliver_row(Services& services, OutboxRow row) {
    Ending ending = co_await attempt(services, row);
    services.metrics.delivery(row.inbox.value, ending.state);
    if (ending.state != "sent")
        log_warning("delivery." + ending.state, {{"conversation", row.conversation.value}, {"code", ending.code}});
    auto record = [&services, id = row.id, ending] {
        return services.outbox.finish(id, ending.state, ending.code, ending.external_id, ending.next_at,
                                      services.clock.now());
    };
    const auto done = co_await run_on(services.pool, std::move(record));
    if (!done) log_error("delivery.unrecorded", {{"outbox", row.id.value}});
    services.hub.notify("staff", staff::conversation_note(row.conversation));
    services.hub.notify("outbox", "");  // the next row of this conversation may leave now
}

}  // namespace

std::chrono::milliseconds retry_delay(int attempts, Random& random) {
    const auto ceiling = std::min<std::int64_t>(300'000, 1'000LL << std::clamp(attempts, 0, 20));
    std::uint32_t bits = 0;
    random.fill(std::as_writable_bytes(std::span{&bits, 1}));
    return std::chrono::milliseconds{static_cast<std::int64_t>(bits) % (ceiling + 1)};
}

asio::awaitable<void> run_delivery(Services& services, TaskGroup& tasks) {
    const auto executor = co_await asio::this_coro::executor;
    auto bell = std::make_shared<asio::steady_timer>(executor);
    auto rung = std::make_shared<bool>(false);
    const auto subscription = services.hub.subscribe("outbox", [bell, rung, executor](const std::string&) {
        asio::post(executor, [bell, rung] {
            *rung = true;
            bell->cancel();
        });
    });
    for (;;) {
        *rung = false;
        auto take = [&services] { return services.outbox.claim(services.clock.now(), kBatch); };
        auto rows = co_await run_on(services.pool, std::move(take));
        if (rows.has_value())
            for (auto& row : *rows) tasks.spawn("delivery", deliver_row(services, std::move(row)));
        if (rows.has_value() && rows->size() == static_cast<std::size_t>(kBatch)) continue;
        if (*rung) continue;
        bell->expires_after(kPoll);
        co_await bell->async_wait(asio::as_tuple(asio::use_awaitable));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none) co_return;
    }
}

}  // namespace yuanda::gateway
