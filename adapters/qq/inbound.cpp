// A QQ dispatch as the canonical message (official guide, "事件").
#include "adapters/qq/wire.hpp"

#include <array>

#include "adapters/webhook.hpp"
#include "core/text.hpp"

namespace yuanda::adapters::qq {
namespace {

constexpr Json::const_iterator::difference_type kMaxAttachments = 10;
constexpr std::size_t kMaxUrlBytes = 2048;

const Json& member(const Json& object, std::string_view key) {
    static const Json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

struct EventKind {
    std::string_view name;
    bool group;
    ContactEvent::Kind kind;
};
constexpr std::array<EventKind, 8> kEvents{{{"FRIEND_ADD", false, ContactEvent::Kind::Subscribed},
                                            {"FRIEND_DEL", false, ContactEvent::Kind::Unsubscribed},
                                            {"C2C_MSG_REJECT", false, ContactEvent::Kind::Other},
                                            {"C2C_MSG_RECEIVE", false, ContactEvent::Kind::Other},
                                            {"GROUP_ADD_ROBOT", true, ContactEvent::Kind::Subscribed},
                                            {"GROUP_DEL_ROBOT", true, ContactEvent::Kind::Unsubscribed},
                                            {"GROUP_MSG_REJECT", true, ContactEvent::Kind::Other},
                                            {"GROUP_MSG_RECEIVE", true, ContactEvent::Kind::Other}}};

Media media_of(const Json& attachment) {
    const std::string type = text_or(attachment, "content_type");
    Media media;
    media.kind = Media::Kind::File;
    if (type.starts_with("image")) media.kind = Media::Kind::Image;
    if (type.starts_with("voice") || type.starts_with("audio")) media.kind = Media::Kind::Voice;
    if (type.starts_with("video")) media.kind = Media::Kind::Video;
    std::string url = without_controls(text_or(attachment, "url"));
    if (url.size() <= kMaxUrlBytes) media.media_id = std::move(url);
    return media;
}

std::vector<Part> parts_of(const Json& data) {
    std::vector<Part> parts;
    // Removing the @ leaves a space in front.
    const std::string content = without_controls(text_or(data, "content"));
    if (const auto text = trimmed(content); !text.empty()) parts.push_back(Text{std::string(text)});
    const Json& attachments = member(data, "attachments");
    if (attachments.is_array())
        for (auto it = attachments.begin(); it != attachments.end() && it - attachments.begin() < kMaxAttachments; ++it)
            parts.push_back(media_of(*it));
    // Calling the bot by name and nothing else.
    if (parts.empty()) parts.push_back(ContactEvent{ContactEvent::Kind::Entered, "empty"});
    return parts;
}

Result<Inbound> one(Message message) {
    if (!is_plain_id(message.conversation.peer.value)) return invalid("qq: openid");
    if (message.external_id.empty() || message.external_id.value.size() > 512) return invalid("qq: id");
    Inbound inbound;
    inbound.ack = dispatch_ack();
    inbound.messages.push_back(std::move(message));
    return inbound;
}

/// Days and seconds of "2026-11-23T11:00:00+08:00" (RFC 3339 section 5.6).
std::optional<TimePoint> parse_rfc3339(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        const auto value = at + length <= text.size() ? parse_digits(text.substr(at, length)) : std::nullopt;
        return value ? static_cast<int>(*value) : -1;
    };
    const auto date = parse_iso_date(text.substr(0, 10));
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    std::size_t at = 19;
    if (text[at] == '.')
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9';) ++at;
    if (at >= text.size()) return std::nullopt;
    std::chrono::minutes offset{0};
    if (text[at] == '+' || text[at] == '-') {
        const int hours = number(at + 1, 2);
        const int minutes = number(at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
        offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
        if (text[at] == '-') offset = -offset;
    } else if (text[at] != 'Z' && text[at] != 'z') {
        return std::nullopt;
    }
    return TimePoint{std::chrono::sys_days{*date}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} - offset;
}

}  // namespace

std::optional<TimePoint> read_time(const Json& value) {
    std::optional<std::int64_t> seconds;
    if (value.is_number_unsigned() && value.get<std::uint64_t>() < 10'000'000'000'000ULL)
        seconds = value.get<std::int64_t>();
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        seconds = parse_digits(text);
        if (!seconds) return parse_rfc3339(text);
    }
    if (!seconds) return std::nullopt;
    // Some events count in milliseconds.
    return *seconds >= 100'000'000'000 ? from_epoch_ms(*seconds) : TimePoint{std::chrono::seconds{*seconds}};
}

WebhookAnswer dispatch_ack() { return {200, "application/json", R"({"op":12,"d":0})"}; }

std::optional<int> op_of(const Json& envelope) {
    const Json& op = member(envelope, "op");
    if (!op.is_number_unsigned() || op.get<std::uint64_t>() > 1000) return std::nullopt;
    return op.get<int>();
}

std::optional<Validation> validation_in(const Json& envelope) {
    const Json& data = member(envelope, "d");
    Validation found{text_or(data, "event_ts"), text_or(data, "plain_token")};
    if (!parse_digits(found.event_ts)) return std::nullopt;
    if (!is_plain_id(found.plain_token) || found.plain_token.size() > 64) return std::nullopt;
    return found;
}

Result<Inbound> read_dispatch(const Json& envelope, const InboxId& inbox, TimePoint now) {
    const std::string name = text_or(envelope, "t");
    const Json& data = member(envelope, "d");
    Message message;
    message.conversation.channel = Channel::Qq;
    message.conversation.inbox = inbox;
    message.sent_at = read_time(member(data, "timestamp")).value_or(now);
    message.received_at = now;

    if (name == "C2C_MESSAGE_CREATE" || name == "GROUP_AT_MESSAGE_CREATE") {
        const bool group = name == "GROUP_AT_MESSAGE_CREATE";
        message.conversation.group = group;
        message.conversation.peer =
            ExternalId{group ? text_or(data, "group_openid") : text_or(member(data, "author"), "user_openid")};
        // The message's own id: the platform may push one message again in a new envelope.
        message.external_id = ExternalId{text_or(data, "id")};
        message.reply_token = message.external_id;
        message.parts = parts_of(data);
        return one(std::move(message));
    }
    for (const auto& event : kEvents) {
        if (event.name != name) continue;
        message.conversation.group = event.group;
        message.conversation.peer = ExternalId{text_or(data, event.group ? "group_openid" : "openid")};
        message.external_id = ExternalId{text_or(envelope, "id")};
        message.reply_token = message.external_id;
        message.parts.push_back(ContactEvent{event.kind, name});
        return one(std::move(message));
    }
    Inbound inbound;
    inbound.ack = dispatch_ack();
    inbound.uncounted = name.empty() ? "dispatch" : name;
    return inbound;
}

}  // namespace yuanda::adapters::qq
