// The one registration place of channels.
#include "adapters/adapter.hpp"
#include "adapters/qq/adapter.hpp"
#include "adapters/webchat/adapter.hpp"
#include "adapters/wechat/adapter.hpp"

namespace yuanda::adapters {
namespace {

Result<std::unique_ptr<ChannelAdapter>> make_unnamed(const InboxConfig& config, HttpClient& http, const Clock& clock,
                                                     Random& random) {
    switch (config.channel) {
        case Channel::Wechat: return wechat::make(config, http, clock, random);
        case Channel::Qq: return qq::make(config, http, clock);
        case Channel::Webchat: return webchat::make(config);
        case Channel::Wecom:
        case Channel::Onebot:
        case Channel::Hotline: break;
    }
    return invalid("channel " + std::string(name_of(config.channel)) + " is not part of this version");
}

}  // namespace

Result<std::unique_ptr<ChannelAdapter>> make_adapter(const InboxConfig& config, HttpClient& http, const Clock& clock,
                                                     Random& random) {
    auto made = make_unnamed(config, http, clock, random);
    if (!made) return invalid("inbox " + config.id.value + ": " + made.error().detail);
    return made;
}

}  // namespace yuanda::adapters
