// Decodes UTF-8 once per utterance so that every matcher can index characters.
#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

int length_of(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

/// One character at `i`; advances `i` past it, by one byte when it is broken.
char32_t take(std::string_view utf8, std::size_t& i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const int length = length_of(lead);
    if (length <= 1 || i + static_cast<std::size_t>(length) > utf8.size()) {
        ++i;
        return length == 1 ? lead : kReplacement;
    }
    char32_t c = lead & (0xFFu >> (length + 1));
    for (int k = 1; k < length; ++k) {
        const auto byte = static_cast<unsigned char>(utf8[i + static_cast<std::size_t>(k)]);
        if ((byte & 0xC0) != 0x80) {
            ++i;
            return kReplacement;
        }
        c = (c << 6) | (byte & 0x3Fu);
    }
    i += static_cast<std::size_t>(length);
    return c;
}

void append(std::string& out, char32_t c) {
    const auto byte = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)),
            byte(0x80 | (c & 0x3F));
    }
}

}  // namespace

Chars decode(std::string_view utf8) {
    Chars chars;
    chars.text.reserve(utf8.size() / 2);
    chars.at.reserve(utf8.size() / 2 + 1);
    for (std::size_t i = 0; i < utf8.size();) {
        chars.at.push_back(static_cast<std::uint32_t>(i));
        chars.text.push_back(take(utf8, i));
    }
    chars.at.push_back(static_cast<std::uint32_t>(utf8.size()));
    return chars;
}

std::u32string to_u32(std::string_view utf8) {
    std::u32string text;
    text.reserve(utf8.size() / 2);
    for (std::size_t i = 0; i < utf8.size();) text.push_back(take(utf8, i));
    return text;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size() * 3);
    for (const char32_t c : text) append(out, c);
    return out;
}

std::u32string without_marks(std::u32string_view text) {
    static constexpr std::u32string_view kMarks = U" ,.!?。、~;:";
    std::u32string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        if (kMarks.find(c) == kMarks.npos) out.push_back(c);
    }
    return out;
}

}  // namespace yuanda::nlu::detail
