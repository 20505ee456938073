// Verification of WeChat's webhooks: address check, signature, age, mode by configuration.
#include "adapters/wechat/adapter.hpp"
#include "tests/adapters/wechat/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;
namespace wx = yuanda::test::wechat;

namespace {

struct World {
    test::ManualClock clock{wx::vector_now()};
    test::SeededRandom random;
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> make(const std::string& mode) {
        return std::move(adapters::wechat::make(wx::config(mode), platform, clock, random).value());
    }
};

/// The status an HTTP edge would answer.
int status_of(const Result<>& verified) {
    if (verified) return 200;
    return verified.error().code == ErrorCode::InvalidInput ? 400 : 403;
}

}  // namespace

TEST_CASE("every address check vector is answered as documented", "[adapters][wechat]") {
    World world;
    const std::string mode = GENERATE("safe", "compat", "plain");
    const auto adapter = world.make(mode);
    for (const auto& row : wx::vectors().at("url_verification")) {
        INFO(mode << " " << row.at("name").get<std::string>());
        WebhookRequest request;
        request.method = "GET";
        request.query = row.at("query").get<std::map<std::string, std::string>>();
        const int expected = row.at("expect_status").get<int>();
        REQUIRE(status_of(adapter->verify(request, wx::vector_now())) == expected);
        if (expected != 200) continue;
        const auto inbound = adapter->decode(request, wx::vector_now());
        REQUIRE(inbound.has_value());
        CHECK(inbound->messages.empty());
        CHECK(inbound->ack == WebhookAnswer{200, "text/plain", request.query["echostr"]});
    }
}

TEST_CASE("every sealed vector passes verification in the encrypted modes", "[adapters][wechat]") {
    World world;
    const auto adapter = world.make(GENERATE("safe", "compat"));
    for (const auto& row : wx::vectors().at("aes")) {
        INFO(row.at("name").get<std::string>());
        WebhookRequest request;
        request.method = "POST";
        for (const char* key : {"timestamp", "nonce", "signature", "msg_signature"})
            request.query[key] = row.at(key).get<std::string>();
        request.body = row.at("post_body").get<std::string>();
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 200);
    }
}

TEST_CASE("every damaged vector is refused", "[adapters][wechat]") {
    World world;
    const auto adapter = world.make(GENERATE("safe", "compat"));
    REQUIRE(wx::vectors().at("aes_negative").size() == 13);
    for (const auto& row : wx::vectors().at("aes_negative")) {
        INFO(row.at("name").get<std::string>());
        WebhookRequest request;
        request.method = "POST";
        for (const char* key : {"timestamp", "nonce", "msg_signature"})
            request.query[key] = row.at(key).get<std::string>();
        request.body = "<xml><Encrypt><![CDATA[" + row.at("encrypt").get<std::string>() + "]]></Encrypt></xml>";
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 403);
    }
}

TEST_CASE("a missing parameter is told apart from a failed check", "[adapters][wechat]") {
    World world;
    const auto adapter = world.make("safe");
    const char* name = GENERATE("timestamp", "nonce", "msg_signature");
    auto request = wx::safe_request(wx::text_message("您好"), wx::vector_now());
    REQUIRE(status_of(adapter->verify(request, wx::vector_now())) == 200);
    request.query.erase(name);
    INFO(name);
    CHECK(status_of(adapter->verify(request, wx::vector_now())) == 400);
}

TEST_CASE("the mode comes from configuration, never from the query", "[adapters][wechat]") {
    World world;
    const std::string xml = wx::text_message("撤销我的申请");

    SECTION("an encrypted account refuses a plain body under a valid plain signature") {
        const auto adapter = world.make(GENERATE("safe", "compat"));
        CHECK(status_of(adapter->verify(wx::plain_request(xml, wx::vector_now()), wx::vector_now())) == 403);
    }
    SECTION("leaving encrypt_type out of the query changes nothing") {
        const auto adapter = world.make("safe");
        auto request = wx::safe_request(xml, wx::vector_now());
        request.query.erase("encrypt_type");
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 200);
    }
    SECTION("in compatibility mode only the sealed half is read") {
        const auto adapter = world.make("compat");
        auto request = wx::safe_request(wx::text_message("真"), wx::vector_now());
        request.body.insert(5, "<FromUserName>oFORGED</FromUserName><Content>假</Content><MsgType>text</MsgType>");
        REQUIRE(status_of(adapter->verify(request, wx::vector_now())) == 200);
        const auto inbound = adapter->decode(request, wx::vector_now());
        REQUIRE(inbound.has_value());
        CHECK(spoken_text(inbound->messages.at(0)) == "真");
        CHECK(inbound->messages.at(0).conversation.peer.value == "oABCD1234567890");
    }
    SECTION("a plain account reads plain bodies under the plain signature") {
        const auto adapter = world.make("plain");
        auto request = wx::plain_request(xml, wx::vector_now());
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 200);
        request.query["signature"][0] = request.query["signature"][0] == 'a' ? 'b' : 'a';
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 403);
        request.query.erase("signature");
        CHECK(status_of(adapter->verify(request, wx::vector_now())) == 400);
    }
    SECTION("a plain account has no use for a sealed body") {
        const auto adapter = world.make("plain");
        CHECK_FALSE(adapter->decode(wx::safe_request(xml, wx::vector_now()), wx::vector_now()).has_value());
    }
}

TEST_CASE("a stale or future delivery is refused, a repeat inside the window is not", "[adapters][wechat]") {
    World world;
    const auto adapter = world.make(GENERATE("safe", "plain"));
    const bool sealed = adapter->verify(wx::safe_request("<xml/>", wx::vector_now()), wx::vector_now()).has_value();
    const TimePoint now = wx::vector_now();
    const auto request =
        sealed ? wx::safe_request(wx::text_message("您好"), now) : wx::plain_request(wx::text_message("您好"), now);
    CHECK(status_of(adapter->verify(request, now + 300s)) == 200);
    CHECK(status_of(adapter->verify(request, now - 300s)) == 200);
    CHECK(status_of(adapter->verify(request, now + 301s)) == 403);
    CHECK(status_of(adapter->verify(request, now - 301s)) == 403);
}

TEST_CASE("other methods and oversized bodies are refused", "[adapters][wechat]") {
    World world;
    const auto adapter = world.make("plain");
    auto request = wx::plain_request(wx::text_message("您好"), wx::vector_now());
    request.method = "PUT";
    CHECK(status_of(adapter->verify(request, wx::vector_now())) == 403);
    request.method = "POST";
    request.body.append(256 * 1024, ' ');
    CHECK(status_of(adapter->verify(request, wx::vector_now())) == 403);
}
