// Reads numbers as people write them: 38400, 2万, 1.5万, 八千五, 两万三, 一百零五, 仨.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "nlu/detail/automaton.hpp"

namespace yuanda::nlu::detail {

struct Numeral {
    double value = 0;
    std::size_t end = 0;       // one past the last character of the number, 多/几 not included
    bool arabic = false;       // it began with a digit
    bool magnitude = false;    // a 万 千 百 亿 stood in it: large enough to be money
    bool approximate = false;  // 多, 来, 几, 余 after it; `end` then lies past that character
};

/// The number that starts at `at`, or nothing. 八千五 is 8500, 一百二 is 120, 两 and 俩 are 2, 仨 is 3.
std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t at);
/// Whether a phrase found in `text` begins or ends inside a number: 12345 in a phone number, 37天 in 137天, 五岁 in
/// 三十五岁.
bool cuts_a_number(const Hit& hit, std::u32string_view text);
/// 1..1,260 and beyond, as articles are numbered: 1076 -> 一千零七十六. Range 1..9,999.
std::string to_chinese(int number);

}  // namespace yuanda::nlu::detail
