// WeChat's message envelope (WXBizMsgCrypt): the SHA-1 signature and AES-256-CBC with its own framing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace yuanda::adapters::wechat {

/// Lower-case hex of SHA-1 over the parts, sorted byte by byte and joined (official guide, "接入指南").
std::string signature(std::vector<std::string_view> parts);

/// The 32 AES bytes of a 43-character EncodingAESKey. The last character's two unused bits are ignored:
/// platform keys are random characters, so a strict base64 decoder would refuse good ones.
Result<std::string> decode_aes_key(std::string_view key);

/// Standard base64 with padding, no white space. InvalidInput otherwise.
Result<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);

/// Opens and seals `<Encrypt>` texts of one account. Immutable, thread-safe.
///
/// Frame = random(16) | u32 big-endian length | message | receiver id, PKCS#7 padded to blocks of 32,
/// AES-256-CBC with IV = key[0..16), base64.
class Envelope {
public:
    /// `key`: 32 bytes; `receiver`: the AppID.
    Envelope(std::string key, std::string receiver) : key_(std::move(key)), receiver_(std::move(receiver)) {}

    /// One Forbidden for every failure: telling them apart would be a padding oracle.
    Result<std::string> open(std::string_view encrypt) const;
    /// `random16`: 16 fresh random bytes.
    std::string seal(std::string_view message, std::string_view random16) const;

private:
    std::string key_;
    std::string receiver_;
};

}  // namespace yuanda::adapters::wechat
