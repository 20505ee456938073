// Reads the Markdown body of an entry: the conclusion, then sections of items.
#pragma once

#include <string_view>

#include "kb/entry.hpp"

namespace yuanda::kb::detail {

/// Fills conclusion and sections. Only paragraphs, `## title`, `1. item` and `- item` exist; anything a
/// channel could not show (deeper headings, a list that changes its kind) is InvalidInput with its line.
Result<> parse_body(std::string_view markdown, int first_line, Entry& entry);

}  // namespace yuanda::kb::detail
