// XChaCha20-Poly1305 sealing with libsodium, bound to table, column and row.
#include "core/seal.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "core/token.hpp"

namespace yuanda {
namespace {

constexpr unsigned char kVersion = 1;
constexpr unsigned char kSuite = 1;  // XChaCha20-Poly1305 IETF
constexpr std::size_t kKeyId = 4;
constexpr std::size_t kHeader = 2 + kKeyId;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* bytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

std::string derive(std::string_view master, std::uint64_t number) {
    std::string key(kKey, '\0');
    crypto_kdf_derive_from_key(bytes(key), key.size(), number, "yuandakv", bytes(master));
    return key;
}

/// The first bytes of the key's hash name it, so that a rotation can tell old from new.
std::string key_id(std::string_view key) {
    std::string id(crypto_generichash_BYTES, '\0');
    crypto_generichash(bytes(id), id.size(), bytes(key), key.size(), nullptr, 0);
    return id.substr(0, kKeyId);
}

std::string associated(std::string_view header, const SealPlace& place) {
    std::string out{header};
    for (const std::string_view part : {place.table, place.column, place.row}) {
        out += '|';
        out += part;
    }
    return out;
}

std::string to_base64(std::string_view raw) {
    std::string out(sodium_base64_encoded_len(raw.size(), kBase64), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes(raw), raw.size(), kBase64);
    out.resize(out.size() - 1);  // the terminating NUL sodium counts
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes(out), out.size(), text.data(), text.size(), nullptr, &length, &end, kBase64) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    out.resize(length);
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string out(text.size() / 2, '\0');
    std::size_t length = 0;
    if (sodium_hex2bin(bytes(out), out.size(), text.data(), text.size(), nullptr, &length, nullptr) != 0 ||
        length * 2 != text.size())
        return std::nullopt;
    return out;
}

Result<> create_key_file(const std::string& path, Random& random) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (file < 0) return Error{ErrorCode::Unavailable, "key file cannot be made: " + path};
    const std::string hex = random_token(kKey, random) + "\n";
    const bool written =
        ::write(file, hex.data(), hex.size()) == static_cast<ssize_t>(hex.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!written) return Error{ErrorCode::Unavailable, "key file cannot be written: " + path};
    return {};
}

}  // namespace

Sealer::Sealer(std::string field_key, std::string hash_key, Random& random)
    : field_key_(std::move(field_key)), hash_key_(std::move(hash_key)), random_(&random) {}

Result<Sealer> Sealer::from_master(std::string_view master, Random& random) {
    if (sodium_init() < 0) return Error{ErrorCode::Internal, "libsodium cannot start"};
    if (master.size() != crypto_kdf_KEYBYTES) return invalid("the master key must be 32 bytes");
    return Sealer{derive(master, 1), derive(master, 2), random};
}

Result<Sealer> Sealer::from_file(const std::string& path, bool create, Random& random) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        if (!create) return Error{ErrorCode::NotFound, "no key file: " + path};
        if (const auto made = create_key_file(path, random); !made) return made.error();
    } else if ((info.st_mode & 0077) != 0) {
        return Error{ErrorCode::Forbidden, "key file is readable by others (chmod 0400): " + path};
    }
    std::ifstream file{path};
    std::string hex;
    file >> hex;
    const auto master = from_hex(hex);
    if (!master) return invalid("key file is not 64 hex digits: " + path);
    return from_master(*master, random);
}

std::string Sealer::seal(std::string_view plain, const SealPlace& place) const {
    std::string header{static_cast<char>(kVersion), static_cast<char>(kSuite)};
    header += key_id(field_key_);
    std::string nonce(kNonce, '\0');
    random_->fill(std::as_writable_bytes(std::span{nonce}));
    const std::string data = associated(header, place);
    std::string cipher(plain.size() + kTag, '\0');
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(cipher), &length, bytes(plain), plain.size(), bytes(data),
                                               data.size(), nullptr, bytes(nonce), bytes(field_key_));
    return to_base64(header + nonce + cipher);
}

Result<std::string> Sealer::open(std::string_view sealed, const SealPlace& place) const {
    const auto raw = from_base64(sealed);
    if (!raw || raw->size() < kHeader + kNonce + kTag) return invalid("sealed field: not ours");
    const std::string_view header = std::string_view{*raw}.substr(0, kHeader);
    const std::string_view nonce = std::string_view{*raw}.substr(kHeader, kNonce);
    const std::string_view cipher = std::string_view{*raw}.substr(kHeader + kNonce);
    if (header.substr(2) != key_id(field_key_)) return invalid("sealed field: another key");
    const std::string data = associated(header, place);
    std::string plain(cipher.size() - kTag, '\0');
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), &length, nullptr, bytes(cipher), cipher.size(),
                                                   bytes(data), data.size(), bytes(nonce), bytes(field_key_)) != 0)
        return invalid("sealed field: changed or moved");
    return plain;
}

std::string Sealer::search_key(std::string_view plain, std::string_view purpose) const {
    crypto_generichash_state state;
    std::string hash(16, '\0');
    crypto_generichash_init(&state, bytes(hash_key_), hash_key_.size(), hash.size());
    crypto_generichash_update(&state, bytes(purpose), purpose.size());
    crypto_generichash_update(&state, bytes("|"), 1);
    crypto_generichash_update(&state, bytes(plain), plain.size());
    crypto_generichash_final(&state, bytes(hash), hash.size());
    return to_hex(hash);
}

}  // namespace yuanda
