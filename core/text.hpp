// UTF-8 helpers shared by all rooms; anything deeper about Chinese text is the business of nlu.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yuanda {

/// Valid UTF-8 without NUL (PostgreSQL cuts text at NUL, so it is refused at the edge).
bool is_clean_utf8(std::string_view text);
/// Number of code points of valid UTF-8.
std::size_t code_points(std::string_view text);
/// The first `count` code points.
std::string_view utf8_prefix(std::string_view text, std::size_t count);
/// Code points of valid UTF-8, and back.
std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);
/// Without ASCII and ideographic white space at both ends.
std::string_view trimmed(std::string_view text);

/// "王*英", "138****1234", "610***********0005": how personal data looks wherever it is not asked for by name.
std::string masked_name(std::string_view name);
std::string masked_phone(std::string_view phone);
std::string masked_identity(std::string_view id);

}  // namespace yuanda
