// Identity numbers, phones, names and credit codes: repaired where that is safe, refused with a reason otherwise.
#include "casework/validation.hpp"

#include <algorithm>
#include <cctype>

#include "core/text.hpp"

namespace yuanda::casework {
namespace {

using namespace std::chrono;

constexpr std::size_t kIdentityLength = 18;
constexpr std::size_t kCreditCodeLength = 18;
constexpr int kOldestAge = 130;

// Full-width forms (U+FF01..U+FF5E) become ASCII and every blank goes: what phones' keyboards do to digits.
std::string folded(std::string_view text) {
    std::u32string out;
    for (char32_t c : to_utf32(text)) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == U'　' || c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\n') continue;
        if (c == U'—' || c == U'–' || c == U'－') c = U'-';
        out.push_back(c);
    }
    return to_utf8(out);
}

bool digits_only(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// GB 11643-1999 section 4.2: check character of the weighted sum modulo 11.
char identity_check(std::string_view first17) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (first17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

bool is_name_character(char32_t c) {
    if (c == U'·' || c == U'•' || c == U'・') return true;
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
    const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F && c != U'〇' && c != U'々') ||
                             (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x80 && c <= 0xBF);
    const bool symbol = (c >= 0x20A0 && c <= 0x2BFF) || (c >= 0xFE00 && c <= 0xFE6F) ||
                        (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0xE000 && c <= 0xF8FF);
    return !punctuation && !symbol;
}

std::string_view without_introduction(std::string_view text) {
    constexpr std::array<std::string_view, 14> openings{"我的名字叫", "我的名字是", "我名字叫", "我叫",   "我是",
                                                        "额叫",       "额是",       "本人叫",   "本人是", "本人",
                                                        "名字叫",     "姓名是",     "姓名",     "叫"};
    text = trimmed(text);
    for (const auto opening : openings)
        if (text.size() > opening.size() && text.substr(0, opening.size()) == opening) {
            text.remove_prefix(opening.size());
            for (const std::string_view colon : {"：", ":"})
                if (text.substr(0, colon.size()) == colon) text.remove_prefix(colon.size());
            break;
        }
    return trimmed(text);
}

}  // namespace

Result<Identity> parse_identity(std::string_view text, Date today) {
    std::string number = folded(text);
    if (number.size() != kIdentityLength) return invalid("an identity number has 18 characters");
    if (number.back() == 'x') number.back() = 'X';
    if (!digits_only(std::string_view(number).substr(0, 17))) return invalid("an identity number has digits alone");
    if (identity_check(number) != number.back()) return invalid("the check character does not match");

    const std::string_view view = number;
    const Date birth{year{value_of(view.substr(6, 4))}, month{static_cast<unsigned>(value_of(view.substr(10, 2)))},
                     day{static_cast<unsigned>(value_of(view.substr(12, 2)))}};
    if (!birth.ok() || sys_days{birth} > sys_days{today} || age_on(birth, today) > kOldestAge)
        return invalid("the birth date is not possible");
    const bool male = (view[16] - '0') % 2 == 1;
    std::string division(view.substr(0, 6));
    return Identity{.number = std::move(number), .birth = birth, .male = male, .division = std::move(division)};
}

int age_on(Date birth, Date today) {
    const int years = int(today.year()) - int(birth.year());
    const bool before_birthday = std::pair(today.month(), today.day()) < std::pair(birth.month(), birth.day());
    return years - (before_birthday ? 1 : 0);
}

Result<std::string> parse_phone(std::string_view text) {
    std::string number = folded(text);
    for (const std::string_view prefix : {"+86", "0086", "86-"})
        if (number.rfind(prefix, 0) == 0) number.erase(0, prefix.size());
    std::string plain;
    std::copy_if(number.begin(), number.end(), std::back_inserter(plain), [](char c) { return c != '-'; });
    if (!digits_only(plain)) return invalid("a phone number has digits alone");
    if (plain.size() == 11 && plain[0] == '1' && plain[1] >= '3') return plain;

    // Landline 0\d{2,3}-?\d{7,8}: 010 and 02x have two digits after the zero, all others three.
    if (plain[0] != '0' || plain.size() < 10) return invalid("neither a mobile nor a landline number");
    const std::size_t area = plain[1] == '1' || plain[1] == '2' ? 3 : 4;
    const std::size_t local = plain.size() - area;
    if (local != 7 && local != 8) return invalid("a landline number has seven or eight digits after its area code");
    return plain.substr(0, area) + "-" + plain.substr(area);
}

Result<std::string> parse_name(std::string_view text) {
    if (!is_clean_utf8(text)) return invalid("the name is not valid text");
    const std::string_view name = without_introduction(text);
    const std::u32string points = to_utf32(name);
    if (points.size() < 2 || points.size() > 30) return invalid("a name has 2 to 30 characters");
    if (!std::all_of(points.begin(), points.end(), is_name_character))
        return invalid("a name has no digits or punctuation");
    return std::string(name);
}

// GB 32100-2015 section 4.2 and annex A: 31 characters, weights 3^(i-1) mod 31.
Result<std::string> parse_credit_code(std::string_view text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    constexpr std::array<int, 17> weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    std::string code = folded(text);
    for (char& c : code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (code.size() != kCreditCodeLength) return invalid("a credit code has 18 characters");
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto value = alphabet.find(code[i]);
        if (value == std::string_view::npos) return invalid("a credit code has no I, O, S, V or Z");
        sum += static_cast<int>(value) * weights[i];
    }
    if (alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] != code.back())
        return invalid("the check character does not match");
    return code;
}

}  // namespace yuanda::casework
