// The bot's key and signatures against the official and independent vectors.
#include "adapters/qq/crypto.hpp"

#include "tests/adapters/qq/requests.hpp"

using namespace yuanda::adapters::qq;
using yuanda::test::qq::key;
using yuanda::test::qq::vectors;

namespace {

std::string text(const nlohmann::json& object, const char* name) { return object.at(name).get<std::string>(); }

/// The accepted vector a reject vector was made from.
const nlohmann::json& base_of(const nlohmann::json& row) {
    for (const auto& own : vectors().at("own"))
        if (own.at("name") == row.at("based_on")) return own;
    throw std::runtime_error("no base");
}

}  // namespace

TEST_CASE("the seed repeats the secret to 32 bytes and gives the documented public key", "[adapters][qq][crypto]") {
    for (const char* group : {"official", "own"})
        for (const auto& row : vectors().at(group)) {
            INFO(text(row, "name"));
            CHECK(seed_from(text(row, "secret")) == text(row, "seed"));
            CHECK(key(text(row, "secret")).public_key_hex() == text(row, "public_key_hex"));
        }
}

TEST_CASE("the documented and the independent signatures verify", "[adapters][qq][crypto]") {
    REQUIRE(vectors().at("own").size() == 5);
    for (const auto& row : vectors().at("own")) {
        INFO(text(row, "name"));
        const std::string message = text(row, "timestamp") + text(row, "body");
        CHECK(key(text(row, "secret")).sign_hex(message) == text(row, "signature"));
        CHECK(key(text(row, "secret")).verify_hex(message, text(row, "signature")));
    }
    const auto& sdk = vectors().at("official").at(2);
    CHECK(key(text(sdk, "secret")).verify_hex(text(sdk, "timestamp") + text(sdk, "body"), text(sdk, "signature")));
    const auto& check = vectors().at("official").at(1);
    CHECK(key(text(check, "secret")).sign_hex(text(check, "event_ts") + text(check, "plain_token")) ==
          text(check, "doc_signature"));
}

TEST_CASE("the documentation's dispatch sample does not verify, as measured", "[adapters][qq][crypto]") {
    const auto& row = vectors().at("official").at(0);
    const std::string message = text(row, "timestamp") + text(row, "body");
    CHECK_FALSE(key(text(row, "secret")).verify_hex(message, text(row, "doc_signature")));
    CHECK(key(text(row, "secret")).verify_hex(message, text(row, "signature_computed")));
}

TEST_CASE("every forged QQ signature is rejected", "[adapters][qq][crypto]") {
    int checked = 0;
    for (const auto& row : vectors().at("negative")) {
        if (!row.contains("signature")) continue;  // about the header, not the signature
        INFO(text(row, "name"));
        const std::string secret = row.contains("secret") ? text(row, "secret") : text(base_of(row), "secret");
        CHECK_FALSE(key(secret).verify_hex(text(row, "timestamp") + text(row, "body"), text(row, "signature")));
        ++checked;
    }
    CHECK(checked == 7);
}

TEST_CASE("a bot without a secret has no key", "[adapters][qq][crypto]") {
    CHECK_FALSE(SigningKey::from_secret("").has_value());
}
