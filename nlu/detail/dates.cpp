// Dates, said in full or from today; relative ones keep their relation because this room has no clock.
#include <algorithm>
#include <array>

#include "nlu/detail/entities.hpp"
#include "nlu/detail/numerals.hpp"

namespace yuanda::nlu::detail {
namespace {

struct Word {
    std::u32string_view text;
    std::string_view value;
};

// Longer before shorter where one begins the other.
constexpr std::array kYears{Word{U"大前年", "y-3"}, Word{U"前年", "y-2"}, Word{U"去年", "y-1"}, Word{U"上年", "y-1"},
                            Word{U"今年", "y+0"},   Word{U"本年", "y+0"}, Word{U"明年", "y+1"}, Word{U"后年", "y+2"}};
constexpr std::array kMonths{Word{U"上上个月", "m-2"}, Word{U"上上月", "m-2"}, Word{U"上个月", "m-1"},
                             Word{U"上月", "m-1"},     Word{U"这个月", "m+0"}, Word{U"本月", "m+0"},
                             Word{U"这月", "m+0"},     Word{U"当月", "m+0"},   Word{U"下个月", "m+1"},
                             Word{U"下月", "m+1"}};
constexpr std::array kDays{Word{U"大前天", "d-3"}, Word{U"前天", "d-2"},   Word{U"昨天", "d-1"}, Word{U"昨日", "d-1"},
                           Word{U"昨晚", "d-1"},   Word{U"昨夜", "d-1"},   Word{U"昨儿", "d-1"}, Word{U"夜来", "d-1"},
                           Word{U"今天", "d+0"},   Word{U"今日", "d+0"},   Word{U"今早", "d+0"}, Word{U"今晚", "d+0"},
                           Word{U"今儿", "d+0"},   Word{U"大后天", "d+3"}, Word{U"后天", "d+2"}, Word{U"明天", "d+1"},
                           Word{U"明日", "d+1"},   Word{U"明早", "d+1"},   Word{U"明儿", "d+1"}};
constexpr std::array kWeeks{Word{U"上上周", "w-2"},   Word{U"上个星期", "w-1"}, Word{U"上个礼拜", "w-1"},
                            Word{U"上星期", "w-1"},   Word{U"上礼拜", "w-1"},   Word{U"上周", "w-1"},
                            Word{U"这周", "w+0"},     Word{U"本周", "w+0"},     Word{U"这个星期", "w+0"},
                            Word{U"下个星期", "w+1"}, Word{U"下星期", "w+1"},   Word{U"下周", "w+1"},
                            Word{U"下礼拜", "w+1"}};
constexpr std::array kUnits{Word{U"年", "y-"},     Word{U"个月", "m-"}, Word{U"月", "m-"},
                            Word{U"个星期", "w-"}, Word{U"星期", "w-"}, Word{U"周", "w-"},
                            Word{U"个礼拜", "w-"}, Word{U"天", "d-"},   Word{U"日", "d-"}};

bool at_text(std::u32string_view text, std::size_t at, std::u32string_view what) {
    return at < text.size() && text.substr(at, what.size()) == what;
}

template <std::size_t N>
const Word* word_at(const std::array<Word, N>& words, std::u32string_view text, std::size_t at) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Word& w) { return at_text(text, at, w.text); });
    return found == words.end() ? nullptr : &*found;
}

/// A whole number in [low, high] followed by one of `marks`; moves `at` past the mark.
std::optional<int> part(std::u32string_view text, std::size_t& at, int low, int high, std::u32string_view marks) {
    const auto number = read_numeral(text, at);
    if (!number || number->approximate || number->value < low || number->value > high || number->end >= text.size()) {
        return std::nullopt;
    }
    if (marks.find(text[number->end]) == marks.npos || number->value != static_cast<int>(number->value))
        return std::nullopt;
    at = number->end + 1;
    return static_cast<int>(number->value);
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

/// "10月", "10月15号" at `at`, as the tail of a date.
struct Tail {
    std::optional<int> month{}, day{};
    std::size_t end = 0;
};
Tail read_tail(std::u32string_view text, std::size_t at) {
    Tail tail{.end = at};
    if (at_text(text, at, U"的")) ++at;
    // 仨月 and 俩月 are spans of time, never March or February.
    if (at < text.size() && text[at] != U'仨' && text[at] != U'俩') tail.month = part(text, at, 1, 12, U"月");
    if (!tail.month) return tail;
    if (at_text(text, at, U"份")) ++at;
    tail.end = at;
    auto day_at = at;
    tail.day = part(text, day_at, 1, 31, U"日号");
    if (tail.day) {
        tail.end = day_at;
    } else if (const auto bare = read_numeral(text, at); bare && !bare->approximate && bare->value >= 1 &&
                                                         bare->value <= 31 && bare->arabic &&
                                                         (bare->end == text.size() || ends_clause(text[bare->end]))) {
        tail.day = static_cast<int>(bare->value);  // 11月30
        tail.end = bare->end;
    }
    return tail;
}

std::string relative(std::string head, const Tail& tail) {
    if (tail.month) head += "m" + std::to_string(*tail.month);
    if (tail.day) head += "d" + std::to_string(*tail.day);
    return head;
}

/// 2025年11月30日, 25年3月; a two-digit year without a month is an amount of years.
bool take_said(std::u32string_view text, std::size_t begin, Findings& findings) {
    auto at = begin;
    const auto year = part(text, at, 0, 2100, U"年");
    if (!year) return false;
    const auto tail = read_tail(text, at);
    const bool full = *year >= 1949, brief = *year <= 60 && tail.month && at - begin >= 3;
    if (!full && !brief) return false;
    auto value = std::to_string(full ? *year : 2000 + *year);
    if (tail.month) value += "-" + two(*tail.month);
    if (tail.day) value += "-" + two(*tail.day);
    return findings.add(Entity::Kind::Date, begin, tail.end > at ? tail.end : at, value);
}

/// 2025-11-30, 2025/11/30, 2025.11.30.
bool take_iso(std::u32string_view text, std::size_t begin, Findings& findings) {
    auto at = begin;
    const auto year = part(text, at, 1949, 2100, U"-/");
    if (!year) {
        // 2025.11.30 reads as a decimal; take it by its shape.
        if (begin + 8 > text.size() || text[begin + 4] != U'.') return false;
        const auto head = read_numeral(text.substr(0, begin + 4), begin);
        if (!head || head->end != begin + 4 || head->value < 1949 || head->value > 2100) return false;
        const auto dot = text.find(U'.', begin + 5);
        if (dot == text.npos || dot > begin + 7) return false;
        const auto month = read_numeral(text.substr(0, dot), begin + 5), day = read_numeral(text, dot + 1);
        if (!month || !day || month->end != dot || month->value < 1 || month->value > 12 || day->value < 1 ||
            day->value > 31)
            return false;
        return findings.add(Entity::Kind::Date, begin, day->end,
                            std::to_string(static_cast<int>(head->value)) + "-" + two(static_cast<int>(month->value)) +
                                "-" + two(static_cast<int>(day->value)));
    }
    const auto month = part(text, at, 1, 12, U"-/");
    if (!month) return false;
    const auto day = read_numeral(text, at);
    if (!day || day->value < 1 || day->value > 31) return false;
    return findings.add(Entity::Kind::Date, begin, day->end,
                        std::to_string(*year) + "-" + two(*month) + "-" + two(static_cast<int>(day->value)));
}

/// 去年10月, 上个月15号, 昨天, 上周五.
bool take_relative(std::u32string_view text, std::size_t begin, Findings& findings) {
    if (const Word* year = word_at(kYears, text, begin)) {
        const auto at = begin + year->text.size();
        const auto tail = read_tail(text, at);
        return findings.add(Entity::Kind::Date, begin, tail.month ? tail.end : at,
                            relative(std::string{year->value}, tail));
    }
    if (const Word* month = word_at(kMonths, text, begin)) {
        auto at = begin + month->text.size();
        auto end = at;
        std::string value{month->value};
        if (at_text(text, at, U"的")) ++at;
        if (const auto day = part(text, at, 1, 31, U"日号")) value += "d" + std::to_string(*day), end = at;
        return findings.add(Entity::Kind::Date, begin, end, value);
    }
    if (const Word* week = word_at(kWeeks, text, begin)) {
        const auto at = begin + week->text.size();
        static constexpr std::u32string_view kWeekdays = U"一二三四五六日";
        auto weekday = at < text.size() ? kWeekdays.find(text[at] == U'天' || text[at] == U'末' ? U'日' : text[at])
                                        : kWeekdays.npos;
        std::string value{week->value};
        if (weekday != kWeekdays.npos) value += "u" + std::to_string(weekday + 1);
        return findings.add(Entity::Kind::Date, begin, weekday == kWeekdays.npos ? at : at + 1, value);
    }
    const Word* day = word_at(kDays, text, begin);
    return day && findings.add(Entity::Kind::Date, begin, begin + day->text.size(), std::string{day->value});
}

/// 三个月前, 半年前, 10天以前.
bool take_ago(std::u32string_view text, std::size_t begin, Findings& findings) {
    std::size_t at = begin;
    std::string amount;
    const Word* unit = nullptr;
    if (at_text(text, begin, U"半年")) {
        unit = &kUnits[1], amount = "6", at = begin + 2;
    } else if (const auto number = read_numeral(text, begin)) {
        unit = word_at(kUnits, text, number->end);
        if (!unit || number->value < 1 || number->value > 999) return false;
        amount = std::to_string(static_cast<int>(number->value));
        at = number->end + unit->text.size();
        if (at_text(text, at, U"多")) ++at;
    }
    if (!unit) return false;
    for (const std::u32string_view ago : {U"以前", U"之前", U"前"}) {
        if (!at_text(text, at, ago) || at_text(text, at, U"前年")) continue;
        return findings.add(Entity::Kind::Date, begin, at + ago.size(), std::string{unit->value} + amount);
    }
    return false;
}

/// Most characters begin no date; asking this first halves the scan.
bool may_begin(char32_t c) {
    static constexpr std::u32string_view kFirst = U"大前去上今本明后这当下昨夜半零〇一二三四五六七八九十两俩仨";
    return is_digit(c) || kFirst.find(c) != kFirst.npos;
}

}  // namespace

void find_dates(std::u32string_view text, Findings& findings) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!findings.free(i, i + 1)) continue;
        if (!may_begin(text[i])) continue;
        // Inside a number nothing begins: 12025年 is not 2025年.
        if (i > 0 && is_digit(text[i]) && is_digit(text[i - 1])) continue;
        if (take_iso(text, i, findings) || take_said(text, i, findings) || take_relative(text, i, findings) ||
            take_ago(text, i, findings)) {
            continue;
        }
        const auto tail = read_tail(text, i);
        if (tail.month && text[i] != U'的') findings.add(Entity::Kind::Date, i, tail.end, relative({}, tail));
    }
}

}  // namespace yuanda::nlu::detail
