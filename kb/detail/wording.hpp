// A way of asking, ready to be held against others: what is left without marks, and its pairs of characters.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/entry.hpp"

namespace yuanda::kb::detail {

/// Neighbouring characters of a wording, sorted and distinct.
using Pairs = std::vector<std::pair<char32_t, char32_t>>;
std::size_t shared(const Pairs& a, const Pairs& b);

struct Wording {
    std::string text;
    std::string surface;
    Pairs pairs;
};
Wording wording_of(const std::string& text);
/// The question, then its variants.
std::vector<Wording> wordings_of(const Entry& entry);

/// Nearly the same, but not equal: that is another rule's business.
bool alike(const Wording& a, const Wording& b);

}  // namespace yuanda::kb::detail
