// Token buckets.
#include <catch2/catch.hpp>

#include "gateway/rate_limit.hpp"
#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::gateway;
using namespace std::chrono_literals;

TEST_CASE("a burst is allowed, then one each time a token comes back", "[gateway][limits]") {
    test::ManualClock clock;
    RateLimiter limiter{{1.0 / 3, 10}, clock};
    for (int i = 0; i < 10; ++i) CHECK(limiter.allow("a"));
    CHECK_FALSE(limiter.allow("a"));
    CHECK(limiter.allow("b"));
    clock.advance(2999ms);
    CHECK_FALSE(limiter.allow("a"));
    clock.advance(1ms);
    CHECK(limiter.allow("a"));
    CHECK_FALSE(limiter.allow("a"));
}

TEST_CASE("what costs little is allowed often, and a refusal costs nothing", "[gateway][limits]") {
    test::ManualClock clock;
    RateLimiter limiter{{0, 1}, clock};
    for (int i = 0; i < 4; ++i) CHECK(limiter.allow("a", 0.125));
    CHECK_FALSE(limiter.allow("a", 1));
    for (int i = 0; i < 4; ++i) CHECK(limiter.allow("a", 0.125));
    CHECK_FALSE(limiter.allow("a", 0.125));
}

TEST_CASE("a clock that jumps back neither empties nor fills a bucket", "[gateway][limits]") {
    test::ManualClock clock;
    RateLimiter limiter{{1, 2}, clock};
    CHECK(limiter.allow("a"));
    clock.advance(-1h);
    CHECK(limiter.allow("a"));
    CHECK_FALSE(limiter.allow("a"));
}

TEST_CASE("the least recently seen key is forgotten first", "[gateway][limits]") {
    test::ManualClock clock;
    RateLimiter limiter{{0, 1}, clock, 2};
    CHECK(limiter.allow("a"));
    CHECK(limiter.allow("b"));
    CHECK_FALSE(limiter.allow("a"));
    CHECK(limiter.allow("c"));  // b goes
    CHECK_FALSE(limiter.allow("a"));
    CHECK(limiter.allow("b"));
}
