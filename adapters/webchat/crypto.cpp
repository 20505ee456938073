// HMAC-SHA256 (RFC 2104) from OpenSSL, compared in constant time.
#include "adapters/webchat/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/token.hpp"

namespace yuanda::adapters::webchat {

bool verify_identity_hmac(std::string_view key, std::string_view identifier, std::string_view hex) {
    if (key.empty() || identifier.empty()) return false;
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    const bool made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                           reinterpret_cast<const unsigned char*>(identifier.data()), identifier.size(), mac.data(),
                           &length) != nullptr;
    return made && equal_secret(hex, to_hex({reinterpret_cast<const char*>(mac.data()), length}));
}

}  // namespace yuanda::adapters::webchat
