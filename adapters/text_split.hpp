// Channels limit a message in bytes; this cuts long Chinese text where a reader would pause.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace yuanda::adapters {

/// Pieces of at most `max_bytes` bytes and `max_chars` code points that concatenate to `text`.
///
/// `text`: valid UTF-8. `max_bytes`: 4 or more. The cut is the last one in the last two thirds of the window,
/// by class: blank line, newline, sentence end, comma or space, anywhere. Never inside a grapheme, a URL or an
/// <a …>…</a> that itself fits a piece; a grapheme longer than a piece is cut between code points.
std::vector<std::string> split_text(std::string_view text, std::size_t max_bytes,
                                    std::size_t max_chars = std::numeric_limits<std::size_t>::max());

/// `text` with every http(s):// and www. address replaced by `instead`.
std::string without_urls(std::string_view text, std::string_view instead);

}  // namespace yuanda::adapters
