// How a reply looks in a WeChat text: plain words, numbered choices that are also links to tap.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/reply.hpp"

namespace yuanda::adapters::wechat {

/// Undocumented but used by every integrator; over it the platform answers 45002.
inline constexpr std::size_t kMaxTextBytes = 2048;

/// The link id of a follow-up question: its tap is read as if the contact had typed it.
inline constexpr std::string_view kAskLinkId = "ask";

/// The texts of a reply, none longer than kMaxTextBytes; empty for an empty reply. Nearly always one:
/// sections give way first, then the links; only words that still do not fit (a lawyer's) go on in another text.
std::vector<std::string> render(const Reply& reply);

/// `<a href="weixin://bizmsgmenu?…">text</a>`: a tap sends `text` with `bizmsgmenuid` = id.
std::string menu_link(std::string_view id, std::string_view text);

}  // namespace yuanda::adapters::wechat
