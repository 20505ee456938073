// Matching works on code points; this is the one place where bytes become code points and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yuanda::nlu::detail {

/// A text as code points, each with its byte offset in the UTF-8 it came from.
struct Chars {
    std::u32string text;
    std::vector<std::uint32_t> at;  // text.size() + 1 offsets; the last is the byte length

    std::size_t size() const { return text.size(); }
    char32_t operator[](std::size_t i) const { return i < text.size() ? text[i] : U'\0'; }
    /// UTF-8 of [begin, end), cut from the bytes decode() was given.
    std::string slice(std::string_view utf8, std::size_t begin, std::size_t end) const {
        return std::string{utf8.substr(at[begin], at[end] - at[begin])};
    }
};

/// Broken bytes become U+FFFD, one for each; never fails.
Chars decode(std::string_view utf8);
std::u32string to_u32(std::string_view utf8);
std::string to_utf8(std::u32string_view text);
/// Without the marks and spaces of normalised text.
std::u32string without_marks(std::u32string_view text);

/// Unified ideographs, 〇 and the extensions people's names use.
inline bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x323AF);
}
inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
/// What ends a clause in normalised text (the wide forms are already narrow).
inline bool ends_clause(char32_t c) {
    return c == U',' || c == U'。' || c == U'.' || c == U'!' || c == U'?' || c == U';' || c == U'、' || c == U'\n';
}

}  // namespace yuanda::nlu::detail
