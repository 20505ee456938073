// Reads the TOML head of an entry, strictly: a misspelt key must not lose a field in silence.
#pragma once

#include <string_view>

#include "kb/entry.hpp"

namespace yuanda::kb::detail {

/// `first_line`: the file's line on which `toml` begins, so that errors name the file's own lines.
/// Fields may be absent (lint names them); a wrong type, an unknown key or a bad date is InvalidInput.
Result<Entry> parse_front_matter(std::string_view toml, int first_line);

}  // namespace yuanda::kb::detail
