// The web page as a channel: it pulls, and an embedding site's proof of identity is checked.
#include "adapters/webchat/adapter.hpp"
#include "adapters/webchat/crypto.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using yuanda::adapters::webchat::verify_identity_hmac;

TEST_CASE("every identity vector is judged as documented", "[adapters][webchat]") {
    const auto file = nlohmann::json::parse(test::read_file("tests/fixtures/webchat/vectors.json"));
    REQUIRE(file.at("identity_hmac").size() == 3);
    for (const auto& row : file.at("identity_hmac")) {
        const auto identifier = row.at("identifier").get<std::string>();
        INFO(identifier);
        CHECK(verify_identity_hmac(row.at("secret").get<std::string>(), identifier,
                                   row.at("hmac_sha256_hex").get<std::string>()) == !row.contains("expect"));
    }
}

TEST_CASE("an identity proof that differs anywhere is refused", "[adapters][webchat]") {
    const std::string good = "6efaf40e7bf6a23135c3c035e363dfdef16eedc3752b75f08e4d283fdfad366a";
    REQUIRE(verify_identity_hmac("host-identity-key", "user-42", good));
    CHECK_FALSE(verify_identity_hmac("host-identity-kez", "user-42", good));
    CHECK_FALSE(verify_identity_hmac("host-identity-key", "user-43", good));
    CHECK_FALSE(verify_identity_hmac("host-identity-key", "user-42", good.substr(1)));
    CHECK_FALSE(verify_identity_hmac("host-identity-key", "user-42", ""));
    CHECK_FALSE(verify_identity_hmac("", "user-42", good));
}

TEST_CASE("the page pulls cards without a window", "[adapters][webchat]") {
    const auto adapter = std::move(webchat::make(InboxConfig{}).value());
    const Capabilities can = adapter->capabilities();
    CHECK(can.pull);
    CHECK(can.rich);
    CHECK_FALSE(can.passive_reply);
    CHECK(can.reply_window.count() == 0);
    CHECK(can.replies_per_message == 0);
}

TEST_CASE("nothing is sent to the page and nothing comes by webhook", "[adapters][webchat]") {
    const auto adapter = std::move(webchat::make(InboxConfig{}).value());
    CHECK(adapter->verify({}, TimePoint{}).error().code == ErrorCode::Forbidden);
    CHECK_FALSE(adapter->decode({}, TimePoint{}).has_value());
    CHECK_FALSE(adapter->encode_passive({}, {}, TimePoint{}).has_value());
    CHECK(adapter->encode({}, {}).value().empty());
    OutboundCall call;
    CHECK(test::run_to_end(adapter->deliver(std::move(call))).outcome == Receipt::Outcome::Failed);
}
