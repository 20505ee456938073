// Facts people drop while answering something else: "我叫王秀英，六十二了，周至的".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "dialogue/detail/divisions.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::dialogue {

/// What was clearly said; only patterns that leave no doubt.
struct Oral {
    std::string name;
    std::optional<int> age;
    std::optional<DivisionMatch> home;
    std::string phone;
};
Oral listen_for_facts(std::string_view text, const Divisions& divisions);

/// How much there is to understand: characters that mean something (no marks, faces or 啊, 嗯), and how many different
/// ones. 长长长长 is 4 and 1.
struct Substance {
    std::size_t characters = 0;
    std::size_t different = 0;
};
Substance substance_of(std::string_view text);

/// 62, ６２, 六十二, 一百零三; nullopt for anything else. Up to 999.
std::optional<int> spoken_number(std::string_view text);
/// An age: "62", "六十二了", "今年62岁". 0..130.
std::optional<int> spoken_age(std::string_view text);
/// A mobile number anywhere in the text.
std::optional<std::string> spoken_phone(std::string_view text);
/// 2026年12月2日, 2026-12-02, 12月2日 (the next one), 明天, 还有3天, or an ISO date entity.
std::optional<Date> spoken_date(std::string_view text, const nlu::Understanding& heard, Date today);

}  // namespace yuanda::dialogue
