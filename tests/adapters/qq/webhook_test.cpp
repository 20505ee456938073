// Verification of QQ's webhooks and the address check that must not become a signing oracle.
#include "adapters/qq/adapter.hpp"
#include "adapters/qq/wire.hpp"
#include "tests/adapters/qq/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;
namespace tq = yuanda::test::qq;

namespace {

const TimePoint kNow{std::chrono::seconds{1'795'400'210}};

struct World {
    test::ManualClock clock{kNow};
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> make(const InboxConfig& config = tq::config()) {
        return std::move(adapters::qq::make(config, platform, clock).value());
    }
};

int status_of(const Result<>& verified) {
    if (verified) return 200;
    return verified.error().code == ErrorCode::InvalidInput ? 400 : 403;
}

}  // namespace

TEST_CASE("the own vectors pass as whole requests", "[adapters][qq]") {
    World world;
    for (const auto& row : tq::vectors().at("own")) {
        INFO(row.at("name").get<std::string>());
        const auto adapter = world.make(tq::config(row.at("secret").get<std::string>()));
        auto request = tq::unsigned_request(row.at("body").get<std::string>());
        request.headers["x-signature-timestamp"] = row.at("timestamp").get<std::string>();
        request.headers["x-signature-ed25519"] = row.at("signature").get<std::string>();
        CHECK(status_of(adapter->verify(request, kNow)) == 200);
    }
}

TEST_CASE("a request that differs from what was signed is refused", "[adapters][qq]") {
    World world;
    const auto adapter = world.make();
    auto request = tq::signed_request(tq::c2c_text("您好"), kNow);
    REQUIRE(status_of(adapter->verify(request, kNow)) == 200);

    SECTION("another byte in the body") { request.body += " "; }
    SECTION("another time") { request.headers["x-signature-timestamp"] = "1795400211"; }
    SECTION("another bot") { request.headers["x-bot-appid"] = "999"; }
    SECTION("another method") { request.method = "GET"; }
    SECTION("a signature cut short") { request.headers["x-signature-ed25519"].pop_back(); }
    SECTION("an oversized body") { request.body.append(256 * 1024, ' '); }
    CHECK(status_of(adapter->verify(request, kNow)) == 403);
}

TEST_CASE("a missing signature header is a missing parameter", "[adapters][qq]") {
    World world;
    const auto adapter = world.make();
    auto request = tq::signed_request(tq::c2c_text("您好"), kNow);
    request.headers.erase(GENERATE("x-signature-timestamp", "x-signature-ed25519"));
    CHECK(status_of(adapter->verify(request, kNow)) == 400);
}

TEST_CASE("a signed delivery is good for 300 s, repeats included", "[adapters][qq]") {
    World world;
    const auto adapter = world.make();
    const auto request = tq::signed_request(tq::c2c_text("您好"), kNow);
    CHECK(status_of(adapter->verify(request, kNow + 300s)) == 200);
    CHECK(status_of(adapter->verify(request, kNow + 301s)) == 403);
    CHECK(status_of(adapter->verify(request, kNow - 301s)) == 403);
}

TEST_CASE("the address check is answered as the documentation prints it", "[adapters][qq][op13]") {
    World world;
    const auto& official = tq::vectors().at("official").at(1);
    const auto& own = tq::vectors().at("validation").at(0);
    const auto& row = GENERATE_REF(as<nlohmann::json>{}, official, own);
    const auto adapter = world.make(tq::config(row.at("secret").get<std::string>()));
    const auto request = tq::unsigned_request(row.at("request_body").get<std::string>());
    REQUIRE(status_of(adapter->verify(request, kNow)) == 200);
    const auto inbound = adapter->decode(request, kNow);
    REQUIRE(inbound.has_value());
    CHECK(inbound->messages.empty());
    CHECK(inbound->ack.status == 200);
    CHECK(inbound->ack.content_type == "application/json");
    const auto answer = nlohmann::json::parse(inbound->ack.body);
    CHECK(answer.at("plain_token") == row.at("plain_token"));
    CHECK(answer.at("signature") == row.at("signature"));
}

TEST_CASE("the signing oracle is closed", "[adapters][qq][op13]") {
    World world;
    const auto adapter = world.make();
    const auto& row = tq::vectors().at("op13_oracle");
    const auto attack = tq::unsigned_request(row.at("attack_request_body").get<std::string>());
    CHECK(status_of(adapter->verify(attack, kNow)) == 403);
    CHECK_FALSE(adapter->decode(attack, kNow).has_value());
    // What a careless server would have given away does verify, so the alphabet is what protects us.
    auto forged = tq::unsigned_request(row.at("forged_body").get<std::string>());
    forged.headers["x-signature-timestamp"] = row.at("forged_timestamp").get<std::string>();
    forged.headers["x-signature-ed25519"] = row.at("naive_answer_signature").get<std::string>();
    CHECK(status_of(adapter->verify(forged, TimePoint{std::chrono::seconds{1'795'400'900}})) == 200);
}

TEST_CASE("an address check outside the rules is refused", "[adapters][qq][op13]") {
    World world;
    const auto adapter = world.make();
    const std::string body = GENERATE(values<std::string>({
        tq::validation(R"({"op":0})", "1795400900"),
        tq::validation("", "1795400900"),
        tq::validation(std::string(65, 'a'), "1795400900"),
        tq::validation("abc", R"(1795400900{"op":0})"),
        tq::validation("abc", ""),
        tq::validation("abc", "12345678901234"),
        tq::validation("a.b", "1795400900"),
        R"({"op":13,"d":{"plain_token":"abc","event_ts":1795400900}})",
        R"({"op":13,"d":{"plain_token":"abc"}})",
        R"({"op":13})",
    }));
    INFO(body);
    CHECK(status_of(adapter->verify(tq::unsigned_request(body), kNow)) == 403);
    CHECK(status_of(adapter->verify(tq::signed_request(body, kNow), kNow)) == 403);
}

TEST_CASE("a signature header on an address check has to verify", "[adapters][qq][op13]") {
    World world;
    const auto adapter = world.make();
    const std::string body = tq::validation("tok_2026_A", "1795400300");

    SECTION("over timestamp and body") {
        CHECK(status_of(adapter->verify(tq::signed_request(body, kNow), kNow)) == 200);
    }
    SECTION("over timestamp and body, but stale") {
        CHECK(status_of(adapter->verify(tq::signed_request(body, kNow), kNow + 301s)) == 403);
    }
    SECTION("over what we would sign ourselves") {
        auto request = tq::unsigned_request(body);
        request.headers["x-signature-ed25519"] = tq::key().sign_hex("1795400300tok_2026_A");
        CHECK(status_of(adapter->verify(request, kNow)) == 200);
    }
    SECTION("over anything else") {
        auto request = tq::signed_request(body, kNow);
        request.headers["x-signature-ed25519"] = tq::key().sign_hex("other");
        CHECK(status_of(adapter->verify(request, kNow)) == 403);
    }
}

TEST_CASE("five address checks a minute are signed, looking at them costs none", "[adapters][qq][op13]") {
    World world;
    const auto adapter = world.make();
    const auto request = tq::unsigned_request(tq::validation("abc", "1795400300"));
    for (int i = 0; i < 20; ++i) CHECK(status_of(adapter->verify(request, kNow)) == 200);
    for (int i = 0; i < 5; ++i) CHECK(adapter->decode(request, kNow + i * 1s).has_value());
    CHECK(status_of(adapter->verify(request, kNow + 59s)) == 403);
    CHECK_FALSE(adapter->decode(request, kNow + 59s).has_value());
    CHECK(status_of(adapter->verify(request, kNow + 60s)) == 200);
    CHECK(adapter->decode(request, kNow + 60s).has_value());
    CHECK_FALSE(adapter->decode(request, kNow + 60s).has_value());
}

TEST_CASE("a heartbeat is answered with its number", "[adapters][qq]") {
    World world;
    const auto adapter = world.make();
    using Row = std::tuple<std::string, std::string>;
    const auto [body, ack] = GENERATE(table<std::string, std::string>({
        Row{R"({"op":1,"d":42})", R"({"op":11,"d":42})"},
        Row{R"({"op":1,"d":null})", R"({"op":11,"d":null})"},
        Row{R"({"op":1})", R"({"op":11,"d":null})"},
        Row{R"({"op":1,"d":"\"}"})", R"({"op":11,"d":null})"},
    }));
    const auto inbound = adapter->decode(tq::signed_request(body, kNow), kNow);
    REQUIRE(inbound.has_value());
    CHECK(inbound->messages.empty());
    CHECK(inbound->ack == WebhookAnswer{200, "application/json", ack});
}

TEST_CASE("an unknown op is acknowledged and counted", "[adapters][qq]") {
    World world;
    const auto inbound = world.make()->decode(tq::signed_request(R"({"op":7})", kNow), kNow);
    REQUIRE(inbound.has_value());
    CHECK(inbound->ack.body == R"({"op":12,"d":0})");
    CHECK(inbound->uncounted == "op:7");
}

TEST_CASE("a signed body that is no envelope is bad input", "[adapters][qq]") {
    World world;
    const std::string body = GENERATE(values<std::string>(
        {"", "{}", "[]", "nul", R"({"op":"0"})", R"({"op":0.5})", R"({"op":-1})", R"({"op":0,"op":1})"}));
    const auto adapter = world.make();
    INFO(body);
    const auto request = tq::signed_request(body, kNow);
    CHECK(status_of(adapter->verify(request, kNow)) == 200);
    const auto inbound = adapter->decode(request, kNow);
    REQUIRE_FALSE(inbound.has_value());
    CHECK(inbound.error().code == ErrorCode::InvalidInput);
}
