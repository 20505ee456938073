// Renders a reply and makes it fit: what matters least goes first.
#include "adapters/wechat/render.hpp"

#include "adapters/text_split.hpp"
#include "adapters/webhook.hpp"
#include "core/text.hpp"

namespace yuanda::adapters::wechat {
namespace {

constexpr std::size_t kLongItem = 80;   // characters of an item of a section, at first
constexpr std::size_t kShortItem = 40;  // and when that is not enough

struct TapLine {
    std::string_view id;
    std::string_view text;
};

std::vector<TapLine> taps_of(const Reply& reply) {
    std::vector<TapLine> taps;
    for (const auto& choice : reply.choices) taps.push_back({choice.id, choice.text});
    if (taps.empty())
        for (const auto& question : reply.follow_ups) taps.push_back({kAskLinkId, question});
    return taps;
}

/// Turns each numbered line "① text" of the rendered reply into "① <a …>text</a>", last line first so that the
/// same words in a paragraph above stay as they are. The number stays: links are lost in copies and on desktops.
std::string with_links(std::string text, const Reply& reply) {
    const auto taps = taps_of(reply);
    std::size_t end = std::string::npos;
    for (auto tap = taps.rbegin(); tap != taps.rend(); ++tap) {
        const std::size_t at = text.rfind(" " + std::string(tap->text), end);
        if (at == std::string::npos || tap->text.empty()) continue;
        text.replace(at + 1, tap->text.size(), menu_link(tap->id, tap->text));
        end = at == 0 ? 0 : at - 1;
    }
    return text;
}

/// `reply` with the items of its sections cut to `longest` characters.
Reply with_items_of(Reply reply, std::size_t longest) {
    for (auto& section : reply.sections)
        for (auto& item : section.items)
            if (code_points(item) > longest) item = std::string(utf8_prefix(item, longest - 1)) + "…";
    return reply;
}

/// Cuts the body, keeps the numbered lines.
std::vector<std::string> cut_body(const Reply& reply) {
    const std::string whole = without_controls(plain_text(reply, {}));
    PlainTextOptions bare;
    bare.numbered_choices = false;
    const std::string body = without_controls(plain_text(reply, bare));
    const std::string tail = whole.substr(std::min(body.size(), whole.size()));
    if (tail.empty() || tail.size() > kMaxTextBytes / 2) return split_text(whole, kMaxTextBytes);
    const auto pieces = split_text(body, kMaxTextBytes - tail.size() - std::string_view("…").size());
    const std::string first{trimmed(pieces.empty() ? std::string_view{} : pieces.front())};
    return {first + (pieces.size() > 1 ? "…" : "") + tail};
}

}  // namespace

std::string menu_link(std::string_view id, std::string_view text) {
    const auto escaped = [](std::string_view raw) {
        std::string out;
        for (const char c : raw) {
            switch (c) {
                case '&': out += "%26"; break;
                case '"': out += "%22"; break;
                case '<': out += "%3C"; break;
                case '>': out += "%3E"; break;
                case '%': out += "%25"; break;
                case '#': out += "%23"; break;
                case '\n': out += "%0A"; break;
                default: out.push_back(c);
            }
        }
        return out;
    };
    std::string label{text};
    std::erase_if(label, [](char c) { return c == '<' || c == '>'; });
    return "<a href=\"weixin://bizmsgmenu?msgmenucontent=" + escaped(text) + "&msgmenuid=" + escaped(id) + "\">" +
           label + "</a>";
}

std::vector<std::string> render(const Reply& reply) {
    // Long items are shortened before a section goes: a review without its facts could not be confirmed.
    for (const std::size_t longest : {std::numeric_limits<std::size_t>::max(), kLongItem, kShortItem}) {
        const std::string text = without_controls(plain_text(with_items_of(reply, longest), {}));
        if (text.empty()) return {};
        std::string linked = with_links(text, reply);
        if (linked.size() <= kMaxTextBytes) return {std::move(linked)};
    }
    Reply shown = with_items_of(reply, kShortItem);
    for (;; shown.sections.pop_back()) {
        const std::string text = without_controls(plain_text(shown, {}));
        if (text.empty()) return {};
        std::string linked = with_links(text, shown);
        if (linked.size() <= kMaxTextBytes) return {std::move(linked)};
        if (shown.sections.empty()) return text.size() <= kMaxTextBytes ? std::vector{text} : cut_body(shown);
    }
}

}  // namespace yuanda::adapters::wechat
