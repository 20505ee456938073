// Writes an entry as the file it could have been read from: the form in which revisions are kept.
#pragma once

#include <string>

#include "kb/entry.hpp"

namespace yuanda::kb {

/// parse_entry() gives the same entry back, unless a text holds what the small Markdown takes for a mark of its own
/// (a conclusion that begins with "## "): whoever lets people type must compare.
std::string entry_text(const Entry& entry);

}  // namespace yuanda::kb
