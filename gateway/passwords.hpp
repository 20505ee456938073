// Staff passwords: the rules they must meet, and Argon2id hashes that cost what a guess should cost.
#pragma once

#include <string>
#include <string_view>

#include "core/ports.hpp"
#include "core/result.hpp"

namespace yuanda::gateway {

/// At least 10 characters, three of the four classes (capitals, small letters, digits, others), without the
/// login in it, at most 128 bytes. InvalidInput; `detail` is a Chinese sentence that staff may be shown.
Result<> check_password(std::string_view password, std::string_view login);

/// Argon2id, 64 MiB, t = 3, p = 1, in libsodium's string form. Takes about 170 ms and at most four run at
/// once (others wait), so it belongs on the worker pool. Unavailable when memory is short.
Result<std::string> hash_password(std::string_view password);

/// The same cost for every hash, an empty or broken one too: a login that does not exist takes as long as
/// one that does. Blocking, as above.
bool verify_password(const std::string& hash, std::string_view password);

/// How many hashes are being computed at this moment, 0..4.
int passwords_in_work();

/// "kq7m-x3fd-9wht-rn4c": four groups without characters that look alike, 78 bits; meets the rules above.
std::string one_time_password(Random& random);

}  // namespace yuanda::gateway
