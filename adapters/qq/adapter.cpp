// Ties signature, envelope and the message interface together; keeps the count of address checks.
#include "adapters/qq/adapter.hpp"

#include <deque>
#include <mutex>

#include "adapters/access_token.hpp"
#include "adapters/qq/crypto.hpp"
#include "adapters/qq/wire.hpp"
#include "adapters/text_split.hpp"
#include "adapters/webhook.hpp"
#include "core/text.hpp"

namespace yuanda::adapters::qq {
namespace {

constexpr std::string_view kDefaultApi = "https://api.sgroup.qq.com";
constexpr std::string_view kDefaultTokenApi = "https://bots.qq.com";
constexpr std::size_t kMaxTextChars = 2000;  // no published figure; other SDKs split here
constexpr std::size_t kMaxValidationBytes = 1024;
constexpr int kDispatch = 0;
constexpr int kHeartbeat = 1;
constexpr int kValidation = 13;
/// A reply's further texts number on far from the rows' own 1..5: a repeated number would count as sent.
constexpr int kSeqStride = 10;

/// At most five address checks a minute are signed. Thread-safe.
class ValidationLimit {
public:
    bool has_room(TimePoint now) {
        const std::lock_guard lock{mutex_};
        forget_old(now);
        return signed_at_.size() < kPerMinute;
    }
    bool take(TimePoint now) {
        const std::lock_guard lock{mutex_};
        forget_old(now);
        if (signed_at_.size() >= kPerMinute) return false;
        signed_at_.push_back(now);
        return true;
    }

private:
    static constexpr std::size_t kPerMinute = 5;
    void forget_old(TimePoint now) {
        while (!signed_at_.empty() && now - signed_at_.front() >= std::chrono::minutes{1}) signed_at_.pop_front();
    }
    std::mutex mutex_;
    std::deque<TimePoint> signed_at_;
};

TokenSource token_source(const InboxConfig& config) {
    TokenSource source;
    source.request.host = config.token_api;
    source.request.path = "/app/getAppAccessToken";
    source.request.headers = {{"content-type", "application/json"}};
    source.request.body = token_body(config.app_id, config.app_secret);
    source.read = read_token;
    // A new value is given out only in the last 60 s of the old one.
    source.margin = std::chrono::seconds{50};
    return source;
}

class Adapter : public ChannelAdapter {
public:
    Adapter(InboxConfig config, SigningKey key, HttpClient& http, const Clock& clock)
        : config_(std::move(config)), key_(std::move(key)), http_(http), token_(http, clock, token_source(config_)) {}

    Capabilities capabilities() const override {
        Capabilities can;
        can.reply_window = std::chrono::minutes{60};
        can.group_reply_window = std::chrono::minutes{5};
        can.replies_per_message = 5;
        can.max_text_bytes = kMaxTextChars * 3;
        return can;
    }

    Result<> verify(const WebhookRequest& request, TimePoint now) const override {
        if (request.method != "POST") return forbidden("method");
        if (request.body.size() > kMaxWebhookBytes) return forbidden("body too large");
        const std::string app_id = header_of(request, "x-bot-appid");
        if (!app_id.empty() && app_id != config_.app_id) return forbidden("another bot");
        const std::string signature = header_of(request, "x-signature-ed25519");
        const std::string timestamp = header_of(request, "x-signature-timestamp");
        const bool genuine =
            !signature.empty() && !timestamp.empty() && key_.verify_hex(timestamp + request.body, signature);
        // Whether op 13 is signed is not settled, so a small unsigned body is looked at, and only for that.
        if (genuine || request.body.size() <= kMaxValidationBytes) {
            const auto envelope = parse_json(request.body);
            if (envelope && op_of(*envelope) == kValidation)
                return check_validation(*envelope, signature, genuine ? timestamp : std::string{}, now);
        }
        if (signature.empty() || timestamp.empty()) return invalid("missing signature header");
        if (!genuine) return forbidden("signature");
        return check_window(timestamp, now);
    }

    Result<Inbound> decode(const WebhookRequest& request, TimePoint now) const override {
        const auto envelope = parse_json(request.body);
        if (!envelope) return envelope.error();
        const auto op = op_of(*envelope);
        if (!op) return invalid("qq: op");
        if (*op == kDispatch) return read_dispatch(*envelope, config_.id, now);
        if (*op == kValidation) return answer_validation(*envelope, now);
        Inbound inbound;
        inbound.ack = dispatch_ack();
        if (*op == kHeartbeat) {
            const auto seq = envelope->find("d");
            const bool number = seq != envelope->end() && seq->is_number_integer();
            inbound.ack.body = R"({"op":11,"d":)" + (number ? seq->dump() : std::string("null")) + "}";
        } else {
            inbound.uncounted = "op:" + std::to_string(*op);
        }
        return inbound;
    }

    std::optional<WebhookAnswer> encode_passive(const Reply&, const Message&, TimePoint) const override {
        return std::nullopt;
    }

    Result<std::vector<OutboundCall>> encode(const Reply& reply, const Destination& destination) const override {
        if (!is_plain_id(destination.peer.value)) return invalid("qq: openid");
        PlainTextOptions options;
        options.max_chars = kMaxTextChars;
        const std::string text = without_controls(plain_text(reply, options));
        const std::string path =
            std::string(destination.group ? "/v2/groups/" : "/v2/users/") + destination.peer.value + "/messages";
        std::vector<OutboundCall> calls;
        int msg_seq = destination.reply_number;
        for (const auto& piece : split_text(text, kMaxTextChars * 3, kMaxTextChars)) {
            calls.emplace_back(path, message_body(piece, destination.reply_token, msg_seq));
            msg_seq += kSeqStride;
        }
        return calls;
    }

    boost::asio::awaitable<Receipt> deliver(OutboundCall call) override {
        if (!answers_something(call.body)) co_return Receipt{Receipt::Outcome::WindowClosed, "no_msg_id", {}};
        bool renewed = false;
        bool stripped = false;
        for (;;) {
            const Result<std::string> token = co_await token_.current();
            if (!token) co_return Receipt{Receipt::Outcome::Retry, token.error().detail, {}};
            HttpCall request = http_call(call, *token);
            const Result<HttpAnswer> answer = co_await http_.call(std::move(request));
            // The same msg_seq again is refused as a duplicate, which proves the first one.
            if (!answer) co_return unanswered(answer.error(), Receipt::Outcome::Retry);
            Verdict verdict = read_send_answer(*answer);
            if (verdict.token_refused) {
                token_.drop(*token);
                if (renewed) {
                    token_.pause(verdict.receipt.code + " twice");
                    co_return std::move(verdict.receipt);
                }
                renewed = true;
                continue;
            }
            if (!verdict.url_refused || stripped) co_return std::move(verdict.receipt);
            auto plain = body_without_urls(call.body);
            if (!plain) co_return std::move(verdict.receipt);
            call.body = std::move(*plain);
            stripped = true;
        }
    }

private:
    /// A signature header, where there is one, verifies over timestamp and body or over what we would sign.
    Result<> check_validation(const Json& envelope, const std::string& signature, const std::string& genuine_timestamp,
                              TimePoint now) const {
        const auto validation = validation_in(envelope);
        if (!validation) return forbidden("op 13 outside its alphabet");
        if (!genuine_timestamp.empty()) {
            if (auto fresh = check_window(genuine_timestamp, now); !fresh) return fresh;
        } else if (!signature.empty() && !key_.verify_hex(validation->signed_text(), signature)) {
            return forbidden("op 13 signature");
        }
        if (!validations_.has_room(now)) return forbidden("op 13 too often");
        return {};
    }

    Result<Inbound> answer_validation(const Json& envelope, TimePoint now) const {
        const auto validation = validation_in(envelope);
        if (!validation) return invalid("op 13 outside its alphabet");
        if (!validations_.take(now)) return forbidden("op 13 too often");
        Json answer;
        answer["plain_token"] = validation->plain_token;
        answer["signature"] = key_.sign_hex(validation->signed_text());
        Inbound inbound;
        inbound.ack = {200, "application/json", answer.dump()};
        return inbound;
    }

    HttpCall http_call(const OutboundCall& call, const std::string& token) const {
        HttpCall request;
        request.host = config_.api;
        request.path = call.path;
        request.headers = {{"content-type", "application/json"}, {"authorization", "QQBot " + token}};
        request.body = call.body;
        request.timeout = std::chrono::seconds{6};  // the guide asks for 5 or more
        return request;
    }

    const InboxConfig config_;
    const SigningKey key_;
    HttpClient& http_;
    mutable ValidationLimit validations_;
    AccessToken token_;
};

}  // namespace

Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config, HttpClient& http, const Clock& clock) {
    if (config.app_id.empty()) return invalid("app_id is missing");
    auto key = SigningKey::from_secret(config.app_secret);
    if (!key) return key.error();
    InboxConfig used = config;
    auto api = check_origin(config.api.empty() ? kDefaultApi : std::string_view{config.api}, "api");
    if (!api) return api.error();
    auto token_api =
        check_origin(config.token_api.empty() ? kDefaultTokenApi : std::string_view{config.token_api}, "token_api");
    if (!token_api) return token_api.error();
    used.api = std::move(*api);
    used.token_api = std::move(*token_api);
    return std::make_unique<Adapter>(std::move(used), std::move(*key), http, clock);
}

}  // namespace yuanda::adapters::qq
