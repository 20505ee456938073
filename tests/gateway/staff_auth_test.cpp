// Cookies, origins, locks and the life of a session.
#include "gateway/staff/auth.hpp"

#include <catch2/catch.hpp>

#include "core/token.hpp"
#include "gateway/staff/login_guard.hpp"
#include "tests/support/manual_clock.hpp"

namespace yuanda::gateway::staff {
namespace {

using namespace std::chrono_literals;
using yuanda::test::ManualClock;

}  // namespace

TEST_CASE("the cookie is bound to this host, hidden from scripts and never sent across sites",
          "[gateway][staff][auth]") {
    CHECK(session_cookie("abc") == "__Host-yuanda=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
    CHECK(cleared_cookie() == "__Host-yuanda=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST_CASE("only our own pages may change anything", "[gateway][staff][auth]") {
    const auto [origin, host, public_url, ours] = GENERATE(table<std::string, std::string, std::string, bool>({
        {"https://desk.example", "desk.example", "", true},
        {"https://DESK.example", "desk.Example", "", true},
        {"https://desk.example:8443", "desk.example:8443", "", true},
        {"https://desk.example", "desk.example:8443", "", false},
        {"http://127.0.0.1:8080", "127.0.0.1:8080", "", true},
        {"http://localhost:8080", "localhost:8080", "", true},
        {"http://[::1]:8080", "[::1]:8080", "", true},
        // a name that an attacker points at this machine
        {"http://evil.example:8080", "evil.example:8080", "", false},
        {"http://127.0.0.1.evil.example", "127.0.0.1.evil.example", "", false},
        {"http://desk.example", "desk.example", "", false},
        {"https://evil.example", "desk.example", "", false},
        {"https://desk.example@evil.example", "desk.example@evil.example", "", false},
        {"https://law.example", "10.0.0.5:8080", "https://law.example/", true},
        {"https://evil.example", "10.0.0.5:8080", "https://law.example/", false},
        {"http://law.example", "10.0.0.5:8080", "https://law.example/", false},
        {"null", "desk.example", "", false},
        {"", "desk.example", "", false},
        {"", "", "", false},
        {"ftp://127.0.0.1", "127.0.0.1", "", false},
    }));
    CAPTURE(origin, host, public_url);
    CHECK(own_origin(origin, host, public_url) == ours);
}

TEST_CASE("a session is stored by the hash of its token", "[gateway][staff][auth]") {
    const auto session = new_session(StaffId{"s1"}, "secret", "csrf", ManualClock{}.now());
    CHECK(session.token_hash == sha256_hex("secret"));
    CHECK(session.token_hash.find("secret") == std::string::npos);
    CHECK(session.csrf == "csrf");
}

TEST_CASE("a session ends when nobody acts, and after ten hours in any case", "[gateway][staff][auth]") {
    ManualClock clock;
    auto session = new_session(StaffId{"s1"}, "secret", "csrf", clock.now());
    const auto [roles, idle] = GENERATE(table<std::vector<std::string>, std::chrono::minutes>(
        {{{"lawyer"}, 30min}, {{"admin"}, 15min}, {{"lawyer", "admin"}, 15min}}));
    CHECK(session_alive(session, roles, clock.now() + idle - 1ms));
    CHECK_FALSE(session_alive(session, roles, clock.now() + idle));
    session.seen_at = clock.now() + 10h - 1min;  // busy to the last
    CHECK(session_alive(session, roles, clock.now() + 10h - 1ms));
    CHECK_FALSE(session_alive(session, roles, clock.now() + 10h));
}

TEST_CASE("a lock holds until its end", "[gateway][staff][auth]") {
    ManualClock clock;
    storage::Staff staff;
    CHECK_FALSE(locked(staff, clock.now()));
    staff.locked_until = clock.now() + 30min;
    CHECK(locked(staff, clock.now() + 30min - 1ms));
    CHECK_FALSE(locked(staff, clock.now() + 30min));
}

TEST_CASE("the guard locks any name, known or not", "[gateway][staff][auth]") {
    ManualClock clock;
    LoginGuard guard;
    const auto fail = [&](const std::string& name) {
        if (!guard.begin(name, clock.now())) return false;
        guard.end(name, false, clock.now());
        return true;
    };
    for (int i = 0; i < 5; ++i) CHECK(fail("nobody"));
    CHECK_FALSE(fail("nobody"));
    CHECK(fail("somebody"));
    clock.advance(30min);
    CHECK(fail("nobody"));

    SECTION("an administrator's reset opens the name") {
        for (int i = 0; i < 4; ++i) fail("nobody");
        REQUIRE_FALSE(fail("nobody"));
        guard.forget("nobody");
        CHECK(fail("nobody"));
    }
}

TEST_CASE("attempts still being checked count, so that many at once are not many guesses", "[gateway][staff][auth]") {
    ManualClock clock;
    LoginGuard guard;
    int begun = 0;
    for (int i = 0; i < 100; ++i) begun += guard.begin("wangyi", clock.now()) ? 1 : 0;
    CHECK(begun == 5);
    guard.end("wangyi", true, clock.now());
    CHECK(guard.begin("wangyi", clock.now()));
}

TEST_CASE("the guard stays small under a flood of invented names", "[gateway][staff][auth]") {
    ManualClock clock;
    LoginGuard guard{10};
    for (int i = 0; i < 5; ++i) {
        REQUIRE(guard.begin("victim", clock.now()));
        guard.end("victim", false, clock.now());
    }
    CHECK_FALSE(guard.begin("victim", clock.now()));
    for (int i = 0; i < 1000; ++i) {
        clock.advance(1s);
        const std::string name = "name" + std::to_string(i);
        REQUIRE(guard.begin(name, clock.now()));
        guard.end(name, false, clock.now());
    }
    CHECK(guard.begin("victim", clock.now()));  // forgotten here; the database still has the lock of real staff
}

}  // namespace yuanda::gateway::staff
