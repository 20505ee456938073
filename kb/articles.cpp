// Article numbers as the law prints them, 第二百七十六条之一, and as people type them, 276条.
#include <array>
#include <charconv>

#include "core/text.hpp"
#include "kb/statutes.hpp"

namespace yuanda::kb {
namespace {

constexpr int kLargest = 9999;
constexpr std::array<std::u32string_view, 2> kDigits{U"零一二三四五六七八九", U"〇壹贰叁肆伍陆柒捌玖"};

/// 0..9, or -1.
int digit_of(char32_t c) {
    if (c == U'两') return 2;
    for (const auto& row : kDigits) {
        const auto at = row.find(c);
        if (at != std::u32string_view::npos) return static_cast<int>(at);
    }
    return -1;
}

/// 10, 100, 1000, or 0.
int unit_of(char32_t c) {
    switch (c) {
        case U'十':
        case U'拾': return 10;
        case U'百':
        case U'佰': return 100;
        case U'千':
        case U'仟': return 1000;
        default: return 0;
    }
}

/// Additive (一千零七十六) or positional (一〇七六) Chinese numerals; 0 when it is neither.
int chinese_number(std::u32string_view text) {
    int total = 0;
    int digit = -1;
    int digits_in_row = 0;
    bool units = false;
    for (const auto c : text) {
        if (const int unit = unit_of(c)) {
            if (digits_in_row > 2) return 0;  // a positional run has no units
            total += (digit > 0 ? digit : 1) * unit;
            digit = -1;
            digits_in_row = 0;
            units = true;
        } else {
            const int value = digit_of(c);
            if (value < 0) return 0;
            digit = !units && digits_in_row > 0 ? digit * 10 + value : value;
            ++digits_in_row;
        }
        if (total > kLargest || digit > kLargest) return 0;
    }
    return total + (digit > 0 ? digit : 0);
}

int arabic_number(std::u32string_view text) {
    int total = 0;
    for (const auto c : text) {
        const int value = c >= U'0' && c <= U'9'     ? static_cast<int>(c - U'0')
                          : c >= U'０' && c <= U'９' ? static_cast<int>(c - U'０')
                                                     : -1;
        if (value < 0) return 0;
        total = total * 10 + value;
        if (total > kLargest) return 0;
    }
    return total;
}

int number_of(std::u32string_view text) {
    if (text.empty()) return 0;
    const int arabic = arabic_number(text);
    return arabic > 0 ? arabic : chinese_number(text);
}

/// What may follow the article: nothing, or the paragraph and item people like to add (第一款第二项).
bool is_paragraph_reference(std::u32string_view text) {
    while (!text.empty()) {
        const auto end = text.find_first_of(U"款项");
        if (text.front() != U'第' || end == std::u32string_view::npos) return false;
        auto number = text.substr(1, end - 1);
        if (number.size() > 2 && (number.front() == U'（' || number.front() == U'('))
            number = number.substr(1, number.size() - 2);
        if (number_of(number) == 0) return false;
        text.remove_prefix(end + 1);
    }
    return true;
}

}  // namespace

std::optional<ArticleNumber> parse_article(std::string_view text) {
    const auto wide = to_utf32(trimmed(text));
    std::u32string_view rest = wide;
    if (rest.starts_with(U'第')) rest.remove_prefix(1);
    const auto end = rest.find(U'条');
    // A bare number is read too, with or without 之一 (276, 276之一).
    const auto stop = end != std::u32string_view::npos ? end : std::min(rest.find(U'之'), rest.size());
    ArticleNumber result{number_of(rest.substr(0, stop)), 0};
    if (result.number == 0) return std::nullopt;
    rest.remove_prefix(stop);
    if (rest.starts_with(U'条')) rest.remove_prefix(1);
    if (rest.starts_with(U'之')) {
        const auto tail = std::min(rest.find(U'第'), rest.size());
        result.suffix = number_of(rest.substr(1, tail - 1));
        if (result.suffix == 0) return std::nullopt;
        rest.remove_prefix(tail);
    }
    if (!is_paragraph_reference(rest)) return std::nullopt;
    return result;
}

namespace {

/// 1..9999 in additive numerals; 十五 at the front, 一百一十五 inside.
std::string chinese_text(int number) {
    static constexpr std::array<const char*, 10> kNames{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static constexpr std::array<std::pair<int, const char*>, 4> kUnits{
        {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}}};
    std::string out;
    bool zero = false;
    for (const auto& [unit, name] : kUnits) {
        const int digit = number / unit % 10;
        if (digit == 0) {
            zero = !out.empty();
            continue;
        }
        if (zero) out += kNames[0];
        zero = false;
        if (!(unit == 10 && digit == 1 && out.empty())) out += kNames[static_cast<std::size_t>(digit)];
        out += name;
    }
    return out;
}

}  // namespace

std::string article_text(ArticleNumber number) {
    auto out = "第" + chinese_text(number.number) + "条";
    if (number.suffix > 0) out += "之" + chinese_text(number.suffix);
    return out;
}

}  // namespace yuanda::kb
