// One refresh serves everyone; a refused token is forgotten once; failures do not storm the platform.
#include "adapters/access_token.hpp"

#include <thread>

#include "tests/support/fake_platform.hpp"
#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::adapters;
using namespace std::chrono_literals;
using yuanda::test::FakePlatform;
using yuanda::test::ManualClock;
using yuanda::test::run_to_end;

namespace {

Result<TokenGrant> read_grant(const HttpAnswer& answer) {
    const auto json = nlohmann::json::parse(answer.body, nullptr, false);
    if (!json.contains("access_token")) return Error(ErrorCode::Unavailable, "40164");
    TokenGrant grant;
    grant.value = json.at("access_token").get<std::string>();
    grant.lifetime = std::chrono::seconds{json.at("expires_in").get<int>()};
    return grant;
}

struct World {
    ManualClock clock;
    FakePlatform platform{clock};
    AccessToken token{platform, clock, source()};

    static TokenSource source() {
        TokenSource made;
        made.request.path = "/cgi-bin/stable_token";
        made.read = read_grant;
        made.margin = 300s;
        return made;
    }
    Result<std::string> current() { return run_to_end(token.current()); }
};

/// `count` callers at once on `threads` threads.
std::vector<Result<std::string>> ask_at_once(AccessToken& token, int count, int threads) {
    boost::asio::io_context io;
    std::vector<std::future<Result<std::string>>> waiting;
    for (int i = 0; i < count; ++i)
        waiting.push_back(boost::asio::co_spawn(io, token.current(), boost::asio::use_future));
    std::vector<std::thread> pool;
    for (int i = 0; i < threads; ++i) pool.emplace_back([&io] { io.run(); });
    for (auto& thread : pool) thread.join();
    std::vector<Result<std::string>> answers;
    for (auto& one : waiting) answers.push_back(one.get());
    return answers;
}

}  // namespace

TEST_CASE("a token is asked for once and kept until its margin", "[adapters][token]") {
    World world;
    CHECK(world.current().value() == "tok-1");
    world.clock.advance(6899s);
    CHECK(world.current().value() == "tok-1");
    CHECK(world.platform.token_requests() == 1);
    world.clock.advance(1s);
    CHECK(world.current().has_value());
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("a hundred callers at once share one refresh", "[adapters][token]") {
    World world;
    const int threads = GENERATE(1, 4);
    for (const auto& answer : ask_at_once(world.token, 100, threads)) CHECK(answer.value() == "tok-1");
    CHECK(world.platform.token_requests() == 1);
}

TEST_CASE("a hundred callers at once share one failure", "[adapters][token]") {
    World world;
    world.platform.answer_tokens(R"({"errcode":40164})");
    for (const auto& answer : ask_at_once(world.token, 100, 4)) {
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().detail == "40164");
    }
    CHECK(world.platform.token_requests() == 1);

    SECTION("nothing is asked for a second, then it works again") {
        world.platform.answer_tokens("");
        CHECK_FALSE(world.current().has_value());
        CHECK(world.platform.token_requests() == 1);
        world.clock.advance(1s);
        CHECK(world.current().value() == "tok-1");
    }
}

TEST_CASE("dropping a refused token asks anew, dropping a replaced one does not", "[adapters][token]") {
    World world;
    const std::string old = world.current().value();
    world.platform.revoke_token();
    world.token.drop(old);
    CHECK(world.current().value() == "tok-2");
    world.token.drop(old);
    CHECK(world.current().value() == "tok-2");
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("a paused account asks nothing for a minute", "[adapters][token]") {
    World world;
    CHECK(world.current().has_value());
    world.token.pause("40001 twice");
    CHECK(world.current().error().detail == "40001 twice");
    world.clock.advance(59s);
    CHECK_FALSE(world.current().has_value());
    CHECK(world.platform.token_requests() == 1);
    world.clock.advance(1s);
    CHECK(world.current().has_value());
}

TEST_CASE("a short grant is renewed at half its life instead of at every call", "[adapters][token]") {
    World world;
    world.platform.answer_tokens(R"({"access_token":"short","expires_in":300})");
    CHECK(world.current().value() == "short");
    world.clock.advance(149s);
    CHECK(world.current().value() == "short");
    CHECK(world.platform.token_requests() == 1);
    world.clock.advance(1s);
    CHECK(world.current().value() == "short");
    CHECK(world.platform.token_requests() == 2);
}

TEST_CASE("a refresh that is cancelled leaves nobody waiting", "[adapters][token]") {
    World world;
    std::future<Result<std::string>> follower;
    boost::asio::io_context io;
    {
        boost::asio::io_context dying;
        auto leader = boost::asio::co_spawn(dying, world.token.current(), boost::asio::use_future);
        dying.run_one();  // the leader has asked and waits for the platform
        follower = boost::asio::co_spawn(io, world.token.current(), boost::asio::use_future);
        io.run_one();
    }
    io.run();
    CHECK_FALSE(follower.get().has_value());
    CHECK(world.current().value() == "tok-1");
}

TEST_CASE("a token in a query is percent-encoded", "[adapters][token]") {
    CHECK(percent_encoded("aZ09-_.~") == "aZ09-_.~");
    CHECK(percent_encoded("a+b/c=&") == "a%2Bb%2Fc%3D%26");
    CHECK(is_token_text("tok-1"));
    for (const char* bad : {"", "a b", "a\nb", "甲"}) CHECK_FALSE(is_token_text(bad));
}
