// ICU's Chinese words as spans of code points: segment(), terms() and the reader cut the same way.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nlu/detail/automaton.hpp"

namespace yuanda::nlu::detail {

struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// Words of normalised text in order; punctuation and spaces are none. One BreakIterator per thread.
std::vector<Span> word_spans(std::u32string_view text);
/// The same with the words of `fixed` (ordered, not overlapping) kept whole and their neighbours cut at their edges.
std::vector<Span> with_lexicon(const std::vector<Span>& words, const std::vector<Hit>& fixed);

}  // namespace yuanda::nlu::detail
