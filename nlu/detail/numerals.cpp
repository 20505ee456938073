// The small grammar of Chinese and Arabic numbers.
#include "nlu/detail/numerals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

int digit_of(char32_t c) {
    static constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
    if (const auto at = kDigits.find(c); at != kDigits.npos) return static_cast<int>(at);
    switch (c) {
        case U'〇': return 0;
        case U'两':
        case U'俩':
        case U'贰': return 2;
        case U'仨':
        case U'叁': return 3;
        case U'壹': return 1;
        case U'肆': return 4;
        case U'伍': return 5;
        case U'陆': return 6;
        case U'柒': return 7;
        case U'捌': return 8;
        case U'玖': return 9;
        default: return -1;
    }
}

double unit_of(char32_t c) {
    switch (c) {
        case U'十':
        case U'拾': return 10;
        case U'百':
        case U'佰': return 100;
        case U'千':
        case U'仟':
        case U'k': return 1000;
        case U'万':
        case U'w': return 1e4;
        case U'亿': return 1e8;
        default: return 0;
    }
}

/// 38400, 1,200.50; a comma counts only before exactly three digits.
double read_arabic(std::u32string_view text, std::size_t& i) {
    double value = 0;
    const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : U'\0'; };
    while (true) {
        if (is_digit(at(i))) {
            value = value * 10 + static_cast<double>(at(i) - U'0');
            ++i;
        } else if (at(i) == U',' && is_digit(at(i + 1)) && is_digit(at(i + 2)) && is_digit(at(i + 3)) &&
                   !is_digit(at(i + 4))) {
            ++i;
        } else {
            break;
        }
    }
    if (at(i) == U'.' && is_digit(at(i + 1))) {
        double place = 0.1;
        for (++i; is_digit(at(i)); ++i, place /= 10) value += place * static_cast<double>(at(i) - U'0');
    }
    return value;
}

// Longer runs are no numbers anyone means; without a bound a page of 一 would be read once from each of them.
constexpr std::size_t kMaxChars = 24;
constexpr double kMaxValue = 1e15;

bool is_approximate(std::u32string_view text, std::size_t i) {
    static constexpr std::u32string_view kMore = U"多来几余";
    return i < text.size() && kMore.find(text[i]) != kMore.npos && text.substr(i, 2) != U"多少" &&
           text.substr(i, 2) != U"多久";
}

/// One after another: digit, unit, digit, unit… `last_unit` gives the trailing digit of 八千五 its place.
struct Reader {
    double total = 0, section = 0, current = 0, last_unit = 0;
    bool pending = false, any_unit = false, estimate = false;
    int row = 0;  // digits one after another

    void digit(double value) {
        current = value;
        pending = true;
    }
    /// 三四万 is about 3万, 二零二五 is 2025.
    void settle_row() {
        const double first = std::floor(current / 10);
        if (row != 2 || current < 12 || current >= 100 || current - first * 10 != first + 1) return;
        current = first;
        estimate = true;
    }
    void unit(double size) {
        settle_row();
        if (!pending && size == 10 && section == 0) current = 1;  // 十五
        if (size >= 1e4) {
            total += (section + current) * size;
            section = 0;
        } else {
            section += current * size;
        }
        current = 0;
        pending = false;
        last_unit = size;
        any_unit = true;
        row = 0;
    }
    double finish(bool elliptic) {
        settle_row();
        if (pending && elliptic && last_unit >= 100) current *= last_unit / 10;
        return total + section + current;
    }
};

}  // namespace

std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    Numeral number{.end = at, .arabic = is_digit(text[at])};
    if (!number.arabic && digit_of(text[at]) < 0 && unit_of(text[at]) != 10) return std::nullopt;
    Reader reader;
    bool after_zero = false;
    std::size_t i = at;
    text = text.substr(0, at + kMaxChars);
    while (i < text.size()) {
        const char32_t c = text[i];
        if (is_digit(c)) {
            if (reader.pending) break;
            reader.digit(read_arabic(text, i));
        } else if (const int digit = digit_of(c); digit >= 0) {
            if (number.arabic && !reader.any_unit) break;
            after_zero = after_zero || digit == 0;
            reader.digit(reader.pending ? reader.current * 10 + digit : digit);
            ++reader.row;
            ++i;
        } else if (const double unit = unit_of(c); unit > 0) {
            if ((c == U'k' || c == U'w') && i + 1 < text.size() && is_latin(text[i + 1])) break;
            if (reader.pending || (unit == 10 && !reader.any_unit) || (unit >= 1e4 && reader.any_unit)) {
                reader.unit(unit);
                number.magnitude = number.magnitude || unit >= 100;
                ++i;
            } else {
                break;
            }
        } else if (is_approximate(text, i) && reader.any_unit && i + 1 < text.size() && unit_of(text[i + 1]) >= 1e4) {
            number.approximate = true;  // 十几万
            ++i;
        } else {
            break;
        }
    }
    if (i == at) return std::nullopt;
    number.value = std::min(reader.finish(!after_zero && reader.any_unit), kMaxValue);
    number.approximate = number.approximate || reader.estimate;
    number.end = i;
    if (is_approximate(text, i)) {
        number.approximate = true;
        ++number.end;
    }
    return number;
}

bool cuts_a_number(const Hit& hit, std::u32string_view text) {
    const auto same_kind = [&](std::size_t left, std::size_t right) {
        return (is_digit(text[left]) && is_digit(text[right])) ||
               (is_han(text[left]) && is_han(text[right]) && (digit_of(text[left]) >= 0 || unit_of(text[left]) > 0) &&
                (digit_of(text[right]) >= 0 || unit_of(text[right]) > 0));
    };
    if (hit.begin > 0 && same_kind(hit.begin - 1, hit.begin)) return true;
    // 七十 stands in 七十八岁 on purpose; digits do not: 80 is not meant in 800.
    return hit.end < text.size() && is_digit(text[hit.end - 1]) && is_digit(text[hit.end]);
}

std::string to_chinese(int number) {
    static constexpr std::array kDigits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static constexpr std::array kUnits{"千", "百", "十", ""};
    std::string out;
    int divisor = 1000;
    bool zero = false;
    for (const auto* unit : kUnits) {
        const int digit = number / divisor % 10;
        if (digit == 0) {
            zero = !out.empty();
        } else {
            if (zero) out += kDigits[0];
            // 十五, not 一十五; but 一百一十五.
            const bool bare_ten = divisor == 10 && digit == 1 && out.empty();
            if (!bare_ten) out += kDigits[static_cast<std::size_t>(digit)];
            out += unit;
            zero = false;
        }
        divisor /= 10;
    }
    return out;
}

}  // namespace yuanda::nlu::detail
