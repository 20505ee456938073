// Ids and tokens from the clock and the source of randomness.
#include "core/token.hpp"

#include <sodium.h>

namespace yuanda {

std::string to_hex(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const unsigned char b : bytes) {
        out.push_back(kDigits[b >> 4]);
        out.push_back(kDigits[b & 15]);
    }
    return out;
}

std::string random_token(std::size_t bytes, Random& random) {
    std::string raw(bytes, '\0');
    random.fill(std::as_writable_bytes(std::span{raw}));
    return to_hex(raw);
}

std::string uuid_v7(TimePoint now, Random& random) {
    std::array<unsigned char, 16> b{};
    random.fill(std::as_writable_bytes(std::span{b}));
    const auto ms = static_cast<std::uint64_t>(to_epoch_ms(now));
    for (int i = 0; i < 6; ++i) b[static_cast<std::size_t>(i)] = static_cast<unsigned char>(ms >> (40 - 8 * i));
    b[6] = static_cast<unsigned char>(0x70 | (b[6] & 0x0f));
    b[8] = static_cast<unsigned char>(0x80 | (b[8] & 0x3f));
    std::string hex = to_hex({reinterpret_cast<const char*>(b.data()), b.size()});
    for (const int at : {20, 16, 12, 8}) hex.insert(static_cast<std::size_t>(at), 1, '-');
    return hex;
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

bool equal_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace yuanda
