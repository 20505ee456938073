// One contract for every adapter with a webhook: what is good passes, everything else is refused the same way.
#include "adapters/adapter.hpp"
#include "tests/adapters/qq/requests.hpp"
#include "tests/adapters/wechat/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;

namespace {

const TimePoint kNow{std::chrono::seconds{1'795'400'210}};

/// A channel under test: how its platform would send words, an unknown event, and what tampering means.
struct Subject {
    std::string name;
    InboxConfig config;
    std::function<WebhookRequest(const std::string&)> words;
    std::function<WebhookRequest()> unknown_event;
    std::function<void(WebhookRequest&)> tamper;
    std::function<void(WebhookRequest&)> lose_parameter;
};

void flip_last_hex(std::string& hex) { hex.back() = hex.back() == '0' ? '1' : '0'; }

Subject wechat_subject(const std::string& mode) {
    namespace wx = test::wechat;
    const bool plain = mode == "plain";
    const auto seal = [plain](const std::string& xml) {
        return plain ? wx::plain_request(xml, kNow) : wx::safe_request(xml, kNow);
    };
    const std::string signature = plain ? "signature" : "msg_signature";
    Subject made;
    made.name = "wechat " + mode;
    made.config = wx::config(mode);
    made.words = [seal](const std::string& words) { return seal(wx::text_message(words)); };
    made.unknown_event = [seal] { return seal(wx::message_xml("<MsgType>event</MsgType><Event>brand_new</Event>")); };
    made.tamper = [signature](WebhookRequest& request) { flip_last_hex(request.query[signature]); };
    made.lose_parameter = [](WebhookRequest& request) { request.query.erase("nonce"); };
    return made;
}

Subject qq_subject() {
    namespace tq = test::qq;
    Subject made;
    made.name = "qq";
    made.config = tq::config();
    made.words = [](const std::string& words) { return tq::signed_request(tq::c2c_text(words), kNow); };
    made.unknown_event = [] { return tq::signed_request(tq::dispatch("BRAND_NEW", ""), kNow); };
    made.tamper = [](WebhookRequest& request) { request.body.insert(1, " "); };
    made.lose_parameter = [](WebhookRequest& request) { request.headers.erase("x-signature-ed25519"); };
    return made;
}

std::vector<Subject> subjects() {
    return {wechat_subject("safe"), wechat_subject("compat"), wechat_subject("plain"), qq_subject()};
}

struct World {
    test::ManualClock clock{kNow};
    test::SeededRandom random;
    test::FakePlatform platform{clock};
    std::unique_ptr<ChannelAdapter> make(const Subject& subject) {
        return std::move(make_adapter(subject.config, platform, clock, random).value());
    }
};

std::optional<ErrorCode> refusal(const ChannelAdapter& adapter, const WebhookRequest& request, TimePoint now = kNow) {
    const auto verified = adapter.verify(request, now);
    if (verified) return std::nullopt;
    return verified.error().code;
}

}  // namespace

TEST_CASE("a good delivery passes and reads as what was said", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto adapter = world.make(subject);
        const auto request = subject.words("老板拖欠工资👷<![CDATA[\"&\\");
        REQUIRE_FALSE(refusal(*adapter, request));
        const auto inbound = adapter->decode(request, kNow);
        REQUIRE(inbound.has_value());
        REQUIRE(inbound->messages.size() == 1);
        const Message& message = inbound->messages[0];
        CHECK(spoken_text(message) == "老板拖欠工资👷<![CDATA[\"&\\");
        CHECK(message.conversation.channel == subject.config.channel);
        CHECK(message.conversation.inbox == subject.config.id);
        CHECK_FALSE(message.conversation.peer.empty());
        CHECK_FALSE(message.external_id.empty());
        CHECK(message.received_at == kNow);
        CHECK(inbound->ack.status == 200);
        CHECK_FALSE(inbound->ack.body.empty());
    }
}

TEST_CASE("a tampered delivery is forbidden", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        auto request = subject.words("您好");
        subject.tamper(request);
        CHECK(refusal(*world.make(subject), request) == ErrorCode::Forbidden);
    }
}

TEST_CASE("a repeated delivery passes and keeps its key, since the receipt makes it harmless", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto adapter = world.make(subject);
        const auto request = subject.words("您好");
        CHECK_FALSE(refusal(*adapter, request));
        CHECK_FALSE(refusal(*adapter, request, kNow + 15s));
        const auto first = adapter->decode(request, kNow);
        const auto second = adapter->decode(request, kNow + 15s);
        REQUIRE(first.has_value());
        REQUIRE(second.has_value());
        CHECK(first->messages[0].external_id == second->messages[0].external_id);
    }
}

TEST_CASE("a stale delivery is forbidden", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto adapter = world.make(subject);
        const auto request = subject.words("您好");
        CHECK_FALSE(refusal(*adapter, request, kNow + 300s));
        CHECK(refusal(*adapter, request, kNow + 301s) == ErrorCode::Forbidden);
        CHECK(refusal(*adapter, request, kNow - 301s) == ErrorCode::Forbidden);
    }
}

TEST_CASE("a missing parameter is bad input", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        auto request = subject.words("您好");
        subject.lose_parameter(request);
        CHECK(refusal(*world.make(subject), request) == ErrorCode::InvalidInput);
    }
}

TEST_CASE("an empty request is refused", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        CHECK(refusal(*world.make(subject), WebhookRequest{}).has_value());
    }
}

TEST_CASE("an oversized delivery is forbidden even when it is signed", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto request = subject.words(std::string(256 * 1024, 'x'));
        CHECK(refusal(*world.make(subject), request) == ErrorCode::Forbidden);
    }
}

TEST_CASE("an unknown event is acknowledged, counted and nothing more", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto adapter = world.make(subject);
        const auto request = subject.unknown_event();
        REQUIRE_FALSE(refusal(*adapter, request));
        const auto inbound = adapter->decode(request, kNow);
        REQUIRE(inbound.has_value());
        CHECK(inbound->messages.empty());
        CHECK_FALSE(inbound->uncounted.empty());
        CHECK(inbound->ack.status == 200);
    }
}

TEST_CASE("no damaged byte gets a delivery through unread", "[contract]") {
    World world;
    for (const auto& subject : subjects()) {
        const auto adapter = world.make(subject);
        const auto good = subject.words("您好");
        for (std::size_t i = 0; i < good.body.size(); i += 7) {
            auto request = good;
            request.body[i] = static_cast<char>(request.body[i] ^ 0x15);
            INFO(subject.name << " byte " << i);
            // A plain account signs no body byte; there the parser alone stands guard.
            if (!refusal(*adapter, request)) CHECK_NOTHROW(adapter->decode(request, kNow));
            CHECK_NOTHROW(adapter->decode(request, kNow));
        }
    }
}

TEST_CASE("every channel can carry an answer with choices to its contact", "[contract]") {
    World world;
    Reply reply;
    reply.kind = ReplyKind::Clarify;
    reply.paragraphs = {"您说的是哪一种？"};
    reply.choices = {{"c1", "工资"}, {"c2", "工伤"}};
    for (const auto& subject : subjects()) {
        INFO(subject.name);
        const auto adapter = world.make(subject);
        const auto inbound = adapter->decode(subject.words("您好"), kNow);
        REQUIRE(inbound.has_value());
        const Message& message = inbound->messages.at(0);
        Destination destination;
        destination.peer = message.conversation.peer;
        destination.reply_token = message.reply_token;
        destination.own_id = message.own_id;
        const auto calls = adapter->encode(reply, destination);
        REQUIRE(calls.has_value());
        REQUIRE(calls->size() == 1);
        OutboundCall call = calls->front();
        CHECK(test::run_to_end(adapter->deliver(std::move(call))).outcome == Receipt::Outcome::Sent);
        const auto sent = world.platform.sent();
        REQUIRE_FALSE(sent.empty());
        CHECK(sent.back().peer == message.conversation.peer.value);
        CHECK(sent.back().text.find("① ") != std::string::npos);
        CHECK(sent.back().text.find("② ") != std::string::npos);
        CHECK(sent.back().text.size() <= adapter->capabilities().max_text_bytes);
        CHECK(adapter->encode_passive(reply, message, kNow).has_value() == adapter->capabilities().passive_reply);
    }
}
