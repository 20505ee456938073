// The canonical message: what every channel's adapter turns its bytes into.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace yuanda {

enum class Channel { Wechat, Wecom, Qq, Onebot, Webchat, Hotline };
std::string_view name_of(Channel channel);  // "wechat"
std::optional<Channel> channel_from(std::string_view name);

/// Whom we talk to and where. `peer` is the channel's own id of the person (OpenID, user_openid, visitor id).
struct ConversationKey {
    Channel channel = Channel::Webchat;
    InboxId inbox;
    ExternalId peer;
    bool group = false;  // peer is a group: only general law is answered there
    auto operator<=>(const ConversationKey&) const = default;
};

struct Text {
    std::string text;  // UTF-8, valid, no NUL
    bool operator==(const Text&) const = default;
};
/// A tapped choice of an earlier reply; `text` is what the button said.
struct Choice {
    std::string id;
    std::string text;
    bool operator==(const Choice&) const = default;
};
/// Content we cannot read yet (picture, voice, place…); `media_id` lets a later version fetch it.
struct Media {
    enum class Kind { Image, Voice, Video, File, Location, Link, Other };
    Kind kind = Kind::Other;
    std::string media_id;
    std::string description;  // Voice: recognised speech; a place's label, a link's title: nobody said those
    bool operator==(const Media&) const = default;
};
/// Something the contact did rather than said.
struct ContactEvent {
    enum class Kind { Subscribed, Unsubscribed, Entered, Other };
    Kind kind = Kind::Other;
    std::string name;  // the channel's name of it, for the metric
    bool operator==(const ContactEvent&) const = default;
};

using Part = std::variant<Text, Choice, Media, ContactEvent>;

/// One inbound message. Stored before it is acknowledged.
struct Message {
    ConversationKey conversation;
    ExternalId external_id;   // our dedupe key within the inbox: platforms repeat themselves
    ExternalId reply_token;   // what a passive reply must name (QQ msg_id); empty where there is none
    TimePoint sent_at;        // channel's clock, UTC
    TimePoint received_at;    // ours; SLAs count from here
    std::vector<Part> parts;  // never empty
    std::string own_id;       // the account's own id to put into a reply (WeChat gh_ id); empty elsewhere
};

/// All that was said, choices by their text, one line a part; empty for events and for media but recognised speech.
std::string spoken_text(const Message& message);

}  // namespace yuanda
