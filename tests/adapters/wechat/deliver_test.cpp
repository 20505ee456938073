// Customer-service messages: what is sent, what each answer means, and how tokens are renewed.
#include "adapters/wechat/adapter.hpp"
#include "adapters/wechat/wire.hpp"
#include "tests/adapters/wechat/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;
using Outcome = Receipt::Outcome;
using Fault = yuanda::test::FakePlatform::Fault;
namespace wx = yuanda::test::wechat;

namespace {

struct World {
    test::ManualClock clock;
    test::SeededRandom random;
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> adapter;

    explicit World(bool customer_service = true) {
        auto config = wx::config();
        config.customer_service = customer_service;
        adapter = std::move(adapters::wechat::make(config, platform, clock, random).value());
    }
    Receipt say(const std::string& words, const std::string& peer = "oABCD") {
        Reply reply;
        reply.paragraphs = {words};
        Destination destination;
        destination.peer = ExternalId{peer};
        const auto calls = adapter->encode(reply, destination);
        REQUIRE(calls.has_value());
        REQUIRE(calls->size() == 1);
        OutboundCall call = calls->front();
        return test::run_to_end(adapter->deliver(std::move(call)));
    }
};

}  // namespace

TEST_CASE("a reply is sent as raw UTF-8 with the token in the query", "[adapters][wechat][deliver]") {
    World world;
    const Receipt receipt = world.say("可以要回来：\"工资\"\n👷");
    CHECK(receipt.outcome == Outcome::Sent);
    CHECK(receipt.code.empty());
    REQUIRE(world.platform.sent().size() == 1);
    CHECK(world.platform.sent()[0].peer == "oABCD");
    CHECK(world.platform.sent()[0].text == "可以要回来：\"工资\"\n👷");
    const auto calls = world.platform.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].path == "/cgi-bin/stable_token");
    CHECK(nlohmann::json::parse(calls[0].body).at("force_refresh") == false);
    CHECK(calls[1].method == "POST");
    CHECK(calls[1].host == "http://127.0.0.1:1");
    CHECK(calls[1].path == "/cgi-bin/message/custom/send?access_token=tok-1");
    CHECK(calls[1].body.find("可以要回来") != std::string::npos);
}

TEST_CASE("an expired token is renewed once and the message arrives once", "[adapters][wechat][deliver]") {
    World world;
    CHECK(world.say("一").outcome == Outcome::Sent);
    world.platform.revoke_token();
    CHECK(world.say("二").outcome == Outcome::Sent);
    CHECK(world.platform.sent().size() == 2);
    CHECK(world.platform.token_requests() == 2);
    CHECK(world.say("三").outcome == Outcome::Sent);
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("each code of a bad token renews it", "[adapters][wechat][deliver]") {
    World world;
    const int code = GENERATE(40001, 40014, 42001, 41001);
    world.platform.answer_next_send(200, R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"x"})");
    CHECK(world.say("一").outcome == Outcome::Sent);
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("a token refused twice stops the account for a minute", "[adapters][wechat][deliver]") {
    World world;
    world.platform.refuse_every_token(true);
    const Receipt receipt = world.say("一");
    CHECK(receipt.outcome == Outcome::Retry);
    CHECK(receipt.code == "40001");
    const std::size_t calls = world.platform.calls().size();
    CHECK(calls == 4);
    CHECK(world.say("一").outcome == Outcome::Retry);
    CHECK(world.platform.calls().size() == calls);
    world.platform.refuse_every_token(false);
    world.clock.advance(60s);
    CHECK(world.say("一").outcome == Outcome::Sent);
}

TEST_CASE("many senders with one dead token renew it once", "[adapters][wechat][deliver]") {
    World world;
    CHECK(world.say("先").outcome == Outcome::Sent);
    world.platform.revoke_token();
    boost::asio::io_context io;
    std::vector<std::future<Receipt>> waiting;
    for (int i = 0; i < 100; ++i) {
        OutboundCall call{"/cgi-bin/message/custom/send",
                          adapters::wechat::custom_send_body("o" + std::to_string(i), "您好")};
        waiting.push_back(boost::asio::co_spawn(io, world.adapter->deliver(std::move(call)), boost::asio::use_future));
    }
    io.run();
    for (auto& one : waiting) CHECK(one.get().outcome == Outcome::Sent);
    CHECK(world.platform.sent().size() == 101);
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("each answer of WeChat has one meaning", "[adapters][wechat][deliver]") {
    using Row = std::tuple<int, Outcome>;
    const auto [code, outcome] = GENERATE(table<int, Outcome>({
        Row{0, Outcome::Sent},
        Row{-1, Outcome::Retry},
        Row{45011, Outcome::Retry},
        Row{45009, Outcome::Retry},
        Row{40013, Outcome::Retry},
        Row{40164, Outcome::Retry},
        Row{45015, Outcome::WindowClosed},
        Row{45047, Outcome::WindowClosed},
        Row{43004, Outcome::WindowClosed},
        Row{43005, Outcome::WindowClosed},
        Row{43019, Outcome::WindowClosed},
        Row{48002, Outcome::WindowClosed},
        Row{48001, Outcome::WindowClosed},
        Row{50005, Outcome::WindowClosed},
        Row{40003, Outcome::Failed},
        Row{40007, Outcome::Failed},
        Row{40033, Outcome::Failed},
        Row{44004, Outcome::Failed},
        Row{45002, Outcome::Failed},
        Row{47001, Outcome::Failed},
        Row{48004, Outcome::Failed},
        Row{50002, Outcome::Failed},
        Row{99999, Outcome::Failed},
    }));
    World world;
    world.platform.answer_next_send(200, R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"x"})");
    const Receipt receipt = world.say("您好");
    INFO(code);
    CHECK(receipt.outcome == outcome);
    CHECK(receipt.code == (code == 0 ? "" : std::to_string(code)));
}

TEST_CASE("a platform that says window closed or quota used is believed", "[adapters][wechat][deliver]") {
    World world;
    SECTION("the contact is outside the window") {
        world.platform.close_window("oGONE");
        CHECK(world.say("您好", "oGONE").code == "45015");
        CHECK(world.say("您好", "oHERE").outcome == Outcome::Sent);
    }
    SECTION("five messages are used up") {
        world.platform.set_sends_left(1);
        CHECK(world.say("一").outcome == Outcome::Sent);
        const Receipt receipt = world.say("二");
        CHECK(receipt.outcome == Outcome::WindowClosed);
        CHECK(receipt.code == "45047");
    }
}

TEST_CASE("the address the operator must allow stands in the receipt", "[adapters][wechat][deliver]") {
    World world;
    world.platform.answer_tokens(
        R"({"errcode":40164,"errmsg":"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6a1"})");
    const Receipt receipt = world.say("您好");
    CHECK(receipt.outcome == Outcome::Retry);
    CHECK(receipt.code == "40164 203.0.113.9");
}

TEST_CASE("a send without an answer is never repeated, an unsent one may be", "[adapters][wechat][deliver]") {
    using Row = std::tuple<Fault, Outcome, std::size_t>;
    const auto [fault, outcome, arrived] = GENERATE(table<Fault, Outcome, std::size_t>({
        Row{Fault::Unsent, Outcome::Retry, 0},
        Row{Fault::Drop, Outcome::Unknown, 0},
        Row{Fault::AcceptThenDrop, Outcome::Unknown, 1},
    }));
    World world;
    world.platform.fail_next_send(fault);
    CHECK(world.say("您好").outcome == outcome);
    CHECK(world.platform.sent().size() == arrived);
}

TEST_CASE("an answer that is not the platform's leaves the outcome unknown", "[adapters][wechat][deliver]") {
    using Row = std::tuple<int, std::string, Outcome>;
    const auto [status, body, outcome] = GENERATE(table<int, std::string, Outcome>({
        Row{502, "<html>Bad Gateway</html>", Outcome::Unknown},
        Row{200, "", Outcome::Unknown},
        Row{200, "{}", Outcome::Unknown},
        Row{200, "[]", Outcome::Unknown},
        Row{200, R"({"errcode":"0"})", Outcome::Unknown},
        Row{429, "", Outcome::Retry},
    }));
    World world;
    world.platform.answer_next_send(status, body);
    CHECK(world.say("您好").outcome == outcome);
}

TEST_CASE("an account without the right to send holds its replies", "[adapters][wechat][deliver]") {
    World world{false};
    CHECK(world.say("您好").outcome == Outcome::WindowClosed);
    CHECK(world.platform.calls().empty());
}

TEST_CASE("a token answer that makes no sense is a failure, not a token", "[adapters][wechat][deliver]") {
    const std::string body = GENERATE(values<std::string>({
        "<html>",
        "{}",
        "[]",
        R"({"access_token":"a b","expires_in":7200})",
        R"({"access_token":"tok"})",
        R"({"access_token":"tok","expires_in":0})",
        R"({"access_token":"tok","expires_in":"7200"})",
        R"({"errcode":40013,"errmsg":"invalid appid"})",
    }));
    HttpAnswer answer;
    answer.status = 200;
    answer.body = body;
    INFO(body);
    CHECK_FALSE(adapters::wechat::read_token(answer).has_value());
}
