// Seals personal fields: a stolen database, backup or log shows no name, phone or identity number.
#pragma once

#include <string>
#include <string_view>

#include "core/ports.hpp"
#include "core/result.hpp"

namespace yuanda {

/// Where a sealed value lives; it opens nowhere else (additional authenticated data).
struct SealPlace {
    std::string_view table;
    std::string_view column;
    std::string_view row;
};

/// XChaCha20-Poly1305 (libsodium) under a 32-byte key. Text form: base64url of
/// ver(1) | suite(1) | kid(4) | nonce(24) | ciphertext | tag(16). Thread-safe after construction.
class Sealer {
public:
    /// `master`: 32 bytes; field key and search key are derived from it (crypto_kdf).
    static Result<Sealer> from_master(std::string_view master, Random& random);
    /// Reads a key file (64 hex digits, mode 0400 or 0600); makes one when absent and `create` is set.
    static Result<Sealer> from_file(const std::string& path, bool create, Random& random);

    std::string seal(std::string_view plain, const SealPlace& place) const;
    /// InvalidInput when the text is not ours, was moved or was changed.
    Result<std::string> open(std::string_view sealed, const SealPlace& place) const;
    /// Keyed hash for exact search, 32 hex digits; equal input and `purpose`, equal output.
    std::string search_key(std::string_view plain, std::string_view purpose) const;

private:
    Sealer(std::string field_key, std::string hash_key, Random& random);
    std::string field_key_;
    std::string hash_key_;
    Random* random_;
};

}  // namespace yuanda
