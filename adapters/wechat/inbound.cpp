// A WeChat message or event as the canonical message (official guide, "接收普通消息" and "接收事件推送").
#include "adapters/wechat/wire.hpp"

#include <array>

#include "adapters/webhook.hpp"
#include "adapters/wechat/render.hpp"
#include "core/text.hpp"
#include "core/token.hpp"

namespace yuanda::adapters::wechat {
namespace {

/// Events we know and have nothing to do for: acknowledged and not counted as unknown.
bool is_silent_event(std::string_view name) {
    static constexpr std::array<std::string_view, 6> kNames{
        "VIEW", "LOCATION", "location_select", "view_miniprogram", "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH"};
    static constexpr std::array<std::string_view, 4> kPrefixes{"scancode_", "pic_", "kf_", "subscribe_msg_"};
    for (const auto& known : kNames)
        if (name == known) return true;
    for (const auto& prefix : kPrefixes)
        if (name.starts_with(prefix)) return true;
    return false;
}

/// The part an event becomes; nullopt for the silent and the unknown.
std::optional<Part> event_part(const std::string& name, const std::string& key) {
    if (name == "subscribe") return ContactEvent{ContactEvent::Kind::Subscribed, name};
    if (name == "unsubscribe") return ContactEvent{ContactEvent::Kind::Unsubscribed, name};
    if (name == "SCAN") return ContactEvent{ContactEvent::Kind::Entered, name};
    // A menu button says what its key says: operators set 转人工 or 进度 as the key.
    if (name == "CLICK" && !key.empty()) return Text{key};
    return std::nullopt;
}

Part text_part(const Fields& fields) {
    std::string content = without_controls(field(fields, "Content"));
    const std::string menu = field(fields, "bizmsgmenuid");
    if (trimmed(content).empty()) return ContactEvent{ContactEvent::Kind::Other, "empty"};
    if (!menu.empty() && menu != kAskLinkId) return Choice{menu, std::move(content)};
    return Text{std::move(content)};
}

/// nullopt: a type we do not know.
std::optional<Part> message_part(const std::string& type, const Fields& fields) {
    using Kind = Media::Kind;
    const auto said = [&](const char* name) { return without_controls(field(fields, name)); };
    if (type == "text") return text_part(fields);
    if (type == "image") return Media{Kind::Image, said("MediaId"), {}};
    if (type == "voice") return Media{Kind::Voice, said("MediaId"), said("Recognition")};
    if (type == "video" || type == "shortvideo") return Media{Kind::Video, said("MediaId"), {}};
    if (type == "file") return Media{Kind::File, said("MediaId"), {}};
    if (type == "location") return Media{Kind::Location, said("Location_X") + "," + said("Location_Y"), said("Label")};
    // The address of a link is the sender's: it is neither kept nor ever fetched.
    if (type == "link") return Media{Kind::Link, {}, said("Title")};
    return std::nullopt;
}

/// Retried deliveries repeat all of these; the hash tells two events of one second apart.
std::string event_id(const Fields& fields, std::string_view xml) {
    return "event|" + field(fields, "FromUserName") + "|" + field(fields, "CreateTime") + "|" + field(fields, "Event") +
           "|" + field(fields, "EventKey") + "|" + sha256_hex(xml).substr(0, 32);
}

bool is_good_peer(std::string_view open_id) {
    return !open_id.empty() && open_id.size() <= 128 && open_id.find_first_of("\n\r\t ") == std::string_view::npos;
}

}  // namespace

WebhookAnswer plain_ack() { return {200, "text/plain", "success"}; }

Result<Inbound> read_message(const Fields& fields, std::string_view xml, const InboxId& inbox, TimePoint now) {
    const std::string type = field(fields, "MsgType");
    const std::string peer = field(fields, "FromUserName");
    const auto created = parse_digits(field(fields, "CreateTime"));
    if (type.empty() || !is_good_peer(peer) || !created) return invalid("xml: MsgType, FromUserName or CreateTime");

    Message message;
    message.conversation = {Channel::Wechat, inbox, ExternalId{peer}, false};
    message.sent_at = TimePoint{std::chrono::seconds{*created}};
    message.received_at = now;
    message.own_id = field(fields, "ToUserName");

    Inbound inbound;
    inbound.ack = plain_ack();
    std::optional<Part> part;
    if (type == "event") {
        const std::string name = field(fields, "Event");
        message.external_id = ExternalId{event_id(fields, xml)};
        part = event_part(name, without_controls(field(fields, "EventKey")));
        if (!part && !is_silent_event(name)) inbound.uncounted = name.empty() ? "event" : name;
    } else {
        message.external_id = ExternalId{field(fields, "MsgId")};
        if (message.external_id.empty()) return invalid("xml: MsgId");
        part = message_part(type, fields);
        if (!part) {  // the citizen did say something, so it reaches the conversation
            inbound.uncounted = "message:" + type;
            part = Media{Media::Kind::Other, {}, {}};
        }
    }
    if (!part) return inbound;
    message.parts.push_back(std::move(*part));
    inbound.messages.push_back(std::move(message));
    return inbound;
}

}  // namespace yuanda::adapters::wechat
