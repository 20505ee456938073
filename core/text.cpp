// UTF-8 checks, slicing and the masks of personal data.
#include "core/text.hpp"

namespace yuanda {
namespace {

/// Length of the sequence starting at `at`, or 0 when it is not valid UTF-8 (RFC 3629: no surrogates, no overlongs).
std::size_t sequence_length(std::string_view s, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return 1;
    const std::size_t n = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + n > s.size()) return 0;
    for (std::size_t i = 1; i < n; ++i)
        if ((byte(at + i) & 0xc0) != 0x80) return 0;
    const unsigned char second = byte(at + 1);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90) ||
        (lead == 0xf4 && second > 0x8f))
        return 0;
    return n;
}

bool continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string masked(std::string_view text, std::size_t keep_front, std::size_t keep_back, std::size_t stars) {
    const std::u32string chars = to_utf32(text);
    if (chars.size() <= keep_front + keep_back) return std::string(text.empty() ? 0 : 1, '*');
    return to_utf8(chars.substr(0, keep_front)) + std::string(stars, '*') +
           to_utf8(chars.substr(chars.size() - keep_back));
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t n = sequence_length(text, at);
        if (n == 0 || text[at] == '\0') return false;
        at += n;
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continuation(c); }));
}

std::string_view utf8_prefix(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size() && count > 0; --count) {
        ++at;
        while (at < text.size() && continuation(text[at])) ++at;
    }
    return text.substr(0, at);
}

std::u32string to_utf32(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t n = sequence_length(text, at);
        if (n == 0) {
            out.push_back(U'\uFFFD');
            ++at;
            continue;
        }
        static constexpr std::array<unsigned char, 5> kLeadMask{0, 0x7f, 0x1f, 0x0f, 0x07};
        char32_t c = static_cast<unsigned char>(text[at]) & kLeadMask[n];
        for (std::size_t i = 1; i < n; ++i) c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
        out.push_back(c);
        at += n;
    }
    return out;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size() * 3);
    const auto tail = [&](char32_t c, int shift) { out.push_back(static_cast<char>(0x80 | ((c >> shift) & 0x3f))); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            out.push_back(static_cast<char>(c));
        } else if (c < 0x800) {
            out.push_back(static_cast<char>(0xc0 | (c >> 6)));
            tail(c, 0);
        } else if (c < 0x10000) {
            out.push_back(static_cast<char>(0xe0 | (c >> 12)));
            tail(c, 6);
            tail(c, 0);
        } else {
            out.push_back(static_cast<char>(0xf0 | (c >> 18)));
            tail(c, 12);
            tail(c, 6);
            tail(c, 0);
        }
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    static constexpr std::string_view kWide = "\u3000";
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    for (bool again = true; again && !text.empty();) {
        again = false;
        if (is_space(text.front()))
            text.remove_prefix(1), again = true;
        else if (text.starts_with(kWide))
            text.remove_prefix(kWide.size()), again = true;
        if (!text.empty() && is_space(text.back()))
            text.remove_suffix(1), again = true;
        else if (text.ends_with(kWide))
            text.remove_suffix(kWide.size()), again = true;
    }
    return text;
}

std::string masked_name(std::string_view name) {
    const std::u32string chars = to_utf32(name);
    if (chars.size() <= 1) return std::string(name);
    if (chars.size() == 2) return to_utf8(chars.substr(0, 1)) + "*";
    return masked(name, 1, 1, 1);
}

std::string masked_phone(std::string_view phone) { return masked(phone, 3, 4, 4); }
std::string masked_identity(std::string_view id) { return masked(id, 3, 4, 11); }

}  // namespace yuanda
