// Proof that the embedding site knows its visitor: an HMAC made on its server, never in the browser.
#pragma once

#include <string>
#include <string_view>

namespace yuanda::adapters::webchat {

/// True when `hex` is the lower-case hex HMAC-SHA256 of a non-empty `identifier` under a non-empty `key`.
bool verify_identity_hmac(std::string_view key, std::string_view identifier, std::string_view hex);

}  // namespace yuanda::adapters::webchat
