// HTTP calls of the citizen's page.
#include "gateway/chat/chat_api.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "adapters/webchat/crypto.hpp"
#include "core/text.hpp"
#include "core/token.hpp"
#include "gateway/chat/article.hpp"
#include "gateway/chat/chat_json.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;

constexpr int kMaxWait = 25;  // seconds a long poll is held

std::int64_t number_parameter(const Request& request, const std::string& name, std::int64_t fallback) {
    const std::string text = request.parameter(name);
    std::int64_t value = fallback;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::max<std::int64_t>(0, value);
}

Json messages_json(const std::vector<storage::StoredMessage>& messages) {
    Json out = Json::array();
    for (const auto& message : messages) out.push_back(message_json(message));
    return out;
}

/// Handlers share the services and the texts; each is one call of docs/api.md.
class ChatApi : public std::enable_shared_from_this<ChatApi> {
public:
    ChatApi(Services& services, Visitors& visitors, const Texts& texts)
        : services_(services), visitors_(visitors), texts_(texts) {}

    Response inbox(const Request& request) {
        const Inbox* inbox = services_.inboxes.find(request.params.at(0), Channel::Webchat);
        if (!inbox) return fail(request, ErrorCode::NotFound, "web.unknown_inbox");
        const auto& centre = services_.config.centre;
        const Json body = {{"id", inbox->config.id.value},
                           {"centre", centre.name},
                           {"hours", services_.desk.hours_line()},
                           {"on_duty", services_.desk.snapshot().on_duty},
                           {"consent", centre.consent},
                           {"notice", texts_["home.notice"]},
                           {"topics", topics()},
                           {"phone", centre.phone},
                           {"demo", services_.config.demo}};
        return json_response(200, body.dump());
    }

    Response session(const Request& request) {
        const auto body = parse_json(request.body);
        if (!body.has_value()) return fail(request, ErrorCode::InvalidInput, "web.bad_request");
        const Inbox* inbox = services_.inboxes.find(text_or(*body, "inbox"), Channel::Webchat);
        if (!inbox) return fail(request, ErrorCode::NotFound, "web.unknown_inbox");
        if (!origin_allowed(inbox->config, request.header("origin"), request.header("host")))
            return fail(request, ErrorCode::Forbidden, "web.forbidden_origin");
        std::string peer;
        if (const auto identity = body->find("identity"); identity != body->end() && identity->is_object()) {
            const std::string identifier = text_or(*identity, "identifier");
            if (identifier.empty() || inbox->config.identity_key.empty() ||
                !adapters::webchat::verify_identity_hmac(inbox->config.identity_key, identifier,
                                                         text_or(*identity, "hmac")))
                return fail(request, ErrorCode::Forbidden, "web.identity_required");
            peer = "u_" + sha256_hex(inbox->config.id.value + "|" + identifier).substr(0, 32);
        } else if (inbox->config.require_identity) {
            return fail(request, ErrorCode::Forbidden, "web.identity_required");
        }
        const auto opened = visitors_.open(inbox->config.id, peer, !peer.empty());
        if (!opened.has_value()) return fail(request, opened.error().code, "web.unavailable");
        const Json answer = {{"token", opened->token}, {"conversation", opened->visitor.peer.value}, {"seq", 0}};
        return json_response(200, answer.dump());
    }

    Response ticket(const Request& request) {
        const auto visitor = visitors_.from_request(request);
        if (!visitor) return fail(request, ErrorCode::Unauthenticated, "web.signed_out");
        return json_response(200, Json{{"ticket", visitors_.issue_ticket(*visitor)}, {"expires_in_s", 30}}.dump());
    }

    Response end(const Request& request) {
        const auto visitor = visitors_.from_request(request);
        if (!visitor) return no_content();  // ended already: the same answer
        const auto done = services_.people.revoke_visitor(visitor->token_hash, services_.clock.now());
        if (!done) return fail(request, done.error().code, "web.unavailable");
        services_.hub.notify(peer_topic(visitor->inbox, visitor->peer), "ended");
        return no_content();
    }

    Response feedback(const Request& request) {
        const auto visitor = visitors_.from_request(request);
        if (!visitor) return fail(request, ErrorCode::Unauthenticated, "web.signed_out");
        const auto body = parse_json(request.body);
        if (!body.has_value() || !body->contains("useful") || !(*body)["useful"].is_boolean())
            return fail(request, ErrorCode::InvalidInput, "web.bad_request");
        if (!is_clean_utf8(text_or(*body, "message")) || !is_clean_utf8(text_or(*body, "reason")))
            return fail(request, ErrorCode::InvalidInput, "web.bad_request");
        const auto own = services_.conversations.find(visitor->inbox, visitor->peer);
        if (!own.has_value()) return fail(request, own.error().code, "web.unavailable");
        if (!own->has_value()) return fail(request, ErrorCode::NotFound, "web.bad_request");
        const auto done = services_.conversations.save_feedback(
            (*own)->id, MessageId{text_or(*body, "message")}, (*body)["useful"].get<bool>(),
            std::string(utf8_prefix(text_or(*body, "reason"), 500)), services_.clock.now());
        if (!done) return fail(request, done.error().code, "web.bad_request");
        return no_content();
    }

    Response article(const Request& request) {
        const auto found = article_json(services_, request.parameter("law"), request.parameter("article"));
        if (!found) return fail(request, ErrorCode::NotFound, "web.unknown_article");
        return json_response(200, found->dump());
    }

    asio::awaitable<Response> post_message(Request request) {
        auto identify = [this, &request] { return visitors_.from_request(request); };
        const auto visitor = co_await run_on(services_.pool, std::move(identify));
        if (!visitor) co_return fail(request, ErrorCode::Unauthenticated, "web.signed_out");
        const auto body = parse_json(request.body);
        if (!body.has_value()) co_return fail(request, ErrorCode::InvalidInput, "web.bad_request");
        const std::string cmid = text_or(*body, "cmid");
        const std::string text = text_or(*body, "text");
        const std::string choice = text_or(*body, "choice");
        if (const auto fault = message_fault(cmid, text, choice); !fault.empty()) {
            Response refused = fail(request, ErrorCode::InvalidInput, fault);
            if (fault != "web.bad_request") refused.status = 422;  // understood, and not to be stored: docs/api.md
            co_return refused;
        }
        Message message = web_message(*visitor, cmid, text, choice, services_.clock.now());
        const auto turn = co_await services_.turns.receive(std::move(message));
        if (!turn.has_value()) co_return fail(request, turn.error().code, "web.unavailable");
        const auto& answer = turn->answer;
        auto look = [this, visitor, after = answer.seq - 1] {
            return chat_view(services_, visitor->inbox, visitor->peer, after, 20);
        };
        const auto view = co_await run_on(services_.pool, std::move(look));
        Json out = {{"ack", {{"cmid", cmid}, {"seq", answer.seq}, {"id", answer.message.value}}}};
        if (view.has_value()) {
            out["messages"] = messages_json(view->messages);
            out["status"] = view->status;
        }
        co_return json_response(200, out.dump());
    }

    /// Held until there is something after `after`, for at most `wait` seconds.
    asio::awaitable<Response> get_messages(Request request) {
        auto identify = [this, &request] { return visitors_.from_request(request); };
        const auto visitor = co_await run_on(services_.pool, std::move(identify));
        if (!visitor) co_return fail(request, ErrorCode::Unauthenticated, "web.signed_out");
        const auto after = number_parameter(request, "after", 0);
        const auto limit = static_cast<int>(std::clamp<std::int64_t>(number_parameter(request, "limit", 100), 1, 200));
        const auto wait = std::chrono::seconds{std::min<std::int64_t>(kMaxWait, number_parameter(request, "wait", 0))};
        const auto executor = co_await asio::this_coro::executor;
        auto bell = std::make_shared<asio::steady_timer>(executor, wait);
        const auto subscription =
            services_.hub.subscribe(peer_topic(visitor->inbox, visitor->peer), [bell, executor](const std::string&) {
                asio::post(executor, [bell] { bell->expires_at(std::chrono::steady_clock::time_point::min()); });
            });
        for (bool waited = wait.count() == 0;; waited = true) {
            auto look = [this, visitor, after, limit] {
                return chat_view(services_, visitor->inbox, visitor->peer, after, limit);
            };
            const auto view = co_await run_on(services_.pool, std::move(look));
            if (!view.has_value()) co_return fail(request, view.error().code, "web.unavailable");
            if (waited || !view->messages.empty()) {
                const Json out = {
                    {"messages", messages_json(view->messages)}, {"status", view->status}, {"seq", view->seq}};
                co_return json_response(200, out.dump());
            }
            co_await bell->async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

private:
    Response fail(const Request& request, ErrorCode code, const std::string& text) const {
        return error_response(request, code, texts_[text]);
    }

    Json topics() const {
        Json out = Json::array();
        for (int i = 1; texts_.has("home.topic" + std::to_string(i)); ++i) {
            const std::string key = "home.topic" + std::to_string(i);
            out.push_back({{"text", texts_[key]}, {"ask", texts_["home.ask" + std::to_string(i)]}});
        }
        return out;
    }

    Services& services_;
    Visitors& visitors_;
    const Texts& texts_;
};

}  // namespace

bool origin_allowed(const adapters::InboxConfig& inbox, const std::string& origin, const std::string& host) {
    if (origin.empty()) return true;  // not a browser, or a same-origin GET: the token decides
    if (origin == "http://" + host || origin == "https://" + host) return true;
    return std::find(inbox.origins.begin(), inbox.origins.end(), origin) != inbox.origins.end();
}

std::string message_fault(const std::string& cmid, const std::string& text, const std::string& choice) {
    if (cmid.empty() || cmid.size() > 64) return "web.bad_request";
    if (trimmed(text).empty() && choice.empty()) return "web.bad_request";
    if (choice.size() > 128 || !is_clean_utf8(choice) || !is_clean_utf8(cmid)) return "web.bad_request";
    if (!is_clean_utf8(text)) return "web.unreadable";
    if (code_points(text) > 8000) return "web.too_long";
    return {};
}

Message web_message(const storage::Visitor& visitor, const std::string& cmid, const std::string& text,
                    const std::string& choice, TimePoint now) {
    Message message;
    message.conversation = {Channel::Webchat, visitor.inbox, visitor.peer, false};
    // A cmid is unique per visitor, a receipt per inbox.
    message.external_id = ExternalId{visitor.peer.value + "|" + cmid};
    message.sent_at = message.received_at = now;
    if (choice.empty())
        message.parts.emplace_back(Text{text});
    else
        message.parts.emplace_back(Choice{choice, text});
    return message;
}

void add_chat_routes(Router& router, Services& services, Visitors& visitors, const Texts& texts) {
    const auto api = std::make_shared<ChatApi>(services, visitors, texts);
    const std::size_t body = services.config.limits.sizes.api_body;
    const auto add = [&](const char* method, const char* pattern, Response (ChatApi::*call)(const Request&)) {
        auto handler = blocking(services, [api, call](const Request& request) { return ((*api).*call)(request); });
        const bool reads = std::string_view{method} == "GET";  // what a page asks for when it opens
        router.add({method, pattern, body, reads ? Limit::Page : Limit::PerAddress, std::move(handler), nullptr});
    };
    add("GET", "/api/chat/inbox/{inbox}", &ChatApi::inbox);
    add("POST", "/api/chat/session", &ChatApi::session);
    add("POST", "/api/chat/ticket", &ChatApi::ticket);
    add("POST", "/api/chat/end", &ChatApi::end);
    add("POST", "/api/chat/feedback", &ChatApi::feedback);
    add("GET", "/api/chat/article", &ChatApi::article);
    // Messages are limited per contact by the turn runner, so the address limit does not apply to them.
    router.add({"POST", "/api/chat/messages", body, Limit::None,
                [api](Request request) { return api->post_message(std::move(request)); }, nullptr});
    router.add({"GET", "/api/chat/messages", 0, Limit::None,
                [api](Request request) { return api->get_messages(std::move(request)); }, nullptr});
    router.add({"GET", "/api/chat/socket", 0, Limit::None, nullptr, chat_socket_opener(services, visitors, texts)});
}

}  // namespace yuanda::gateway
