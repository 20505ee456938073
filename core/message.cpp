// Names of channels and the spoken text of a message.
#include "core/message.hpp"

namespace yuanda {
namespace {
constexpr std::array<std::pair<Channel, std::string_view>, 6> kChannels{{{Channel::Wechat, "wechat"},
                                                                         {Channel::Wecom, "wecom"},
                                                                         {Channel::Qq, "qq"},
                                                                         {Channel::Onebot, "onebot"},
                                                                         {Channel::Webchat, "webchat"},
                                                                         {Channel::Hotline, "hotline"}}};
}

std::string_view name_of(Channel channel) {
    for (const auto& [value, name] : kChannels)
        if (value == channel) return name;
    return "webchat";
}

std::optional<Channel> channel_from(std::string_view name) {
    for (const auto& [value, known] : kChannels)
        if (known == name) return value;
    return std::nullopt;
}

std::string spoken_text(const Message& message) {
    std::string out;
    for (const auto& part : message.parts) {
        std::string_view line;
        if (const auto* text = std::get_if<Text>(&part)) line = text->text;
        if (const auto* choice = std::get_if<Choice>(&part)) line = choice->text;
        const auto* media = std::get_if<Media>(&part);
        if (media && media->kind == Media::Kind::Voice) line = media->description;
        if (line.empty()) continue;
        if (!out.empty()) out.push_back('\n');
        out.append(line);
    }
    return out;
}

}  // namespace yuanda
