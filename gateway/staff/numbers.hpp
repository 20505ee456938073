// Telephone and identity numbers inside what people wrote: who has not accepted a conversation reads them masked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yuanda::gateway::staff {

/// `text` with its telephone numbers as 138****5678, and identity and bank cards as 610***********0005: every number
/// of 11 digits or more, with or without blanks and hyphens in it. Sums, days and article numbers are shorter.
std::string with_masked_numbers(std::string_view text);

/// The first mobile number in `text`, its digits alone.
std::optional<std::string> mobile_in(std::string_view text);

}  // namespace yuanda::gateway::staff
