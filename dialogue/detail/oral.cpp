// Small readers for spoken names, ages, places, phones and dates.
#include "dialogue/detail/oral.hpp"

#include <algorithm>
#include <regex>
#include <set>

#include "casework/validation.hpp"
#include "core/text.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;

constexpr std::u32string_view kNumerals = U"零〇一二两三四五六七八九十百";
constexpr std::size_t kLongestPlainName = 4;  // longer without a · is more likely a sentence

std::optional<int> digit_of(char32_t c) {
    if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
    if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
    return std::nullopt;
}

int numeral_of(char32_t c) {
    constexpr std::u32string_view units = U"零一二三四五六七八九";
    if (c == U'两') return 2;
    if (c == U'〇') return 0;
    const auto at = units.find(c);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

bool is_number_character(char32_t c) {
    return digit_of(c).has_value() || kNumerals.find(c) != std::u32string_view::npos;
}

std::optional<int> chinese_number(std::u32string_view text) {
    int total = 0, current = 0;
    for (const char32_t c : text) {
        if (c == U'百' || c == U'十') {
            total += (current == 0 ? 1 : current) * (c == U'百' ? 100 : 10);
            current = 0;
        } else if (const int value = numeral_of(c); value >= 0) {
            current = value;
        } else {
            return std::nullopt;
        }
    }
    return total + current;
}

/// The number that ends right before `end`, and where it begins.
std::optional<std::pair<int, std::size_t>> number_before(const std::u32string& text, std::size_t end) {
    std::size_t begin = end;
    while (begin > 0 && is_number_character(text[begin - 1])) --begin;
    if (begin == end) return std::nullopt;
    const auto value = spoken_number(to_utf8(std::u32string_view(text).substr(begin, end - begin)));
    if (!value) return std::nullopt;
    return std::pair(*value, begin);
}

bool is_break(char32_t c) {
    constexpr std::u32string_view breaks = U"，。,.、；;！!？?：: 　\n\t";
    return breaks.find(c) != std::u32string_view::npos;
}

std::string name_in(std::string_view text) {
    for (const std::string_view opening : {"名字叫", "我叫", "额叫", "本人叫", "姓名是", "姓名："}) {
        const auto at = text.find(opening);
        if (at == std::string_view::npos) continue;
        const std::u32string rest = to_utf32(text.substr(at + opening.size()));
        std::size_t end = 0;
        while (end < rest.size() && !is_break(rest[end])) ++end;
        std::string name = to_utf8(std::u32string_view(rest).substr(0, end));
        for (const std::string_view next : {"今年", "家在", "住在", "电话", "手机", "是"})
            if (const auto cut = name.find(next); cut != std::string::npos) name.resize(cut);
        const auto parsed = casework::parse_name(name);
        const bool plausible =
            parsed.has_value() && (code_points(*parsed) <= kLongestPlainName || parsed->find("·") != std::string::npos);
        if (plausible) return *parsed;
    }
    return {};
}

std::optional<int> age_in(std::string_view text) {
    const std::u32string points = to_utf32(text);
    for (std::size_t i = 1; i < points.size(); ++i) {
        const bool years_old = points[i] == U'岁';
        if (!years_old && points[i] != U'了') continue;
        const auto number = number_before(points, i);
        if (!number || number->first > 120) continue;
        // 六十二了 is an age only at the start of a clause and when it can be nothing else (三了 is none).
        const bool starts = number->second == 0 || is_break(points[number->second - 1]) ||
                            (number->second >= 2 && points.substr(number->second - 2, 2) == U"今年");
        if (years_old || (starts && number->first >= 14)) return number->first;
    }
    return std::nullopt;
}

std::optional<DivisionMatch> home_in(std::string_view text, const Divisions& divisions) {
    auto match = divisions.find(text);
    if (!match) return std::nullopt;
    const auto follows = [&](std::string_view word) { return text.substr(match->end).starts_with(word); };
    const auto precedes = [&](std::string_view word) { return text.substr(0, match->begin).ends_with(word); };
    const bool after = follows("的") || follows("人") || follows("县的") || follows("区的") || follows("市的");
    const bool before = precedes("家在") || precedes("住在") || precedes("住") || precedes("来自") || precedes("家是");
    if (!after && !before) return std::nullopt;
    return match;
}

std::optional<Date> next_month_day(int month_number, int day_number, Date today) {
    for (int add = 0; add <= 1; ++add) {
        const Date date{today.year() + years{add}, month{static_cast<unsigned>(month_number)},
                        day{static_cast<unsigned>(day_number)}};
        if (date.ok() && date >= today) return date;
    }
    return std::nullopt;
}

std::optional<Date> written_date(const std::string& text, Date today) {
    static const std::regex full("([0-9]{4})(?:年|-|/|\\.)([0-9]{1,2})(?:月|-|/|\\.)([0-9]{1,2})");
    static const std::regex brief("([0-9]{1,2})月([0-9]{1,2})");
    std::smatch match;
    if (std::regex_search(text, match, full)) {
        const Date date{year{std::stoi(match[1])}, month{static_cast<unsigned>(std::stoi(match[2]))},
                        day{static_cast<unsigned>(std::stoi(match[3]))}};
        if (date.ok()) return date;
        return std::nullopt;
    }
    if (std::regex_search(text, match, brief)) return next_month_day(std::stoi(match[1]), std::stoi(match[2]), today);
    return std::nullopt;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// What is said of the days left: from 还有, 还剩 on; all of it where no such word is.
std::string_view days_left_part(std::string_view text, bool& left) {
    for (const std::string_view word : {"还有", "还剩", "只剩", "剩下", "只有"})
        if (const auto at = text.find(word); at != std::string_view::npos) return left = true, text.substr(at);
    return text;
}

/// Days from today to the last day. "3天前收到", "收到10天了" look back and say nothing about it.
std::optional<int> days_ahead(std::string_view text) {
    bool left = false;
    text = days_left_part(text, left);
    if (!left && has_any(text, {"收到", "拿到", "接到", "已经"})) return std::nullopt;
    if (has_any(text, {"今天"})) return 0;
    if (has_any(text, {"大后天"})) return 3;
    if (has_any(text, {"后天"})) return 2;
    if (has_any(text, {"明天", "明儿"})) return 1;
    const auto at = text.find("天");
    if (at == std::string_view::npos) return std::nullopt;
    const bool coming = left || has_any(text, {"天后", "天内", "天之内", "天以内", "天到期", "天就"});
    const bool bare = trimmed(text).ends_with("天") && !has_any(text, {"前", "了", "过"});
    if (!coming && !bare) return std::nullopt;
    const std::u32string before = to_utf32(text.substr(0, at));
    const auto number = number_before(before, before.size());
    return number ? std::optional<int>(number->first) : std::nullopt;
}

}  // namespace

Substance substance_of(std::string_view text) {
    constexpr std::u32string_view sounds = U"啊嗯哦呃哎唉呀哈嘿呵嘛吧";
    std::set<char32_t> seen;
    Substance substance;
    for (const char32_t c : to_utf32(utf8_prefix(text, 200))) {
        const bool han = c >= 0x3400 && c <= 0x9FFF;
        const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || digit_of(c).has_value();
        if ((!han && !letter) || sounds.find(c) != std::u32string_view::npos) continue;
        ++substance.characters;
        seen.insert(c);
    }
    substance.different = seen.size();
    return substance;
}

std::optional<int> spoken_number(std::string_view text) {
    const std::u32string points = to_utf32(trimmed(text));
    if (points.empty() || points.size() > 6) return std::nullopt;
    if (!digit_of(points[0])) return chinese_number(points);
    int value = 0;
    for (const char32_t c : points) {
        const auto digit = digit_of(c);
        if (!digit || value > 99) return std::nullopt;
        value = value * 10 + *digit;
    }
    return value;
}

std::optional<int> spoken_age(std::string_view text) {
    if (const auto number = spoken_number(text); number && *number <= 130) return number;
    return age_in(text);
}

std::optional<std::string> spoken_phone(std::string_view text) {
    static const std::regex mobile("(?:^|[^0-9])(1[3-9][0-9]{9})(?:[^0-9]|$)");
    const std::string own(text);
    std::smatch match;
    if (std::regex_search(own, match, mobile)) return match[1].str();
    return std::nullopt;
}

std::optional<Date> spoken_date(std::string_view text, const nlu::Understanding& heard, Date today) {
    const std::string own(text.substr(0, 400));  // std::regex recurses: the input is bounded
    if (const auto date = written_date(own, today)) return date;
    for (const auto& entity : heard.entities)
        if (entity.kind == nlu::Entity::Kind::Date)
            if (const auto date = parse_iso_date(entity.value)) return date;
    if (const auto ahead = days_ahead(own)) return Date{sys_days{today} + days{*ahead}};
    return std::nullopt;
}

Oral listen_for_facts(std::string_view text, const Divisions& divisions) {
    text = utf8_prefix(text, 200);
    Oral oral;
    oral.name = name_in(text);
    oral.age = age_in(text);
    oral.home = home_in(text, divisions);
    oral.phone = spoken_phone(text).value_or(std::string{});
    return oral;
}

}  // namespace yuanda::dialogue
