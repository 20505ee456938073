// What WeChat delivers becomes the canonical message.
#include "adapters/wechat/wire.hpp"
#include "tests/adapters/wechat/requests.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using yuanda::test::wechat::message_xml;
using yuanda::test::wechat::text_message;

namespace {

const TimePoint kNow{std::chrono::seconds{1'795'400'005}};

Result<Inbound> read(const std::string& xml) {
    const auto fields = wechat::read_xml(xml);
    if (!fields) return fields.error();
    return wechat::read_message(*fields, xml, InboxId{"wechat"}, kNow);
}

Result<Inbound> read_type(const std::string& type, const std::string& inner, bool with_id = true) {
    return read(message_xml("<MsgType>" + type + "</MsgType>" + inner + (with_id ? "<MsgId>1</MsgId>" : "")));
}

Part only_part(const Result<Inbound>& inbound) {
    REQUIRE(inbound.has_value());
    REQUIRE(inbound->messages.size() == 1);
    REQUIRE(inbound->messages[0].parts.size() == 1);
    return inbound->messages[0].parts[0];
}

std::string event_xml(const std::string& name, const std::string& rest = "") {
    return message_xml("<MsgType>event</MsgType><Event>" + name + "</Event>" + rest);
}

std::string id_of(const std::string& xml) {
    const auto inbound = read(xml);
    REQUIRE(inbound.has_value());
    REQUIRE(inbound->messages.size() == 1);
    return inbound->messages[0].external_id.value;
}

}  // namespace

TEST_CASE("a text message keeps its words, ids and both clocks", "[adapters][wechat][inbound]") {
    const auto inbound = read(text_message("  老板拖欠工资👷\n三个月 "));
    REQUIRE(inbound.has_value());
    REQUIRE(inbound->messages.size() == 1);
    const Message& message = inbound->messages[0];
    CHECK(message.conversation.channel == Channel::Wechat);
    CHECK(message.conversation.inbox == InboxId{"wechat"});
    CHECK(message.conversation.peer == ExternalId{"oABCD1234567890"});
    CHECK_FALSE(message.conversation.group);
    CHECK(message.external_id == ExternalId{"23456789012345678"});
    CHECK(message.own_id == "gh_0123456789ab");
    CHECK(to_epoch_s(message.sent_at) == 1'795'400'001);
    CHECK(message.received_at == kNow);
    CHECK(spoken_text(message) == "  老板拖欠工资👷\n三个月 ");
    CHECK(inbound->ack == WebhookAnswer{200, "text/plain", "success"});
    CHECK(inbound->uncounted.empty());
}

TEST_CASE("the vectors' plaintexts read as what they say", "[adapters][wechat][inbound]") {
    const std::map<std::string, Part> expected{
        {"text_ascii", Text{"this is a test"}},
        {"text_chinese", Text{"老板拖欠工资三个月，怎么申请法律援助？"}},
        {"text_emoji_4byte", Text{"离婚😢孩子归谁🙏"}},
        {"text_cdata_end_split", Text{"a]]>b"}},
        {"text_bizmsgmenu", Choice{"faq:1203", "劳动争议"}},
        {"event_subscribe", ContactEvent{ContactEvent::Kind::Subscribed, "subscribe"}},
    };
    std::size_t seen = 0;
    for (const auto& row : test::wechat::vectors().at("aes")) {
        const auto found = expected.find(row.at("name").get<std::string>());
        if (found == expected.end()) continue;
        INFO(found->first);
        CHECK(only_part(read(row.at("plaintext").get<std::string>())) == found->second);
        ++seen;
    }
    CHECK(seen == expected.size());
}

TEST_CASE("every kind of content becomes a part", "[adapters][wechat][inbound]") {
    using Kind = Media::Kind;
    using Row = std::tuple<std::string, std::string, Part>;
    const auto [type, inner, part] = GENERATE(table<std::string, std::string, Part>({
        Row{"image", "<PicUrl>http://x</PicUrl><MediaId>m1</MediaId>", Media{Kind::Image, "m1", ""}},
        Row{"voice", "<MediaId>m2</MediaId><Format>amr</Format>", Media{Kind::Voice, "m2", ""}},
        Row{"voice", "<MediaId>m2</MediaId><Recognition>工资</Recognition>", Media{Kind::Voice, "m2", "工资"}},
        Row{"video", "<MediaId>m3</MediaId><ThumbMediaId>t</ThumbMediaId>", Media{Kind::Video, "m3", ""}},
        Row{"shortvideo", "<MediaId>m4</MediaId>", Media{Kind::Video, "m4", ""}},
        Row{"location", "<Location_X>34.2</Location_X><Location_Y>108.9</Location_Y><Label>西安</Label>",
            Media{Kind::Location, "34.2,108.9", "西安"}},
        Row{"link", "<Title>欠薪新规</Title><Url>http://x</Url>", Media{Kind::Link, "", "欠薪新规"}},
        Row{"text", "<Content>您好</Content><bizmsgmenuid>c1</bizmsgmenuid>", Choice{"c1", "您好"}},
        Row{"text", "<Content>您好</Content><bizmsgmenuid>ask</bizmsgmenuid>", Text{"您好"}},
        Row{"text", "<Content> \n</Content>", ContactEvent{ContactEvent::Kind::Other, "empty"}},
    }));
    INFO(type << inner);
    const auto inbound = read_type(type, inner);
    CHECK(only_part(inbound) == part);
    CHECK(inbound->uncounted.empty());
}

TEST_CASE("a message of an unknown type still reaches the conversation", "[adapters][wechat][inbound]") {
    const auto inbound = read_type("hologram", "<X>1</X>");
    CHECK(only_part(inbound) == Part{Media{Media::Kind::Other, "", ""}});
    CHECK(inbound->uncounted == "message:hologram");
}

TEST_CASE("events that matter become parts", "[adapters][wechat][inbound]") {
    using Kind = ContactEvent::Kind;
    using Row = std::tuple<std::string, Part>;
    const auto [name, part] = GENERATE(table<std::string, Part>({
        Row{"subscribe", ContactEvent{Kind::Subscribed, "subscribe"}},
        Row{"unsubscribe", ContactEvent{Kind::Unsubscribed, "unsubscribe"}},
        Row{"SCAN", ContactEvent{Kind::Entered, "SCAN"}},
        Row{"CLICK", Text{"转人工"}},
    }));
    INFO(name);
    CHECK(only_part(read(event_xml(name, "<EventKey>转人工</EventKey>"))) == part);
}

TEST_CASE("other events are acknowledged; only unknown ones are counted", "[adapters][wechat][inbound]") {
    using Row = std::tuple<std::string, std::string>;
    const auto [name, uncounted] = GENERATE(table<std::string, std::string>({
        Row{"VIEW", ""},
        Row{"LOCATION", ""},
        Row{"TEMPLATESENDJOBFINISH", ""},
        Row{"scancode_waitmsg", ""},
        Row{"kf_close_session", ""},
        Row{"subscribe_msg_popup_event", ""},
        Row{"user_authorize_invoice", "user_authorize_invoice"},
        Row{"", "event"},
    }));
    const auto inbound = read(event_xml(name));
    INFO(name);
    REQUIRE(inbound.has_value());
    CHECK(inbound->messages.empty());
    CHECK(inbound->ack.body == "success");
    CHECK(inbound->uncounted == uncounted);
}

TEST_CASE("a retried event has the same key, another event of the same second has not", "[adapters][wechat][inbound]") {
    const std::string first = event_xml("SCAN", "<EventKey>1</EventKey><Ticket>a</Ticket>");
    CHECK(id_of(first) == id_of(first));
    CHECK(id_of(first) != id_of(event_xml("SCAN", "<EventKey>2</EventKey><Ticket>a</Ticket>")));
    CHECK(id_of(first) != id_of(event_xml("SCAN", "<EventKey>1</EventKey><Ticket>b</Ticket>")));
    CHECK(id_of(first) != id_of(event_xml("subscribe", "<EventKey>1</EventKey><Ticket>a</Ticket>")));
}

TEST_CASE("a message without what identifies it is refused", "[adapters][wechat][inbound]") {
    const std::string xml = GENERATE(values<std::string>({
        "<xml><MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId><CreateTime>1</CreateTime></xml>",
        "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>",
        "<xml><FromUserName>o</FromUserName><CreateTime>x</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId></xml>",
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgId>1</MsgId></xml>",
        "<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>o p</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId></xml>",
        "<xml/>",
    }));
    INFO(xml);
    const auto inbound = read(xml);
    REQUIRE_FALSE(inbound.has_value());
    CHECK(inbound.error().code == ErrorCode::InvalidInput);
}
