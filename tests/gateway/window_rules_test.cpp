// When a reply may leave, and how long it is tried.
#include "gateway/window_rules.hpp"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::gateway;
using namespace std::chrono_literals;
using Outcome = adapters::Receipt::Outcome;

namespace {

const TimePoint kNow = from_epoch_ms(1'764'000'000'000);

adapters::Capabilities qq() {
    adapters::Capabilities can;
    can.reply_window = 60min;
    can.group_reply_window = 5min;
    can.replies_per_message = 5;
    return can;
}

storage::OutboxRow row(int number, bool lawyer = false, bool group = false) {
    storage::OutboxRow r;
    r.reply_number = number;
    r.lawyer = lawyer;
    r.group = group;
    r.created_at = kNow;
    return r;
}

}  // namespace

TEST_CASE("a window is open until its length has passed", "[gateway][window]") {
    const storage::Window window{1, kNow};
    CHECK(window_allows(qq(), window, row(1), kNow + 60min - 1ms));
    CHECK_FALSE(window_allows(qq(), window, row(1), kNow + 60min));
    CHECK(window_allows(qq(), window, row(1, false, true), kNow + 5min - 1ms));
    CHECK_FALSE(window_allows(qq(), window, row(1, false, true), kNow + 5min));
}

TEST_CASE("the last send of a window is a person's, and each row counts for itself", "[gateway][window]") {
    const storage::Window window{6, kNow};  // six replies wait: the first is none the later for it
    CHECK(window_allows(qq(), window, row(1, true), kNow));
    CHECK(window_allows(qq(), window, row(4), kNow));
    CHECK_FALSE(window_allows(qq(), window, row(5), kNow));
    CHECK(window_allows(qq(), window, row(5, true), kNow));
    CHECK_FALSE(window_allows(qq(), window, row(6, true), kNow));
}

TEST_CASE("a channel without a window always allows and tries for a day", "[gateway][window]") {
    auto can = qq();
    can.reply_window = can.group_reply_window = 0min;
    can.replies_per_message = 0;
    CHECK(window_allows(can, {99, kNow - 1000h}, row(99), kNow));
    CHECK(try_until(can, {}, row(1)) == kNow + 24h);
    CHECK(try_until(qq(), {1, kNow - 10min}, row(1)) == kNow + 49min);
}

TEST_CASE("an attempt ends in one state", "[gateway][window]") {
    test::SeededRandom random;
    const auto end = [&](Outcome outcome, TimePoint until, bool windowed) {
        return ending_of({outcome, "45009", "wx"}, 3, kNow, until, windowed, random);
    };
    CHECK(end(Outcome::Sent, kNow, true).state == "sent");
    CHECK(end(Outcome::Sent, kNow, true).external_id == "wx");
    CHECK(end(Outcome::Unknown, kNow, true).state == "unknown");
    CHECK(end(Outcome::WindowClosed, kNow, true).state == "held");
    CHECK(end(Outcome::Failed, kNow, true).state == "failed");
    SECTION("a retry waits for its time, at most 2^attempts seconds") {
        const auto ending = end(Outcome::Retry, kNow + 1h, true);
        CHECK(ending.state == "queued");
        REQUIRE(ending.next_at.has_value());
        CHECK(*ending.next_at >= kNow);
        CHECK(*ending.next_at <= kNow + 8s);
    }
    SECTION("past the window it waits for the contact, without one it has failed") {
        CHECK(end(Outcome::Retry, kNow - 1s, true).state == "held");
        CHECK(end(Outcome::Retry, kNow - 1s, false).state == "failed");
    }
}

TEST_CASE("a retry's delay never passes five minutes", "[gateway][window]") {
    test::SeededRandom random;
    for (int attempts = 0; attempts < 40; ++attempts) CHECK(retry_delay(attempts, random) <= 300s);
}
