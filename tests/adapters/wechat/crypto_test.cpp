// The envelope against vectors made by independent implementations.
#include "adapters/wechat/crypto.hpp"

#include <openssl/evp.h>

#include "core/token.hpp"
#include "tests/adapters/wechat/requests.hpp"

using namespace yuanda;
using namespace yuanda::adapters::wechat;
using yuanda::test::wechat::envelope;
using yuanda::test::wechat::vectors;

namespace {
std::string text(const nlohmann::json& object, const char* key) { return object.at(key).get<std::string>(); }

/// A whole frame of the vectors' account under a padding of our choice, sealed without Envelope's help.
std::string sealed_with_padding(std::size_t pad) {
    std::string key = decode_aes_key(text(vectors(), "encoding_aes_key")).value();
    const std::string receiver = text(vectors(), "appid");
    const std::size_t length = 2 * 64 - pad % 64 - 20 - receiver.size();
    std::string frame = "0123456789abcdef" + std::string(3, '\0') + static_cast<char>(length);
    frame += std::string(length, 'x') + receiver + std::string(pad, static_cast<char>(pad));
    std::string out(frame.size() + 16, '\0');
    const auto bytes = [](std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); };
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    int written = 0;
    EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, bytes(key), bytes(key));
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, bytes(out), &written, bytes(frame), static_cast<int>(frame.size()));
    EVP_CIPHER_CTX_free(context);
    return encode_base64(out.substr(0, static_cast<std::size_t>(written)));
}
}  // namespace

TEST_CASE("signatures sort their parts byte by byte", "[adapters][wechat][crypto]") {
    REQUIRE(vectors().at("sorting_edge").size() == 4);
    for (const auto& row : vectors().at("sorting_edge")) {
        const auto parts = row.at("parts").get<std::vector<std::string>>();
        CHECK(signature({parts.begin(), parts.end()}) == text(row, "sha1"));
    }
}

TEST_CASE("the AES key is 43 characters whose unused bits do not matter", "[adapters][wechat][crypto]") {
    for (const auto& row : vectors().at("aes_key_cases")) {
        INFO(text(row, "name"));
        const auto key = decode_aes_key(text(row, "value"));
        REQUIRE(key.has_value() == row.at("ok").get<bool>());
        if (key) CHECK(to_hex(*key) == text(vectors(), "aes_key_hex"));
    }
}

TEST_CASE("every sealed vector opens and seals to the same bytes", "[adapters][wechat][crypto]") {
    REQUIRE(vectors().at("aes").size() == 10);
    const std::string token = text(vectors(), "token");
    for (const auto& row : vectors().at("aes")) {
        INFO(text(row, "name"));
        CHECK(envelope().seal(text(row, "plaintext"), text(row, "random16")) == text(row, "encrypt"));
        const auto opened = envelope().open(text(row, "encrypt"));
        REQUIRE(opened.has_value());
        CHECK(*opened == text(row, "plaintext"));
        CHECK(signature({token, text(row, "timestamp"), text(row, "nonce")}) == text(row, "signature"));
        CHECK(signature({token, text(row, "timestamp"), text(row, "nonce"), text(row, "encrypt")}) ==
              text(row, "msg_signature"));
    }
}

TEST_CASE("a damaged envelope fails in one way only", "[adapters][wechat][crypto]") {
    std::set<std::string> details;
    for (const auto& row : vectors().at("aes_negative")) {
        const std::string name = text(row, "name");
        if (name == "bad_msg_signature" || name == "signature_over_other_nonce") continue;  // the envelope is whole
        INFO(name);
        const auto opened = envelope().open(text(row, "encrypt"));
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == ErrorCode::Forbidden);
        details.insert(opened.error().detail);
    }
    CHECK(details.size() == 1);
}

TEST_CASE("an even padding is good from 1 to 32 bytes and no longer", "[adapters][wechat][crypto]") {
    for (const std::size_t pad : {1U, 16U, 31U, 32U}) {
        INFO(pad);
        CHECK(envelope().open(sealed_with_padding(pad)).has_value());
    }
    for (const std::size_t pad : {33U, 48U, 64U}) {
        INFO(pad);
        CHECK_FALSE(envelope().open(sealed_with_padding(pad)).has_value());
    }
}

TEST_CASE("every bit of a sealed text matters", "[adapters][wechat][crypto]") {
    const std::string sealed = decode_base64(envelope().seal("<xml>老板</xml>", "0123456789abcdef")).value();
    const auto whole = envelope().open(encode_base64(sealed));
    REQUIRE(whole.has_value());
    // The first block is random filling by design: its bits are covered by msg_signature alone.
    for (std::size_t i = 16; i < sealed.size(); ++i) {
        std::string damaged = sealed;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        const auto opened = envelope().open(encode_base64(damaged));
        CHECK((!opened.has_value() || *opened != *whole));
    }
}

TEST_CASE("base64 is strict about everything but the last unused bits", "[adapters][wechat][crypto]") {
    CHECK(decode_base64("YWI=").value() == "ab");
    CHECK(decode_base64("YQ==").value() == "a");
    for (const char* bad : {"", "YWI", "YW I", "YWI\n", "Y===", "@@@@", "YW=I"}) {
        INFO(bad);
        CHECK_FALSE(decode_base64(bad).has_value());
    }
    CHECK(encode_base64(std::string("\0\xff", 2)) == "AP8=");
}
