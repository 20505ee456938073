// Ties signature, envelope, XML and the customer-service interface together.
#include "adapters/wechat/adapter.hpp"

#include "adapters/access_token.hpp"
#include "adapters/webhook.hpp"
#include "adapters/wechat/render.hpp"
#include "adapters/wechat/wire.hpp"
#include "core/token.hpp"

namespace yuanda::adapters::wechat {
namespace {

constexpr std::string_view kDefaultApi = "https://api.weixin.qq.com";
constexpr std::string_view kSendPath = "/cgi-bin/message/custom/send";

TokenSource token_source(const InboxConfig& config) {
    TokenSource source;
    source.request.host = config.api;
    source.request.path = "/cgi-bin/stable_token";
    source.request.headers = {{"content-type", "application/json"}};
    source.request.body = stable_token_body(config.app_id, config.app_secret);
    source.read = read_token;
    source.margin = std::chrono::seconds{300};
    return source;
}

class Adapter : public ChannelAdapter {
public:
    Adapter(InboxConfig config, std::optional<Envelope> envelope, HttpClient& http, const Clock& clock, Random& random)
        : config_(std::move(config)),
          envelope_(std::move(envelope)),
          http_(http),
          random_(random),
          token_(http, clock, token_source(config_)) {}

    Capabilities capabilities() const override {
        Capabilities can;
        can.passive_reply = true;
        can.reply_window = std::chrono::hours{48};
        can.group_reply_window = can.reply_window;
        can.replies_per_message = 5;
        can.max_text_bytes = kMaxTextBytes;
        return can;
    }

    Result<> verify(const WebhookRequest& request, TimePoint now) const override {
        if (request.body.size() > kMaxWebhookBytes) return forbidden("body too large");
        for (const char* name : {"timestamp", "nonce"})
            if (query_of(request, name).empty()) return invalid(std::string("missing ") + name);
        if (request.method == "GET")
            return query_of(request, "echostr").empty() ? invalid("missing echostr") : check_plain(request, now);
        if (request.method != "POST") return forbidden("method");
        return envelope_ ? check_sealed(request, now) : check_plain(request, now);
    }

    Result<Inbound> decode(const WebhookRequest& request, TimePoint now) const override {
        if (request.method == "GET") {
            Inbound inbound;
            inbound.ack = {200, "text/plain", query_of(request, "echostr")};
            return inbound;
        }
        std::string xml = request.body;
        if (envelope_) {
            // Only the sealed half counts: the plain half of 兼容模式 is covered by no signature.
            const auto sealed = sealed_text(request);
            if (!sealed) return sealed.error();
            auto opened = envelope_->open(*sealed);
            if (!opened) return opened.error();
            xml = std::move(*opened);
        }
        const auto fields = read_xml(xml);
        if (!fields) return fields.error();
        return read_message(*fields, xml, config_.id, now);
    }

    std::optional<WebhookAnswer> encode_passive(const Reply& reply, const Message& message,
                                                TimePoint now) const override {
        const auto texts = render(reply);
        if (texts.empty()) return std::nullopt;
        const Addresses addresses{message.conversation.peer.value, message.own_id};
        const std::string xml = text_xml(addresses, now, texts.front());
        if (!envelope_) return WebhookAnswer{200, "application/xml", xml};
        std::string random16(16, '\0');
        random_.fill(std::as_writable_bytes(std::span{random16}));
        const std::string nonce = random_token(8, random_);
        const std::string body =
            encrypted_xml(config_.token, envelope_->seal(xml, random16), std::to_string(to_epoch_s(now)), nonce);
        return WebhookAnswer{200, "application/xml", body};
    }

    Result<std::vector<OutboundCall>> encode(const Reply& reply, const Destination& destination) const override {
        if (destination.peer.empty()) return invalid("wechat: no peer");
        std::vector<OutboundCall> calls;
        for (const auto& text : render(reply))
            calls.emplace_back(std::string(kSendPath), custom_send_body(destination.peer.value, text));
        return calls;
    }

    boost::asio::awaitable<Receipt> deliver(OutboundCall call) override {
        if (!config_.customer_service) co_return Receipt{Receipt::Outcome::WindowClosed, "no_customer_service", {}};
        for (int attempt = 0;; ++attempt) {
            const Result<std::string> token = co_await token_.current();
            if (!token) co_return Receipt{Receipt::Outcome::Retry, token.error().detail, {}};
            HttpCall request = http_call(call, *token);
            const Result<HttpAnswer> answer = co_await http_.call(std::move(request));
            // A send has no idempotency id: without an answer it is never repeated.
            if (!answer) co_return unanswered(answer.error(), Receipt::Outcome::Unknown);
            Verdict verdict = read_send_answer(*answer);
            if (!verdict.token_refused) co_return std::move(verdict.receipt);
            token_.drop(*token);
            if (attempt == 0) continue;
            token_.pause(verdict.receipt.code + " twice");
            co_return std::move(verdict.receipt);
        }
    }

private:
    Result<> check_plain(const WebhookRequest& request, TimePoint now) const {
        const std::string given = query_of(request, "signature");
        if (given.empty()) return invalid("missing signature");
        const std::string timestamp = query_of(request, "timestamp");
        const std::string nonce = query_of(request, "nonce");
        if (!equal_secret(given, signature({config_.token, timestamp, nonce}))) return forbidden("signature");
        return check_window(timestamp, now);
    }

    /// A body without `<Encrypt>` is a downgrade, not a missing parameter.
    Result<> check_sealed(const WebhookRequest& request, TimePoint now) const {
        const auto sealed = sealed_text(request);
        if (!sealed) return sealed.error();
        const std::string given = query_of(request, "msg_signature");
        if (given.empty()) return invalid("missing msg_signature");
        const std::string timestamp = query_of(request, "timestamp");
        const std::string nonce = query_of(request, "nonce");
        if (!equal_secret(given, signature({config_.token, timestamp, nonce, *sealed})))
            return forbidden("msg_signature");
        if (auto fresh = check_window(timestamp, now); !fresh) return fresh;
        if (auto opened = envelope_->open(*sealed); !opened) return opened.error();
        return {};
    }

    Result<std::string> sealed_text(const WebhookRequest& request) const {
        const auto fields = read_xml(request.body);
        if (!fields) return forbidden(fields.error().detail);
        std::string sealed = field(*fields, "Encrypt");
        if (sealed.empty()) return forbidden("no Encrypt in encrypted mode");
        return sealed;
    }

    HttpCall http_call(const OutboundCall& call, const std::string& token) const {
        HttpCall request;
        request.host = config_.api;
        request.path = call.path + "?access_token=" + percent_encoded(token);
        request.headers = {{"content-type", "application/json; charset=utf-8"}};
        request.body = call.body;
        return request;
    }

    const InboxConfig config_;
    const std::optional<Envelope> envelope_;  // empty in plain mode alone
    HttpClient& http_;
    Random& random_;
    AccessToken token_;
};

}  // namespace

Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config, HttpClient& http, const Clock& clock,
                                             Random& random) {
    if (config.token.empty()) return invalid("token is missing");
    if (config.app_id.empty()) return invalid("app_id is missing");
    if (config.mode != "safe" && config.mode != "compat" && config.mode != "plain")
        return invalid("mode must be safe, compat or plain");
    if (config.customer_service && config.app_secret.empty()) return invalid("app_secret is missing");
    InboxConfig used = config;
    auto api = check_origin(config.api.empty() ? kDefaultApi : std::string_view{config.api}, "api");
    if (!api) return api.error();
    used.api = std::move(*api);
    std::optional<Envelope> envelope;
    if (config.mode != "plain") {
        auto key = decode_aes_key(config.encoding_aes_key);
        if (!key) return key.error();
        envelope.emplace(std::move(*key), config.app_id);
    }
    return std::make_unique<Adapter>(std::move(used), std::move(envelope), http, clock, random);
}

}  // namespace yuanda::adapters::wechat
