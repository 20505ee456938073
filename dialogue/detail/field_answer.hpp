// Turns what was said into the fact a field asks for.
#pragma once

#include <string>
#include <string_view>

#include "casework/application.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "dialogue/detail/divisions.hpp"
#include "dialogue/detail/texts.hpp"
#include "dialogue/form.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::dialogue {

constexpr std::size_t kLongestText = 1000;  // characters kept of a free text

struct Saying {
    std::string text;  // trimmed, as typed
    const nlu::Understanding& heard;
    Date today;
};

/// The facts one answer yields (a division gives its name and "<key>_code"). InvalidInput when it answers nothing;
/// the detail is the kind of the field.
Result<casework::Facts> parse_answer(const Field& field, const Saying& saying, const Divisions& divisions,
                                     const Texts& texts);

/// The option that was meant, by text, by value or by one of its words; null when none fits.
const FieldOption* matching_option(const Field& field, std::string_view text);

}  // namespace yuanda::dialogue
