// Ed25519 from OpenSSL.
#include "adapters/qq/crypto.hpp"

#include <openssl/evp.h>

#include <array>
#include <optional>

#include "core/token.hpp"

namespace yuanda::adapters::qq {
namespace {

constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
Context new_context() { return {EVP_MD_CTX_new(), &EVP_MD_CTX_free}; }

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::optional<unsigned> hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

std::optional<std::string> signature_bytes(std::string_view hex) {
    if (hex.size() != 2 * kSignatureBytes) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = hex_value(hex[i]);
        const auto low = hex_value(hex[i + 1]);
        if (!high || !low) return std::nullopt;
        out.push_back(static_cast<char>(*high << 4 | *low));
    }
    return out;
}

}  // namespace

struct SigningKey::Pair {
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
};

std::string seed_from(std::string_view secret) {
    std::string seed;
    while (!secret.empty() && seed.size() < kSeedBytes) seed += secret;
    seed.resize(kSeedBytes);
    return seed;
}

Result<SigningKey> SigningKey::from_secret(std::string_view secret) {
    if (secret.empty()) return invalid("app_secret is missing");
    const std::string seed = seed_from(secret);
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()), &EVP_PKEY_free};
    if (!key) return Error(ErrorCode::Internal, "Ed25519 is not available");
    auto pair = std::make_shared<Pair>(Pair{std::move(key)});
    return SigningKey{std::move(pair)};
}

std::string SigningKey::sign_hex(std::string_view message) const {
    std::array<unsigned char, kSignatureBytes> signature{};
    std::size_t length = signature.size();
    const Context context = new_context();
    const bool done = context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair_->key.get()) == 1 &&
                      EVP_DigestSign(context.get(), signature.data(), &length, bytes_of(message), message.size()) == 1;
    return done ? to_hex({reinterpret_cast<const char*>(signature.data()), length}) : std::string{};
}

bool SigningKey::verify_hex(std::string_view message, std::string_view signature_hex) const {
    const auto signature = signature_bytes(signature_hex);
    if (!signature || (static_cast<unsigned char>(signature->back()) & 0xe0) != 0) return false;
    const Context context = new_context();
    return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pair_->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(), bytes_of(message),
                            message.size()) == 1;
}

std::string SigningKey::public_key_hex() const {
    std::array<unsigned char, 32> raw{};
    std::size_t length = raw.size();
    EVP_PKEY_get_raw_public_key(pair_->key.get(), raw.data(), &length);
    return to_hex({reinterpret_cast<const char*>(raw.data()), length});
}

}  // namespace yuanda::adapters::qq
