// Money and durations: numbers that mean something by what stands around them.
#include <algorithm>
#include <array>
#include <cmath>

#include "nlu/detail/entities.hpp"
#include "nlu/detail/numerals.hpp"

namespace yuanda::nlu::detail {
namespace {

bool at_text(std::u32string_view text, std::size_t at, std::u32string_view what) {
    return at < text.size() && text.substr(at, what.size()) == what;
}

std::string fen(double yuan) { return std::to_string(std::llround(yuan * 100)); }

/// 元, 块钱, 人民币… after a number; 0 when there is none.
std::size_t money_unit(std::u32string_view text, std::size_t at) {
    for (const std::u32string_view unit : {U"元钱", U"元", U"块钱", U"块", U"人民币", U"rmb", U"圆"}) {
        if (at_text(text, at, unit)) return unit.size();
    }
    return 0;
}

/// Words that make a following bare number an amount of money.
bool money_before(std::u32string_view text, std::size_t at) {
    static constexpr std::array<std::u32string_view, 44> kBefore{
        U"欠",   U"借",   U"赔",   U"工资", U"月薪", U"工钱",   U"底薪", U"年薪", U"日薪", U"押金", U"定金",
        U"订金", U"房租", U"租金", U"彩礼", U"贷款", U"转",     U"付",   U"交",   U"充",   U"骗",   U"花",
        U"收",   U"给",   U"拿",   U"罚",   U"利息", U"本金",   U"费",   U"钱",   U"款",   U"价",   U"存",
        U"还",   U"补",   U"扣",   U"拖欠", U"收入", U"工资是", U"共计", U"总共", U"一共", U"挣",   U"值"};
    std::size_t end = at;
    // Up to two characters may stand between: 欠我三千, 赔了他5000.
    static constexpr std::u32string_view kBetween = U"我他她你了额们的是大约约个近才每月给有到快整";
    for (int skipped = 0; skipped <= 3; ++skipped) {
        const auto head = text.substr(0, end);
        if (std::any_of(kBefore.begin(), kBefore.end(), [&](std::u32string_view w) { return head.ends_with(w); }))
            return true;
        if (end == 0 || kBetween.find(text[end - 1]) == kBetween.npos) return false;
        --end;
    }
    return false;
}

/// What a number counts when it is followed by one of these: not money.
bool counts_other_things(std::u32string_view text, std::size_t at) {
    static constexpr std::u32string_view kClassifiers =
        U"人个名年月天日号米斤亩次条度字岁户页辆套股票克里步倍分件家间张份台只头口层楼栋平公小时%"
        U"点级等期周位万千百本座双把";
    return at < text.size() &&
           (kClassifiers.find(text[at]) != kClassifiers.npos || is_latin(text[at]) || text[at] == U'-');
}

bool take_money(std::u32string_view text, std::size_t begin, const Numeral& number, Findings& findings) {
    auto end = number.end;
    double value = number.value;
    if (const auto unit = money_unit(text, end)) {
        end += unit;
        // 3块5, 八块五: the tenth of a yuan.
        if (const auto tail = read_numeral(text, end);
            tail && text[end - 1] == U'块' && tail->value < 10 && value < 100) {
            value += tail->value / 10;
            end = tail->end;
        }
        for (const std::u32string_view more : {U"左右", U"多"}) {
            if (at_text(text, end, more)) end += more.size();
        }
        return findings.add(Entity::Kind::Money, begin, end, fen(value));
    }
    if (counts_other_things(text, end)) return false;
    const bool large_word = number.magnitude && value >= 100;
    const bool large_digits = number.arabic && value >= 100 && value < 1e9;
    if (!large_word && !(large_digits && money_before(text, begin))) return false;
    if (at_text(text, end, U"左右")) end += 2;
    return findings.add(Entity::Kind::Money, begin, end, fen(value));
}

struct Unit {
    std::u32string_view text;
    char letter;
};
constexpr std::array kUnits{Unit{U"个半月", 'M'}, Unit{U"年半", 'Y'},   Unit{U"年", 'y'},     Unit{U"个月", 'm'},
                            Unit{U"个礼拜", 'w'}, Unit{U"个星期", 'w'}, Unit{U"星期", 'w'},   Unit{U"周", 'w'},
                            Unit{U"个小时", 'h'}, Unit{U"小时", 'h'},   Unit{U"个钟头", 'h'}, Unit{U"天", 'd'},
                            Unit{U"日内", 'd'},   Unit{U"来月", 'm'}};

std::string amount(double value) {
    auto text = std::to_string(static_cast<long long>(value));
    if (value - std::floor(value) >= 0.05)
        text += "." + std::to_string(static_cast<int>(std::lround((value - std::floor(value)) * 10)) % 10);
    return text;
}

/// One "number unit" at `at`; moves past it. 仨月 and 俩月 lack their 个.
std::string one_duration(std::u32string_view text, std::size_t& at) {
    const auto number = read_numeral(text, at);
    if (!number || number->value > 999) return {};
    const bool short_form = number->end == at + 1 && (text[at] == U'仨' || text[at] == U'俩');
    if (short_form && at_text(text, number->end, U"月")) {
        at = number->end + 1;
        return amount(number->value) + "m";
    }
    for (const Unit& unit : kUnits) {
        if (!at_text(text, number->end, unit.text)) continue;
        if (unit.letter == 'y' && number->value >= 1900) return {};
        at = number->end + unit.text.size();
        const auto n = amount(number->value);
        if (unit.letter == 'Y') return n + "y6m";
        if (unit.letter == 'M') return n + "m15d";
        return n + unit.letter;
    }
    return {};
}

/// 半年, 半个月, 半个多月, 半天, 大半年.
std::string half(std::u32string_view text, std::size_t& at) {
    struct Half {
        std::u32string_view text;
        std::string_view value;
    };
    static constexpr std::array kHalves{Half{U"半个多月", "15d"}, Half{U"半个月", "15d"}, Half{U"半个小时", "0.5h"},
                                        Half{U"半小时", "0.5h"},  Half{U"半年", "6m"},    Half{U"半月", "15d"},
                                        Half{U"半天", "0.5d"}};
    for (const Half& h : kHalves) {
        if (!at_text(text, at, h.text)) continue;
        at += h.text.size();
        return std::string{h.value};
    }
    return {};
}

}  // namespace

void find_money(std::u32string_view text, Findings& findings) {
    for (std::size_t i = 0; i < text.size();) {
        const auto number = findings.free(i, i + 1) ? read_numeral(text, i) : std::nullopt;
        if (!number) {
            ++i;
            continue;
        }
        take_money(text, i, *number, findings);
        i = number->end;
    }
}

void find_durations(std::u32string_view text, Findings& findings) {
    for (std::size_t i = 0; i < text.size();) {
        std::size_t at = i;
        auto value = findings.free(i, i + 1) ? one_duration(text, at) : std::string{};
        if (value.empty() && findings.free(i, i + 1)) value = half(text, at);
        if (value.empty()) {
            const auto number = read_numeral(text, i);
            i = number ? number->end : i + 1;
            continue;
        }
        if (value.back() == 'y') {  // 两年零三个月, 1年3个月
            std::size_t next = at + (at_text(text, at, U"零") ? 1 : 0);
            if (const auto months = one_duration(text, next); !months.empty() && months.back() == 'm')
                value += months, at = next;
        }
        if (at_text(text, at, U"多")) ++at;
        findings.add(Entity::Kind::Duration, i, at, std::move(value));
        i = at;
    }
}

}  // namespace yuanda::nlu::detail
