// What a channel must teach the gateway. All but deliver() are pure: no I/O, the clock is passed in.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/message.hpp"
#include "core/ports.hpp"
#include "core/reply.hpp"
#include "core/result.hpp"

namespace yuanda::adapters {

struct WebhookRequest {
    std::string method;                          // "GET", "POST"
    std::map<std::string, std::string> query;    // decoded once
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // raw bytes
};

struct WebhookAnswer {
    int status = 200;
    std::string content_type = "text/plain";
    std::string body;
    bool operator==(const WebhookAnswer&) const = default;
};

/// `messages` empty: `ack` is the whole answer (URL challenge, unknown event, heartbeat).
/// Otherwise `ack` is what to say when there is no passive reply.
struct Inbound {
    std::vector<Message> messages;
    WebhookAnswer ack;
    std::string uncounted;  // name of an event we do not know, for the metric; empty otherwise
};

/// What encode() can express and how replies may travel.
struct Capabilities {
    bool passive_reply = false;                        // the webhook's answer can carry the reply
    bool pull = false;                                 // the page fetches by sequence; no outbox row is made
    std::chrono::milliseconds passive_limit{4000};     // answer by then, else ack and send later
    std::chrono::minutes reply_window{48 * 60};        // 0: no limit
    std::chrono::minutes group_reply_window{48 * 60};  // the same in a group (QQ: 5 minutes)
    int replies_per_message = 5;                       // 0: no limit
    std::size_t max_text_bytes = 2048;
    bool rich = false;  // cards: web chat
};

/// Where an outgoing reply goes.
struct Destination {
    ExternalId peer;
    bool group = false;
    ExternalId reply_token;  // QQ msg_id; empty where the channel needs none
    int reply_number = 1;    // QQ msg_seq 1..5, fixed when the outbox row is made
    std::string own_id;      // WeChat gh_ id of our account
};

/// One call to the platform; the access token is added by deliver().
struct OutboundCall {
    std::string path;
    std::string body;
    OutboundCall() = default;
    OutboundCall(std::string p, std::string b) : path(std::move(p)), body(std::move(b)) {}
};

/// What a delivery attempt came to.
struct Receipt {
    enum class Outcome {
        Sent,          // the platform took it
        Retry,         // harmless to try again
        Unknown,       // sent, no answer: never sent again without an idempotency id
        WindowClosed,  // held until the contact writes
        Failed         // permanent
    };
    Outcome outcome = Outcome::Sent;
    std::string code;         // platform code or reason, for staff
    std::string external_id;  // the platform's id of the message
};

class ChannelAdapter {
public:
    virtual ~ChannelAdapter() = default;
    virtual Capabilities capabilities() const = 0;
    /// Runs first, always. InvalidInput: a parameter is missing (400). Forbidden: anything else (403).
    virtual Result<> verify(const WebhookRequest& request, TimePoint now) const = 0;
    /// Only after verify(). InvalidInput: 400.
    virtual Result<Inbound> decode(const WebhookRequest& request, TimePoint now) const = 0;
    /// The webhook's answer that carries `reply` to the sender of `message`; nullopt where the channel has none.
    virtual std::optional<WebhookAnswer> encode_passive(const Reply& reply, const Message& message,
                                                        TimePoint now) const = 0;
    /// Nearly always one call. Words that do not fit one message go on in further calls, to be delivered in
    /// order; each counts against the window. Empty for an empty reply and where the page pulls.
    virtual Result<std::vector<OutboundCall>> encode(const Reply& reply, const Destination& destination) const = 0;
    virtual boost::asio::awaitable<Receipt> deliver(OutboundCall call) = 0;
};

/// One [[inbox]] of the configuration.
struct InboxConfig {
    InboxId id;
    Channel channel = Channel::Webchat;
    std::string name;                  // shown to staff
    std::string token;                 // wechat
    std::string encoding_aes_key;      // wechat
    std::string app_id;                // wechat, qq
    std::string app_secret;            // wechat app_secret, qq secret
    std::string mode = "safe";         // wechat: safe | compat | plain
    bool customer_service = true;      // wechat: the account may send customer-service messages
    std::string api;                   // origin of the platform's API
    std::string token_api;             // qq: origin of the token service
    std::vector<std::string> origins;  // webchat: pages that may embed it
    std::string identity_key;          // webchat: HMAC key of the embedding site
    bool require_identity = false;     // webchat
};

/// The adapter of an inbox; InvalidInput names the key that is missing or malformed. `http`, `clock` and
/// `random` must outlive it.
Result<std::unique_ptr<ChannelAdapter>> make_adapter(const InboxConfig& config, HttpClient& http, const Clock& clock,
                                                     Random& random);

}  // namespace yuanda::adapters
