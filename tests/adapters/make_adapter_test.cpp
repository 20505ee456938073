// A wrong inbox is refused by name before anything listens.
#include "adapters/adapter.hpp"
#include "tests/adapters/qq/requests.hpp"
#include "tests/adapters/wechat/requests.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::adapters;

namespace {

struct World {
    test::ManualClock clock;
    test::SeededRandom random;
    test::FakePlatform platform{clock};
    /// What is wrong, or nothing.
    std::string problem(const InboxConfig& config) {
        const auto made = make_adapter(config, platform, clock, random);
        return made ? std::string{} : made.error().detail;
    }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a wechat inbox names the key that is wrong", "[adapters][make]") {
    using Change = void (*)(InboxConfig&);
    using Row = std::tuple<const char*, Change>;
    const auto [key, change] = GENERATE(table<const char*, Change>({
        Row{"token", [](InboxConfig& c) { c.token.clear(); }},
        Row{"app_id", [](InboxConfig& c) { c.app_id.clear(); }},
        Row{"app_secret", [](InboxConfig& c) { c.app_secret.clear(); }},
        Row{"mode", [](InboxConfig& c) { c.mode = "auto"; }},
        Row{"encoding_aes_key", [](InboxConfig& c) { c.encoding_aes_key.pop_back(); }},
        Row{"encoding_aes_key", [](InboxConfig& c) { c.encoding_aes_key[0] = '!'; }},
        Row{"api", [](InboxConfig& c) { c.api = "api.weixin.qq.com"; }},
    }));
    World world;
    auto config = test::wechat::config();
    REQUIRE(world.problem(config).empty());
    change(config);
    CHECK(contains(world.problem(config), "inbox wechat"));
    CHECK(contains(world.problem(config), key));
}

TEST_CASE("a qq inbox names the key that is wrong", "[adapters][make]") {
    using Change = void (*)(InboxConfig&);
    using Row = std::tuple<const char*, Change>;
    const auto [key, change] = GENERATE(table<const char*, Change>({
        Row{"app_id", [](InboxConfig& c) { c.app_id.clear(); }},
        Row{"app_secret", [](InboxConfig& c) { c.app_secret.clear(); }},
        Row{"api", [](InboxConfig& c) { c.api = "http://a/b"; }},
        Row{"token_api", [](InboxConfig& c) { c.token_api = "nowhere"; }},
    }));
    World world;
    auto config = test::qq::config();
    REQUIRE(world.problem(config).empty());
    change(config);
    CHECK(contains(world.problem(config), key));
}

TEST_CASE("what an account does not use need not be configured", "[adapters][make]") {
    World world;
    auto config = test::wechat::config("plain");
    config.encoding_aes_key.clear();
    config.customer_service = false;
    config.app_secret.clear();
    config.api.clear();
    CHECK(world.problem(config).empty());
}

TEST_CASE("a webchat inbox that requires identity needs its key", "[adapters][make]") {
    World world;
    InboxConfig config;
    config.id = InboxId{"web"};
    CHECK(world.problem(config).empty());
    config.require_identity = true;
    CHECK(contains(world.problem(config), "identity_key"));
}

TEST_CASE("a channel of a later version is refused by its name", "[adapters][make]") {
    World world;
    InboxConfig config;
    config.channel = GENERATE(Channel::Wecom, Channel::Onebot, Channel::Hotline);
    CHECK(contains(world.problem(config), std::string(name_of(config.channel))));
}

TEST_CASE("capabilities state each channel's window", "[adapters][make]") {
    World world;
    const auto wechat = make_adapter(test::wechat::config(), world.platform, world.clock, world.random);
    REQUIRE(wechat.has_value());
    const Capabilities wx = wechat.value()->capabilities();
    CHECK(wx.passive_reply);
    CHECK(wx.passive_limit == std::chrono::milliseconds{4000});
    CHECK(wx.reply_window == std::chrono::hours{48});
    CHECK(wx.replies_per_message == 5);
    const auto qq = make_adapter(test::qq::config(), world.platform, world.clock, world.random);
    REQUIRE(qq.has_value());
    const Capabilities can = qq.value()->capabilities();
    CHECK_FALSE(can.passive_reply);
    CHECK(can.reply_window == std::chrono::minutes{60});
    CHECK(can.group_reply_window == std::chrono::minutes{5});
    CHECK(can.replies_per_message == 5);
}
