// OpenSSL's AES with the padding done by hand: its own knows only blocks of 16 and refuses what WeChat sends.
#include "adapters/wechat/crypto.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/token.hpp"

namespace yuanda::adapters::wechat {
namespace {

constexpr std::size_t kBlock = 32;
constexpr std::size_t kAesBlock = 16;
constexpr std::size_t kRandomBytes = 16;
constexpr std::size_t kHeaderBytes = kRandomBytes + 4;
constexpr std::size_t kKeyBytes = 32;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Error unreadable() { return {ErrorCode::Forbidden, "envelope does not open"}; }

/// Characters to bytes; unused bits of the last character are dropped.
Result<std::string> decode_sextets(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 3 / 4);
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos) return invalid("not base64");
        bits = ((bits << 6) | static_cast<unsigned>(value)) & 0xffffU;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out.push_back(static_cast<char>((bits >> held) & 0xffU));
    }
    return out;
}

enum class Direction { Decrypt = 0, Encrypt = 1 };

/// `input` is whole AES blocks. Empty on failure.
std::string aes_cbc(std::string_view input, const std::string& key, Direction direction) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free};
    std::string out(input.size() + kAesBlock, '\0');
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    int written = 0;
    int last = 0;
    const bool done =
        context &&
        EVP_CipherInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, bytes_of(key), bytes_of(key),
                          static_cast<int>(direction)) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
        EVP_CipherUpdate(context.get(), to, &written, bytes_of(input), static_cast<int>(input.size())) == 1 &&
        EVP_CipherFinal_ex(context.get(), to + written, &last) == 1;
    if (!done) return {};
    out.resize(static_cast<std::size_t>(written + last));
    return out;
}

std::size_t read_length(std::string_view frame) {
    std::size_t length = 0;
    for (std::size_t i = kRandomBytes; i < kHeaderBytes; ++i)
        length = (length << 8) | static_cast<unsigned char>(frame[i]);
    return length;
}

}  // namespace

std::string signature(std::vector<std::string_view> parts) {
    std::sort(parts.begin(), parts.end());
    std::string joined;
    for (const auto& part : parts) joined += part;
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned length = 0;
    EVP_Digest(joined.data(), joined.size(), hash.data(), &length, EVP_sha1(), nullptr);
    return to_hex({reinterpret_cast<const char*>(hash.data()), length});
}

Result<std::string> decode_aes_key(std::string_view key) {
    if (key.size() != 43) return invalid("encoding_aes_key must have 43 characters");
    auto bytes = decode_sextets(key);
    if (!bytes || bytes->size() != kKeyBytes) return invalid("encoding_aes_key must be base64 characters");
    return bytes;
}

Result<std::string> decode_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return invalid("not base64");
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return decode_sextets(text);
}

std::string encode_base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends with a NUL
    const int n =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(n));
    return out;
}

Result<std::string> Envelope::open(std::string_view encrypt) const {
    const auto sealed = decode_base64(encrypt);
    if (!sealed || sealed->empty() || sealed->size() % kAesBlock != 0) return unreadable();
    std::string frame = aes_cbc(*sealed, key_, Direction::Decrypt);
    if (frame.empty()) return unreadable();

    const auto pad = static_cast<std::size_t>(static_cast<unsigned char>(frame.back()));
    if (pad < 1 || pad > kBlock || pad > frame.size()) return unreadable();
    const bool even = std::all_of(frame.end() - static_cast<std::ptrdiff_t>(pad), frame.end(),
                                  [&](char c) { return c == frame.back(); });
    if (!even) return unreadable();
    frame.resize(frame.size() - pad);

    if (frame.size() < kHeaderBytes) return unreadable();
    const std::size_t length = read_length(frame);
    if (length > frame.size() - kHeaderBytes) return unreadable();
    if (!equal_secret(std::string_view{frame}.substr(kHeaderBytes + length), receiver_)) return unreadable();
    return frame.substr(kHeaderBytes, length);
}

std::string Envelope::seal(std::string_view message, std::string_view random16) const {
    std::string frame{random16};
    for (const int shift : {24, 16, 8, 0}) frame.push_back(static_cast<char>((message.size() >> shift) & 0xffU));
    frame.append(message).append(receiver_);
    const std::size_t pad = kBlock - frame.size() % kBlock;
    frame.append(pad, static_cast<char>(pad));
    return encode_base64(aes_cbc(frame, key_, Direction::Encrypt));
}

}  // namespace yuanda::adapters::wechat
