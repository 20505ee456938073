// Greedy windows over code points; a table of forbidden cuts protects graphemes, addresses and links.
#include "adapters/text_split.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace yuanda::adapters {
namespace {

std::size_t utf8_bytes(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool regional_indicator(char32_t c) { return between(c, 0x1f1e6, 0x1f1ff); }

constexpr char32_t kZeroWidthJoiner = 0x200d;

/// What belongs to the character before it: the parts of Unicode's Extend class (UAX #29) met in chat.
bool extends_previous(char32_t c) {
    return between(c, 0x300, 0x36f) || between(c, 0x1ab0, 0x1aff) || between(c, 0x1dc0, 0x1dff) ||
           between(c, 0x20d0, 0x20ff) || between(c, 0x302a, 0x302f) || between(c, 0x3099, 0x309a) ||
           between(c, 0xfe00, 0xfe0f) || between(c, 0xfe20, 0xfe2f) || between(c, 0x1f3fb, 0x1f3ff) ||
           between(c, 0xe0020, 0xe007f) || between(c, 0xe0100, 0xe01ef) || c == kZeroWidthJoiner;
}

bool inside_grapheme(const std::u32string& s, std::size_t at) {
    if (extends_previous(s[at]) || s[at - 1] == kZeroWidthJoiner) return true;
    if (s[at - 1] == U'\r' && s[at] == U'\n') return true;
    if (!regional_indicator(s[at])) return false;
    std::size_t flags = 0;  // flags are pairs: an odd run before the cut means half a flag
    while (flags < at && regional_indicator(s[at - 1 - flags])) ++flags;
    return flags % 2 == 1;
}

bool starts_with_ignoring_case(const std::u32string& s, std::size_t at, std::u32string_view ascii) {
    if (at + ascii.size() > s.size()) return false;
    for (std::size_t i = 0; i < ascii.size(); ++i) {
        const char32_t c = s[at + i];
        if ((between(c, U'A', U'Z') ? c + 32 : c) != ascii[i]) return false;
    }
    return true;
}

/// End of the address starting at `at`, or `at`. Addresses in Chinese text end at the first non-ASCII character.
std::size_t url_end(const std::u32string& s, std::size_t at) {
    if (!starts_with_ignoring_case(s, at, U"http://") && !starts_with_ignoring_case(s, at, U"https://") &&
        !starts_with_ignoring_case(s, at, U"www."))
        return at;
    std::size_t end = at;
    while (end < s.size() && between(s[end], 0x21, 0x7e) && s[end] != U'<' && s[end] != U'>' && s[end] != U'"') ++end;
    return end;
}

std::size_t link_end(const std::u32string& s, std::size_t at) {
    static constexpr std::u32string_view kClose = U"</a>";
    if (!starts_with_ignoring_case(s, at, U"<a ")) return at;
    const std::size_t close = s.find(kClose, at);
    return close == std::u32string::npos ? at : close + kClose.size();
}

struct Limits {
    std::size_t bytes;
    std::size_t chars;
};

/// forbidden[i]: no cut before code point i.
std::vector<bool> forbidden_cuts(const std::u32string& s, const Limits& limits) {
    std::vector<bool> forbidden(s.size() + 1, false);
    for (std::size_t at = 1; at < s.size(); ++at) forbidden[at] = inside_grapheme(s, at);
    for (std::size_t at = 0; at < s.size();) {
        const std::size_t end = std::max(link_end(s, at), url_end(s, at));
        std::size_t bytes = 0;
        for (std::size_t i = at; i < end; ++i) bytes += utf8_bytes(s[i]);
        const bool fits = bytes <= limits.bytes && end - at <= limits.chars;
        for (std::size_t i = at + 1; fits && i < end; ++i) forbidden[i] = true;
        at = end > at && fits ? end : at + 1;
    }
    return forbidden;
}

/// How good a cut before `at` is: 4 blank line, 3 newline, 2 sentence end, 1 comma or space, 0 anywhere.
int cut_class(const std::u32string& s, std::size_t start, std::size_t at) {
    static constexpr std::u32string_view kSentence = U"。！？；…";
    static constexpr std::u32string_view kPause = U"，、： ";
    const char32_t before = s[at - 1];
    if (before == U'\n') return at - start >= 2 && s[at - 2] == U'\n' ? 4 : 3;
    if (kSentence.find(before) != std::u32string_view::npos) return 2;
    return kPause.find(before) != std::u32string_view::npos ? 1 : 0;
}

std::size_t best_cut(const std::u32string& s, const std::vector<bool>& forbidden, std::size_t start, std::size_t end) {
    std::size_t best = 0;
    int best_class = -1;
    for (std::size_t at = end; at > start; --at) {
        if (forbidden[at]) continue;
        const bool last_two_thirds = (at - start) * 3 >= end - start;
        if (!last_two_thirds && best_class >= 0) break;
        const int found = cut_class(s, start, at);
        if (found > best_class) best = at, best_class = found;
        if (!last_two_thirds) break;
    }
    return best_class >= 0 ? best : end;
}

}  // namespace

std::vector<std::string> split_text(std::string_view text, std::size_t max_bytes, std::size_t max_chars) {
    const Limits limits{std::max<std::size_t>(max_bytes, 4), std::max<std::size_t>(max_chars, 1)};
    const std::u32string s = to_utf32(text);
    const std::vector<bool> forbidden = forbidden_cuts(s, limits);
    std::vector<std::string> pieces;
    for (std::size_t start = 0; start < s.size();) {
        std::size_t end = start;
        std::size_t bytes = 0;
        while (end < s.size() && end - start < limits.chars && bytes + utf8_bytes(s[end]) <= limits.bytes)
            bytes += utf8_bytes(s[end++]);
        const std::size_t cut = end == s.size() ? end : best_cut(s, forbidden, start, end);
        pieces.push_back(to_utf8(std::u32string_view{s}.substr(start, cut - start)));
        start = cut;
    }
    return pieces;
}

std::string without_urls(std::string_view text, std::string_view instead) {
    const std::u32string s = to_utf32(text);
    std::string out;
    for (std::size_t at = 0; at < s.size();) {
        const std::size_t end = url_end(s, at);
        out += end > at ? std::string(instead) : to_utf8(std::u32string_view{s}.substr(at, 1));
        at = std::max(end, at + 1);
    }
    return out;
}

}  // namespace yuanda::adapters
