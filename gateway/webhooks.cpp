// One path for every signed webhook; what differs between platforms is the adapter's.
#include "gateway/webhooks.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/log.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;

adapters::WebhookRequest to_webhook(Request request) {
    adapters::WebhookRequest hook;
    hook.method = std::move(request.method);
    hook.query = std::move(request.query);
    hook.headers = std::move(request.headers);
    hook.body = std::move(request.body);
    return hook;
}

Response to_response(adapters::WebhookAnswer answer) {
    return text_response(answer.status, std::move(answer.content_type), std::move(answer.body));
}

Response refused(int status) { return text_response(status, "text/plain", ""); }

/// A turn that is waited for only so long; it goes on and commits even when nobody waits any more.
asio::awaitable<std::optional<Result<TurnResult>>> run_turn(Services& services, Message message,
                                                            std::chrono::milliseconds patience) {
    struct Wait {
        explicit Wait(const asio::any_io_executor& executor) : timer(executor) {}
        asio::steady_timer timer;
        std::optional<Result<TurnResult>> result;
    };
    const auto executor = co_await asio::this_coro::executor;
    auto wait = std::make_shared<Wait>(executor);
    wait->timer.expires_after(patience);
    services.turns.submit(std::move(message), [wait, executor](Result<TurnResult> result) {
        asio::post(executor, [wait, result = std::move(result)]() mutable {
            wait->result = std::move(result);
            wait->timer.cancel();
        });
    });
    co_await wait->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return std::move(wait->result);
}

/// Over the inbox's limit a repeated delivery still gets its answer; anything new is sent away with 503.
asio::awaitable<std::optional<TurnResult>> stored_only(Services& services, const Message& message) {
    auto look = [&services, inbox = message.conversation.inbox, id = message.external_id] {
        return services.conversations.stored_answer(inbox, id);
    };
    auto stored = co_await run_on(services.pool, std::move(look));
    if (!stored.has_value() || !stored->has_value()) co_return std::nullopt;
    co_return TurnResult{**stored, true};
}

class WebhookHandler {
public:
    WebhookHandler(Services& services, Channel channel)
        : services_(services), channel_(channel), limiter_(services.config.limits.per_inbox, services.clock, 1000) {}

    asio::awaitable<Response> handle(Request request) {
        const Inbox* inbox = services_.inboxes.find(request.params.at(0), channel_);
        if (!inbox) co_return refused(404);
        const std::string id = request.id;
        const adapters::WebhookRequest hook = to_webhook(std::move(request));
        const TimePoint now = services_.clock.now();
        if (const auto verified = inbox->adapter->verify(hook, now); !verified) {
            const bool missing = verified.error().code == ErrorCode::InvalidInput;
            report(*inbox, id, missing ? "missing" : "unverified");
            co_return refused(missing ? 400 : 403);
        }
        auto inbound = inbox->adapter->decode(hook, now);
        if (!inbound.has_value()) {
            const bool malformed = inbound.error().code == ErrorCode::InvalidInput;
            report(*inbox, id, malformed ? "malformed" : "unverified");
            co_return refused(malformed ? 400 : 403);
        }
        if (!inbound->uncounted.empty()) services_.metrics.unknown_event(inbox->config.id.value);
        Response response = to_response(inbound->ack);
        for (auto& message : inbound->messages) {
            auto answered = co_await answer(*inbox, std::move(message), inbound->ack);
            if (!answered) co_return refused(503);
            response = std::move(*answered);
        }
        co_return response;
    }

private:
    void report(const Inbox& inbox, const std::string& request, const std::string& reason) {
        services_.metrics.refused(inbox.config.id.value, reason);
        log_warning("webhook.refused", {{"inbox", inbox.config.id.value}, {"request", request}, {"reason", reason}});
    }

    /// nullopt: not stored in time or at all; the platform must deliver again, so no ack is given.
    asio::awaitable<std::optional<Response>> answer(const Inbox& inbox, Message message, adapters::WebhookAnswer ack) {
        std::optional<TurnResult> turn;
        if (limiter_.allow(inbox.config.id.value)) {
            auto result = co_await run_turn(services_, std::move(message), inbox.adapter->capabilities().passive_limit);
            if (result && result->has_value()) turn = std::move(**result);
        } else {
            turn = co_await stored_only(services_, message);
        }
        if (!turn) co_return std::nullopt;
        const auto& stored = turn->answer;
        if (stored.status == 0) co_return to_response(std::move(ack));
        Response response = text_response(stored.status, stored.content_type, stored.body);
        if (!stored.outbox.empty()) response.written = confirm(stored.outbox);
        co_return response;
    }

    /// Called once the passive reply is whole on the socket: its outbox row is done.
    std::function<void()> confirm(const OutboxId& outbox) {
        return [&services = services_, outbox] {
            asio::post(services.pool, [&services, outbox] {
                const auto done = services.outbox.confirm_offered(outbox, services.clock.now());
                if (!done) log_warning("outbox.confirm_failed", {{"outbox", outbox.value}});
            });
        };
    }

    Services& services_;
    Channel channel_;
    RateLimiter limiter_;
};

}  // namespace

void add_webhook_routes(Router& router, Services& services) {
    const std::pair<const char*, Channel> kHooks[] = {{"/hooks/wechat/{inbox}", Channel::Wechat},
                                                      {"/hooks/qq/{inbox}", Channel::Qq}};
    const std::size_t body = services.config.limits.sizes.webhook_body;
    for (const auto& [pattern, channel] : kHooks) {
        auto handler = std::make_shared<WebhookHandler>(services, channel);
        const Handler handle = [handler](Request request) { return handler->handle(std::move(request)); };
        for (const char* method : {"GET", "POST"}) router.add({method, pattern, body, Limit::None, handle, nullptr});
    }
}

}  // namespace yuanda::gateway
