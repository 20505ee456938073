// QQ's official webhook signature: Ed25519 over timestamp and raw body, the key drawn from the bot's secret.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace yuanda::adapters::qq {

/// The secret repeated until it has 32 bytes, cut to 32 (official guide, "签名"). `secret`: not empty.
std::string seed_from(std::string_view secret);

/// The key pair of one bot. Immutable, thread-safe.
class SigningKey {
public:
    /// InvalidInput for an empty secret.
    static Result<SigningKey> from_secret(std::string_view secret);

    /// 128 hex digits.
    std::string sign_hex(std::string_view message) const;
    /// False unless `signature_hex` is 64 bytes with sig[63] & 0xE0 == 0 and S < L (RFC 8032 section 5.1.7).
    bool verify_hex(std::string_view message, std::string_view signature_hex) const;
    std::string public_key_hex() const;

private:
    struct Pair;
    explicit SigningKey(std::shared_ptr<const Pair> pair) : pair_(std::move(pair)) {}
    std::shared_ptr<const Pair> pair_;
};

}  // namespace yuanda::adapters::qq
