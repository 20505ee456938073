// Passive messages: what is sent, how a number makes repeats harmless, and what each answer means.
#include "adapters/qq/adapter.hpp"
#include "adapters/qq/wire.hpp"
#include "tests/adapters/qq/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;
using Outcome = Receipt::Outcome;
using Fault = yuanda::test::FakePlatform::Fault;

namespace {

Destination to_user(const std::string& msg_id = "ROBOT1.0_aaaa", int number = 1) {
    Destination destination;
    destination.peer = ExternalId{"E4F4AEA3"};
    destination.reply_token = ExternalId{msg_id};
    destination.reply_number = number;
    return destination;
}

Reply saying(const std::string& words) {
    Reply reply;
    reply.paragraphs = {words};
    return reply;
}

struct World {
    test::ManualClock clock;
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> adapter =
        std::move(adapters::qq::make(test::qq::config(), platform, clock).value());

    Receipt say(const std::string& words, const Destination& destination = to_user()) {
        const auto calls = adapter->encode(saying(words), destination);
        REQUIRE(calls.has_value());
        REQUIRE(calls->size() == 1);
        OutboundCall call = calls->front();
        return test::run_to_end(adapter->deliver(std::move(call)));
    }
};

}  // namespace

TEST_CASE("a reply names the message it answers and its own number", "[adapters][qq][deliver]") {
    World world;
    const Receipt receipt = world.say("可以要回来👷", to_user("ROBOT1.0_x", 3));
    CHECK(receipt.outcome == Outcome::Sent);
    CHECK(receipt.external_id == "sent-1");
    const auto calls = world.platform.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].host == "http://127.0.0.1:3");
    CHECK(calls[0].path == "/app/getAppAccessToken");
    CHECK(nlohmann::json::parse(calls[0].body) ==
          nlohmann::json{{"appId", "102030405"}, {"clientSecret", "YdAtaSeCretFixed0123456789ABCDEF"}});
    CHECK(calls[1].host == "http://127.0.0.1:2");
    CHECK(calls[1].path == "/v2/users/E4F4AEA3/messages");
    CHECK(calls[1].headers.at("authorization") == "QQBot tok-1");
    CHECK(calls[1].timeout >= 5s);
    CHECK(nlohmann::json::parse(calls[1].body) ==
          nlohmann::json{{"content", "可以要回来👷"}, {"msg_type", 0}, {"msg_id", "ROBOT1.0_x"}, {"msg_seq", 3}});
}

TEST_CASE("a group and an event have their own address and key", "[adapters][qq][deliver]") {
    World world;
    Destination destination = to_user("GROUP_ADD_ROBOT:7");
    destination.group = true;
    CHECK(world.say("大家好", destination).outcome == Outcome::Sent);
    const auto call = world.platform.calls().back();
    CHECK(call.path == "/v2/groups/E4F4AEA3/messages");
    CHECK(nlohmann::json::parse(call.body).at("event_id") == "GROUP_ADD_ROBOT:7");
    CHECK_FALSE(nlohmann::json::parse(call.body).contains("msg_id"));
}

TEST_CASE("a repeat after a lost answer arrives once and counts as sent", "[adapters][qq][deliver]") {
    World world;
    world.platform.fail_next_send(Fault::AcceptThenDrop);
    CHECK(world.say("您好").outcome == Outcome::Retry);
    const Receipt again = world.say("您好");
    CHECK(again.outcome == Outcome::Sent);
    CHECK(again.code == "duplicate");
    CHECK(world.platform.sent().size() == 1);
}

TEST_CASE("a failed connection and a lost request may be repeated", "[adapters][qq][deliver]") {
    World world;
    world.platform.fail_next_send(GENERATE(Fault::Unsent, Fault::Drop));
    CHECK(world.say("您好").outcome == Outcome::Retry);
    CHECK(world.say("您好").outcome == Outcome::Sent);
    CHECK(world.platform.sent().size() == 1);
}

TEST_CASE("a dead token is renewed once", "[adapters][qq][deliver]") {
    World world;
    CHECK(world.say("一", to_user("m", 1)).outcome == Outcome::Sent);
    SECTION("and the message arrives") {
        world.platform.revoke_token();
        CHECK(world.say("二", to_user("m", 2)).outcome == Outcome::Sent);
        CHECK(world.platform.token_requests() == 2);
        CHECK(world.platform.sent().size() == 2);
    }
    SECTION("and refused again it pauses the account") {
        world.platform.refuse_every_token(true);
        CHECK(world.say("二", to_user("m", 2)).outcome == Outcome::Retry);
        const auto calls = world.platform.calls().size();
        CHECK(world.say("二", to_user("m", 2)).outcome == Outcome::Retry);
        CHECK(world.platform.calls().size() == calls);
    }
}

TEST_CASE("a refused address is taken out once and the rest is sent", "[adapters][qq][deliver]") {
    World world;
    world.platform.refuse_urls(true);
    SECTION("words remain") {
        CHECK(world.say("详见 https://12348.gov.cn 首页").outcome == Outcome::Sent);
        REQUIRE(world.platform.sent().size() == 1);
        CHECK(world.platform.sent()[0].text == "详见  首页");
        CHECK(world.platform.sent()[0].msg_seq == 1);
    }
    SECTION("nothing remains") {
        const Receipt receipt = world.say("https://12348.gov.cn");
        CHECK(receipt.outcome == Outcome::Failed);
        CHECK(receipt.code == "40054010");
    }
    SECTION("it is refused all the same") {
        for (int i = 0; i < 2; ++i) world.platform.answer_next_send(400, R"({"code":304003,"message":"url"})");
        CHECK(world.say("详见 https://12348.gov.cn 首页").outcome == Outcome::Failed);
        CHECK(world.platform.sent().empty());
    }
}

TEST_CASE("without a message to answer nothing is sent", "[adapters][qq][deliver]") {
    World world;
    CHECK(world.say("您好", to_user("")).outcome == Outcome::WindowClosed);
    CHECK(world.platform.calls().empty());
}

TEST_CASE("each answer of QQ has one meaning", "[adapters][qq][deliver]") {
    using Row = std::tuple<int, std::string, Outcome, std::string>;
    const auto [status, body, outcome, code] = GENERATE(table<int, std::string, Outcome, std::string>({
        Row{200, R"({"id":"1","timestamp":"x"})", Outcome::Sent, ""},
        Row{202, R"({"code":304023,"message":"audit"})", Outcome::Sent, "pending_audit"},
        Row{201, R"({"code":304024,"message":"audit"})", Outcome::Sent, "pending_audit"},
        Row{400, R"({"code":40054005,"message":"x"})", Outcome::Sent, "duplicate"},
        Row{400, R"({"code":1,"message":"消息被去重，请检查请求msgseq"})", Outcome::Sent, "duplicate"},
        Row{400, R"({"code":304027,"message":"expired"})", Outcome::WindowClosed, "304027"},
        Row{400, R"({"code":304026,"message":"wrong"})", Outcome::WindowClosed, "304026"},
        Row{400, R"({"code":40034024,"message":"wrong"})", Outcome::WindowClosed, "40034024"},
        Row{400, R"({"code":40034102,"message":"proactive"})", Outcome::WindowClosed, "40034102"},
        Row{400, R"({"code":40034105,"message":"proactive"})", Outcome::WindowClosed, "40034105"},
        Row{429, "", Outcome::Retry, "http 429"},
        Row{400, R"({"code":22009,"message":"rate"})", Outcome::Retry, "22009"},
        Row{200, "<html>a proxy's page</html>", Outcome::Retry, "unreadable answer"},
        Row{400, R"({"err_code":1100308,"message":"rate"})", Outcome::Retry, "1100308"},
        Row{500, "<html>", Outcome::Retry, "http 500"},
        Row{504, "", Outcome::Retry, "http 504"},
        Row{400, R"({"code":1100101,"message":"struck"})", Outcome::Failed, "1100101"},
        Row{400, R"({"code":304025,"message":"struck"})", Outcome::Failed, "304025"},
        Row{400, R"({"code":11251,"message":"banned"})", Outcome::Failed, "11251"},
        Row{404, "", Outcome::Failed, "http 404"},
    }));
    World world;
    world.platform.answer_next_send(status, body);
    const Receipt receipt = world.say("您好");
    INFO(status << " " << body);
    CHECK(receipt.outcome == outcome);
    CHECK(receipt.code == code);
}

TEST_CASE("a lifetime is read as number and as text, an error in HTTP 200 is an error", "[adapters][qq][deliver]") {
    using Row = std::tuple<std::string, bool>;
    const auto [body, good] = GENERATE(table<std::string, bool>({
        Row{R"({"access_token":"t","expires_in":"7200"})", true},
        Row{R"({"access_token":"t","expires_in":7200})", true},
        Row{R"({"access_token":"t","expires_in":"soon"})", false},
        Row{R"({"access_token":"t","expires_in":-1})", false},
        Row{R"({"access_token":"t"})", false},
        Row{R"({"access_token":"a\nb","expires_in":1})", false},
        Row{R"({"code":100016,"message":"invalid appid or secret"})", false},
        Row{"[]", false},
        Row{"", false},
    }));
    HttpAnswer answer;
    answer.status = 200;
    answer.body = body;
    const auto grant = adapters::qq::read_token(answer);
    INFO(body);
    REQUIRE(grant.has_value() == good);
    if (good) CHECK(grant->lifetime == 7200s);
}

TEST_CASE("long words are split and numbered far from the other replies", "[adapters][qq][deliver]") {
    World world;
    std::string words;
    for (int i = 0; i < 500; ++i) words += "请您准备。";
    const auto calls = world.adapter->encode(saying(words), to_user("m", 2));
    REQUIRE(calls.has_value());
    REQUIRE(calls->size() == 2);
    const auto first = nlohmann::json::parse(calls->at(0).body);
    const auto second = nlohmann::json::parse(calls->at(1).body);
    CHECK(first.at("content").get<std::string>() + second.at("content").get<std::string>() == words);
    CHECK(first.at("msg_seq") == 2);
    CHECK(second.at("msg_seq") == 12);
}

TEST_CASE("a peer that could bend the path is refused", "[adapters][qq][deliver]") {
    World world;
    Destination destination = to_user();
    destination.peer = ExternalId{"../groups/x"};
    CHECK_FALSE(world.adapter->encode(saying("您好"), destination).has_value());
}
