// What QQ dispatches becomes the canonical message.
#include "adapters/qq/wire.hpp"
#include "tests/adapters/qq/requests.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using yuanda::test::qq::dispatch;

namespace {

const TimePoint kNow{std::chrono::seconds{1'795'400'210}};

Result<Inbound> read(const std::string& body) {
    const auto json = parse_json(body);
    if (!json) return json.error();
    return adapters::qq::read_dispatch(*json, InboxId{"qq"}, kNow);
}

Message only_message(const Result<Inbound>& inbound) {
    REQUIRE(inbound.has_value());
    REQUIRE(inbound->messages.size() == 1);
    CHECK(inbound->ack == WebhookAnswer{200, "application/json", R"({"op":12,"d":0})"});
    CHECK(inbound->uncounted.empty());
    return inbound->messages[0];
}

}  // namespace

TEST_CASE("the vectors read as a single chat, a group and a new friend", "[adapters][qq][inbound]") {
    const auto& own = test::qq::vectors().at("own");

    const Message single = only_message(read(own.at(0).at("body").get<std::string>()));
    CHECK(single.conversation.channel == Channel::Qq);
    CHECK(single.conversation.peer == ExternalId{"E4F4AEA33253A2797FB897C50B81D7ED"});
    CHECK_FALSE(single.conversation.group);
    CHECK(single.external_id == ExternalId{"ROBOT1.0_aaaa"});
    CHECK(single.reply_token == ExternalId{"ROBOT1.0_aaaa"});
    CHECK(single.parts == std::vector<Part>{Text{"老板不给工伤赔偿怎么办"}});
    CHECK(rfc3339(single.sent_at) == "2026-11-23T03:00:00.000Z");
    CHECK(single.received_at == kNow);

    const Message group = only_message(read(own.at(1).at("body").get<std::string>()));
    CHECK(group.conversation.group);
    CHECK(group.conversation.peer == ExternalId{"C9F778FE6ADF9D1D1DBE395BF744A33A"});
    CHECK(group.parts == std::vector<Part>{Text{"/援助 离婚"}});

    const Message added = only_message(read(own.at(2).at("body").get<std::string>()));
    CHECK(added.parts == std::vector<Part>{ContactEvent{ContactEvent::Kind::Subscribed, "FRIEND_ADD"}});
    CHECK(added.external_id == ExternalId{"FRIEND_ADD:1"});
    CHECK(to_epoch_s(added.sent_at) == 1'795'400'202);
}

TEST_CASE("every event has its kind and its peer", "[adapters][qq][inbound]") {
    using Kind = ContactEvent::Kind;
    using Row = std::tuple<std::string, Kind, bool>;
    const auto [name, kind, group] = GENERATE(table<std::string, Kind, bool>({
        Row{"FRIEND_ADD", Kind::Subscribed, false},
        Row{"FRIEND_DEL", Kind::Unsubscribed, false},
        Row{"C2C_MSG_REJECT", Kind::Other, false},
        Row{"C2C_MSG_RECEIVE", Kind::Other, false},
        Row{"GROUP_ADD_ROBOT", Kind::Subscribed, true},
        Row{"GROUP_DEL_ROBOT", Kind::Unsubscribed, true},
        Row{"GROUP_MSG_REJECT", Kind::Other, true},
        Row{"GROUP_MSG_RECEIVE", Kind::Other, true},
    }));
    INFO(name);
    const Message message =
        only_message(read(dispatch(name, R"("openid":"USER","group_openid":"GROUP","timestamp":"1795400202")")));
    CHECK(message.parts == std::vector<Part>{ContactEvent{kind, name}});
    CHECK(message.conversation.group == group);
    CHECK(message.conversation.peer.value == (group ? "GROUP" : "USER"));
}

TEST_CASE("an unknown event is acknowledged and counted", "[adapters][qq][inbound]") {
    const std::string name = GENERATE("INTERACTION_CREATE", "SUBSCRIBE_MESSAGE_STATUS", "");
    const auto inbound = read(dispatch(name, ""));
    REQUIRE(inbound.has_value());
    CHECK(inbound->messages.empty());
    CHECK(inbound->ack.body == R"({"op":12,"d":0})");
    CHECK(inbound->uncounted == (name.empty() ? "dispatch" : name));
}

TEST_CASE("attachments become media, a bare mention becomes an arrival", "[adapters][qq][inbound]") {
    using Kind = Media::Kind;
    using Row = std::tuple<std::string, std::vector<Part>>;
    const auto [data, parts] = GENERATE(table<std::string, std::vector<Part>>({
        Row{R"("content":" ")", {ContactEvent{ContactEvent::Kind::Entered, "empty"}}},
        Row{R"("attachments":[{"content_type":"image/png","url":"https://q/1"}])",
            {Media{Kind::Image, "https://q/1", ""}}},
        Row{R"("content":"看","attachments":[{"content_type":"voice","url":"u"}])",
            {Text{"看"}, Media{Kind::Voice, "u", ""}}},
        Row{R"("attachments":[{"content_type":"video/mp4"},{"content_type":"file"},{}])",
            {Media{Kind::Video, "", ""}, Media{Kind::File, "", ""}, Media{Kind::File, "", ""}}},
        Row{R"("content":"a\u0000b","attachments":"x")", {Text{"ab"}}},
        Row{R"("content":5)", {ContactEvent{ContactEvent::Kind::Entered, "empty"}}},
    }));
    INFO(data);
    const std::string body = dispatch("C2C_MESSAGE_CREATE", R"("id":"m","author":{"user_openid":"U"},)" + data);
    CHECK(only_message(read(body)).parts == parts);
}

TEST_CASE("a message without a usable peer or id is bad input", "[adapters][qq][inbound]") {
    const std::string data = GENERATE(values<std::string>({
        R"("id":"m","content":"x")",
        R"("id":"m","author":{"user_openid":""},"content":"x")",
        R"("id":"m","author":{"user_openid":"../../x"},"content":"x")",
        R"("id":"m","author":"U","content":"x")",
        R"("id":"","author":{"user_openid":"U"},"content":"x")",
        R"("author":{"user_openid":"U"},"content":"x")",
    }));
    INFO(data);
    const auto inbound = read(dispatch("C2C_MESSAGE_CREATE", data));
    REQUIRE_FALSE(inbound.has_value());
    CHECK(inbound.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("times are read in every form the events use", "[adapters][qq][inbound]") {
    using Row = std::tuple<std::string, std::string>;
    const auto [json, expected] = GENERATE(table<std::string, std::string>({
        Row{R"("2026-11-23T11:00:00+08:00")", "2026-11-23T03:00:00.000Z"},
        Row{R"("2026-11-23T03:00:00Z")", "2026-11-23T03:00:00.000Z"},
        Row{R"("2026-11-23T00:30:00.123456-02:30")", "2026-11-23T03:00:00.000Z"},
        Row{"1795402800", "2026-11-23T03:00:00.000Z"},
        Row{R"("1795402800")", "2026-11-23T03:00:00.000Z"},
        Row{"1795402800000", "2026-11-23T03:00:00.000Z"},
        Row{R"("2026-11-23T11:00:00")", ""},
        Row{R"("2026-13-23T11:00:00Z")", ""},
        Row{R"("2026-11-23T25:00:00Z")", ""},
        Row{R"("2026-11-23T11:00:00+8")", ""},
        Row{R"("yesterday")", ""},
        Row{"-1", ""},
        Row{"1.5", ""},
        Row{"null", ""},
    }));
    const auto read_back = adapters::qq::read_time(nlohmann::json::parse(json));
    INFO(json);
    CHECK((read_back ? rfc3339(*read_back) : "") == expected);
}
