// Passive replies are the bytes WeChat expects, sealed wherever the account is.
#include "adapters/wechat/adapter.hpp"
#include "adapters/wechat/wire.hpp"
#include "tests/adapters/wechat/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
namespace wx = yuanda::test::wechat;

namespace {

Message citizen() {
    Message message;
    message.conversation = {Channel::Wechat, InboxId{"wechat"}, ExternalId{"oABCD1234567890"}, false};
    message.own_id = "gh_0123456789ab";
    return message;
}

Reply saying(const std::string& words) {
    Reply reply;
    reply.paragraphs = {words};
    return reply;
}

struct World {
    test::ManualClock clock{wx::vector_now()};
    test::SeededRandom random;
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> make(const std::string& mode) {
        return std::move(adapters::wechat::make(wx::config(mode), platform, clock, random).value());
    }
};

}  // namespace

TEST_CASE("the passive reply vector is reproduced byte for byte", "[adapters][wechat][reply]") {
    const auto& row = wx::vectors().at("passive_reply");
    const auto text = [&](const char* key) { return row.at(key).get<std::string>(); };
    const TimePoint at{std::chrono::seconds{1'795'400'020}};
    const adapters::wechat::Addresses addresses{"oABCD1234567890abcdefghijklmn", "gh_0123456789ab"};
    CHECK(adapters::wechat::text_xml(addresses, at, "您好，请先选择问题类型：\n1. 劳动争议\n2. 婚姻家庭") ==
          text("plaintext"));
    const std::string sealed = wx::envelope().seal(text("plaintext"), text("random16"));
    CHECK(sealed == text("encrypt"));
    CHECK(adapters::wechat::encrypted_xml(wx::config().token, sealed, text("timestamp"), text("nonce")) ==
          text("body"));
}

TEST_CASE("a plain account gets plain XML with sender and receiver swapped", "[adapters][wechat][reply]") {
    World world;
    const auto answer = world.make("plain")->encode_passive(saying("可以要回来。]]>"), citizen(), wx::vector_now());
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->content_type == "application/xml");
    const auto fields = adapters::wechat::read_xml(answer->body);
    REQUIRE(fields.has_value());
    using adapters::wechat::field;
    CHECK(field(*fields, "ToUserName") == "oABCD1234567890");
    CHECK(field(*fields, "FromUserName") == "gh_0123456789ab");
    CHECK(field(*fields, "CreateTime") == "1795400050");
    CHECK(field(*fields, "MsgType") == "text");
    CHECK(field(*fields, "Content") == "可以要回来。]]>");
}

TEST_CASE("an encrypted account gets a sealed reply, fresh each time", "[adapters][wechat][reply]") {
    World world;
    const auto adapter = world.make(GENERATE("safe", "compat"));
    const auto answer = adapter->encode_passive(saying("可以要回来。"), citizen(), wx::vector_now());
    REQUIRE(answer.has_value());
    CHECK(answer->content_type == "application/xml");
    CHECK(answer->body.find("可以") == std::string::npos);
    const auto fields = adapters::wechat::read_xml(answer->body);
    REQUIRE(fields.has_value());
    using adapters::wechat::field;
    const std::string sealed = field(*fields, "Encrypt");
    CHECK(field(*fields, "MsgSignature") ==
          adapters::wechat::signature(
              {wx::config().token, field(*fields, "TimeStamp"), field(*fields, "Nonce"), sealed}));
    const auto opened = wx::envelope().open(sealed);
    REQUIRE(opened.has_value());
    CHECK(opened->find("可以要回来。") != std::string::npos);
    CHECK(adapter->encode_passive(saying("可以要回来。"), citizen(), wx::vector_now())->body != answer->body);
}

TEST_CASE("a passive reply never carries more than the platform takes", "[adapters][wechat][reply]") {
    World world;
    std::string words;
    for (int i = 0; i < 1000; ++i) words += "援助。";
    const auto answer = world.make("plain")->encode_passive(saying(words), citizen(), wx::vector_now());
    REQUIRE(answer.has_value());
    const auto fields = adapters::wechat::read_xml(answer->body);
    REQUIRE(fields.has_value());
    const std::string content = adapters::wechat::field(*fields, "Content");
    CHECK(content.size() <= 2048);
    CHECK(content.size() > 2000);
}

TEST_CASE("an empty reply has no passive form", "[adapters][wechat][reply]") {
    World world;
    CHECK_FALSE(world.make("safe")->encode_passive(Reply{}, citizen(), wx::vector_now()).has_value());
}
