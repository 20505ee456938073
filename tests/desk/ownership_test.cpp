// A conversation has exactly one owner, and only the moves of the state table change it.
#include "desk/ownership.hpp"

#include <catch2/catch.hpp>

#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::desk;
using namespace std::chrono_literals;

namespace {

const StaffId kWang{"wang"};
const StaffId kLi{"li"};

Ownership owned_by(const StaffId& lawyer, TimePoint waiting_since) {
    return {.owner = Owner::Human, .lawyer = lawyer, .waiting_since = waiting_since, .queued_at = {}};
}

Ownership queued(TimePoint at) { return {.owner = Owner::Queued, .lawyer = {}, .waiting_since = at, .queued_at = at}; }

Ownership in_state(Owner owner) {
    Ownership ownership;
    ownership.owner = owner;
    return ownership;
}

}  // namespace

TEST_CASE("every owner has a stable word and is found by it", "[desk][ownership]") {
    const auto [owner, name] = GENERATE(table<Owner, std::string>({{Owner::Bot, "bot"},
                                                                   {Owner::Queued, "queued"},
                                                                   {Owner::Human, "human"},
                                                                   {Owner::Snoozed, "snoozed"},
                                                                   {Owner::Closed, "closed"}}));
    CHECK(name_of(owner) == name);
    CHECK(owner_from(name) == owner);
    CHECK_FALSE(owner_from("robot").has_value());
}

TEST_CASE("asking for a person puts the conversation into the queue", "[desk][ownership]") {
    const test::ManualClock clock;
    SECTION("from bot, closed and snoozed") {
        const Owner before = GENERATE(Owner::Bot, Owner::Closed, Owner::Snoozed);
        const auto after = request_human(in_state(before), clock.now());
        CHECK(after.owner == Owner::Queued);
        CHECK(after.waiting_since == clock.now());
        CHECK(after.queued_at == clock.now());
    }
    SECTION("a second request keeps the place in the queue") {
        const auto first = queued(clock.now());
        CHECK(request_human(first, clock.now() + 10min) == first);
    }
    SECTION("a lawyer who owns it is not disturbed") {
        const auto owned = owned_by(kWang, clock.now());
        CHECK(request_human(owned, clock.now() + 1min) == owned);
    }
}

TEST_CASE("one lawyer takes a conversation and no second one can", "[desk][ownership]") {
    const test::ManualClock clock;
    const auto taken = accept(queued(clock.now()), kWang);
    REQUIRE(taken.has_value());
    CHECK(taken->owner == Owner::Human);
    CHECK(taken->lawyer == kWang);

    SECTION("the wait goes on until the lawyer has written") { CHECK(taken->waiting_since == clock.now()); }
    SECTION("that this answer is the first is known until it is written") {
        CHECK(taken->queued_at == clock.now());
        CHECK_FALSE(lawyer_wrote(*taken, kWang)->queued_at.has_value());
    }
    SECTION("another lawyer meets a conflict") {
        const auto second = accept(*taken, kLi);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == ErrorCode::Conflict);
    }
    SECTION("the same lawyer's second tap changes nothing") {
        const auto again = accept(*taken, kWang);
        REQUIRE(again.has_value());
        CHECK(*again == *taken);
    }
}

TEST_CASE("a lawyer may take a conversation from the bot but not a closed one", "[desk][ownership]") {
    CHECK(accept(in_state(Owner::Bot), kWang).has_value());
    CHECK(accept(in_state(Owner::Snoozed), kWang).has_value());
    const auto closed = accept(in_state(Owner::Closed), kWang);
    REQUIRE_FALSE(closed.has_value());
    CHECK(closed.error().code == ErrorCode::Conflict);
    const auto nobody = accept(in_state(Owner::Bot), StaffId{});
    REQUIRE_FALSE(nobody.has_value());
    CHECK(nobody.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("only its owner gives a conversation back", "[desk][ownership]") {
    const test::ManualClock clock;
    const auto owned = owned_by(kWang, clock.now());
    SECTION("to the bot, and then nobody waits") {
        const auto released = release_to_bot(owned, kWang);
        REQUIRE(released.has_value());
        CHECK(*released == Ownership{});
    }
    SECTION("to the queue, keeping the first wait and its place") {
        const auto released = release_to_queue(owned, kWang, clock.now() + 30min);
        REQUIRE(released.has_value());
        CHECK(released->owner == Owner::Queued);
        CHECK(released->lawyer.empty());
        CHECK(released->waiting_since == clock.now());
        CHECK(released->queued_at == clock.now());
    }
    SECTION("to the queue after an answer, waiting from now on") {
        auto answered = owned;
        answered.waiting_since.reset();
        CHECK(release_to_queue(answered, kWang, clock.now() + 30min)->waiting_since == clock.now() + 30min);
    }
    SECTION("anybody else is forbidden") {
        CHECK(release_to_bot(owned, kLi).error().code == ErrorCode::Forbidden);
        CHECK(release_to_queue(owned, kLi, clock.now()).error().code == ErrorCode::Forbidden);
        CHECK(release_to_bot(in_state(Owner::Bot), StaffId{}).error().code == ErrorCode::Forbidden);
    }
}

TEST_CASE("the owner or a supervisor ends a conversation", "[desk][ownership]") {
    const test::ManualClock clock;
    const auto owned = owned_by(kWang, clock.now());
    CHECK(close(owned, kWang, false)->owner == Owner::Closed);
    CHECK(close(owned, kLi, true)->owner == Owner::Closed);
    CHECK_FALSE(close(owned, kWang, false)->waiting_since.has_value());
    CHECK(close(owned, kLi, false).error().code == ErrorCode::Forbidden);
    CHECK(close(queued(clock.now()), kWang, false).error().code == ErrorCode::Forbidden);
}

TEST_CASE("a message of the contact wakes or starts a wait", "[desk][ownership]") {
    const test::ManualClock clock;
    SECTION("closed and snoozed conversations go back to the bot") {
        CHECK(contact_wrote(in_state(Owner::Closed), clock.now()) == Ownership{});
        CHECK(contact_wrote(in_state(Owner::Snoozed), clock.now()) == Ownership{});
    }
    SECTION("with the bot nobody waits") { CHECK(contact_wrote(in_state(Owner::Bot), clock.now()) == Ownership{}); }
    SECTION("with a lawyer the wait begins once") {
        auto answered = owned_by(kWang, clock.now());
        answered.waiting_since.reset();
        const auto waiting = contact_wrote(answered, clock.now() + 5min);
        CHECK(waiting.waiting_since == clock.now() + 5min);
        CHECK(contact_wrote(waiting, clock.now() + 9min).waiting_since == clock.now() + 5min);
    }
}

TEST_CASE("a lawyer's answer ends the wait", "[desk][ownership]") {
    const test::ManualClock clock;
    const auto owned = owned_by(kWang, clock.now());
    CHECK_FALSE(lawyer_wrote(owned, kWang)->waiting_since.has_value());
    CHECK(lawyer_wrote(owned, kWang)->owner == Owner::Human);
    CHECK(lawyer_wrote(owned, kLi).error().code == ErrorCode::Forbidden);
    CHECK(lawyer_wrote(queued(clock.now()), kWang).error().code == ErrorCode::Forbidden);
}

TEST_CASE("whoever no longer wants to wait is with the bot again", "[desk][ownership]") {
    const test::ManualClock clock;
    CHECK(stop_waiting(queued(clock.now())) == Ownership{});
    const auto owned = owned_by(kWang, clock.now());
    CHECK(stop_waiting(owned) == owned);
}
