// Makes ids and tokens: UUIDv7 for rows, pure randomness for whatever grants access.
#pragma once

#include <string>
#include <string_view>

#include "core/ports.hpp"

namespace yuanda {

/// UUIDv7 (RFC 9562 section 5.7): 48-bit epoch milliseconds, then random. Sorts by time; never a permission.
std::string uuid_v7(TimePoint now, Random& random);

/// `bytes` random bytes as lower-case hex. 16 for public codes, 32 for session tokens.
std::string random_token(std::size_t bytes, Random& random);

std::string to_hex(std::string_view bytes);
/// SHA-256 in hex: how tokens are stored, and how a body is named in a key.
std::string sha256_hex(std::string_view bytes);
/// Constant-time comparison of two strings of equal meaning (signatures, tokens).
bool equal_secret(std::string_view a, std::string_view b);

}  // namespace yuanda
