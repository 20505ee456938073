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
#include "gateway/window_rules.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
using storage::OutboxRow;

constexpr int kSenders = 8;  // two for each outbound thread: one calls while the other is being recorded
constexpr std::chrono::seconds kPoll{1};

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
    const auto can = inbox->adapter->capabilities();
    auto look = [&services, id = row.conversation] { return services.outbox.window(id); };
    const auto found = co_await run_on(services.pool, std::move(look));
    const storage::Window window = found.has_value() ? *found : storage::Window{};
    if (found.has_value() && !window_allows(can, window, row, services.clock.now()))
        co_return Ending{"held", "window", "", std::nullopt};
    auto calls = inbox->adapter->encode(reply_of(row), destination_of(row));
    if (!calls.has_value()) co_return Ending{"failed", std::string(name_of(calls.error().code)), "", std::nullopt};
    if (calls->size() > 1) {  // further pieces take sends of the window too
        auto count = [&services, id = row.conversation, more = static_cast<int>(calls->size()) - 1] {
            return services.outbox.count_pieces(id, more);
        };
        const auto counted = co_await run_on(services.pool, std::move(count));
        if (!counted) log_warning("delivery.uncounted", {{"outbox", row.id.value}});
    }
    const auto receipt = co_await send_all(*inbox->adapter, std::move(*calls));
    co_return ending_of(receipt, row.attempts, services.clock.now(), try_until(can, window, row),
                        can.reply_window.count() > 0, services.random);
}

}  // namespace

/// One of the sender's places, given back when its last holder is done.
class Delivery::Place {
public:
    explicit Place(std::atomic<int>& taken) : taken_(taken) { ++taken_; }
    ~Place() { --taken_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::atomic<int>& taken_;
};

asio::awaitable<void> Delivery::deliver(OutboxRow row, std::shared_ptr<Place> place) {
    Ending ending = co_await attempt(services_, row);
    services_.metrics.delivery(row.inbox.value, ending.state);
    if (ending.state != "sent")
        log_warning("delivery." + ending.state, {{"conversation", row.conversation.value}, {"code", ending.code}});
    auto record = [this, id = row.id, ending] {
        return services_.outbox.finish(id, ending.state, ending.code, ending.external_id, ending.next_at,
                                       services_.clock.now());
    };
    const auto done = co_await run_on(services_.pool, std::move(record));
    if (!done) log_error("delivery.unrecorded", {{"outbox", row.id.value}});
    place.reset();
    services_.hub.notify("staff", staff::conversation_note(row.conversation));
    services_.hub.notify("outbox", "");  // a place is free, and the next row of this conversation may leave
}

/// Returns how many rows were taken; as many as were asked for means that more may be waiting.
asio::awaitable<int> Delivery::claim_and_send() {
    const auto claiming = std::make_shared<Place>(in_flight_);  // counted before stop() can look
    const int free = kSenders + 1 - in_flight_;
    if (stopping_ || free <= 0) co_return 0;
    auto take = [this, free] { return services_.outbox.claim(services_.clock.now(), free); };
    auto rows = co_await run_on(services_.pool, std::move(take));
    if (!rows.has_value()) {
        log_warning("delivery.unclaimed", {{"code", std::string(name_of(rows.error().code))}});
        co_return 0;
    }
    for (auto& row : *rows) {
        auto place = std::make_shared<Place>(in_flight_);
        tasks_.spawn("delivery", deliver(std::move(row), std::move(place)));
    }
    co_return static_cast<int>(rows->size());
}

asio::awaitable<void> Delivery::run() {
    const auto executor = co_await asio::this_coro::executor;
    auto bell = std::make_shared<asio::steady_timer>(executor);
    auto rung = std::make_shared<bool>(false);
    const auto subscription = services_.hub.subscribe("outbox", [bell, rung, executor](const std::string&) {
        asio::post(executor, [bell, rung] {
            *rung = true;
            bell->cancel();
        });
    });
    while (!stopping_) {
        *rung = false;
        const int taken = co_await claim_and_send();
        if (taken > 0 || *rung) continue;
        bell->expires_after(kPoll);
        co_await bell->async_wait(asio::as_tuple(asio::use_awaitable));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none) co_return;
    }
}

}  // namespace yuanda::gateway
