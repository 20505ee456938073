// An adapter that only declares what the page can do; the gateway's chat API carries its messages.
#include "adapters/webchat/adapter.hpp"

#include "adapters/webhook.hpp"

namespace yuanda::adapters::webchat {
namespace {

/// The protocol's own bound for one message, in bytes of 8000 汉字.
constexpr std::size_t kMaxTextBytes = 8000 * 3;

class Adapter : public ChannelAdapter {
public:
    Capabilities capabilities() const override {
        Capabilities can;
        can.pull = true;
        can.rich = true;
        can.reply_window = std::chrono::minutes{0};
        can.group_reply_window = std::chrono::minutes{0};
        can.replies_per_message = 0;
        can.max_text_bytes = kMaxTextBytes;
        return can;
    }
    Result<> verify(const WebhookRequest&, TimePoint) const override { return forbidden("webchat has no webhook"); }
    Result<Inbound> decode(const WebhookRequest&, TimePoint) const override {
        return invalid("webchat has no webhook");
    }
    std::optional<WebhookAnswer> encode_passive(const Reply&, const Message&, TimePoint) const override {
        return std::nullopt;
    }
    Result<std::vector<OutboundCall>> encode(const Reply&, const Destination&) const override {
        return std::vector<OutboundCall>{};
    }
    boost::asio::awaitable<Receipt> deliver(OutboundCall) override {
        co_return Receipt{Receipt::Outcome::Failed, "pull", {}};
    }
};

}  // namespace

Result<std::unique_ptr<ChannelAdapter>> make(const InboxConfig& config) {
    if (config.require_identity && config.identity_key.empty()) return invalid("identity_key is missing");
    return std::make_unique<Adapter>();
}

}  // namespace yuanda::adapters::webchat
