// What did not arrive stays in sight of people until it arrives or somebody has told the contact otherwise.
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;
using Peers = std::vector<std::string>;

namespace {

/// The bot's answer to a message of `peer`, sent and ended as `state`.
void end_as(Store& store, const std::string& peer, const std::string& state) {
    const std::string id = peer + "-" + state;
    REQUIRE(store.commit(store.delivered_turn(peer, id, "words", false)).has_value());
    REQUIRE(store.outbox.claim(store.clock.now(), 10)->size() == 1);
    REQUIRE(store.outbox.finish(OutboxId("out-" + id), state, "", "", std::nullopt, store.clock.now()).has_value());
    store.clock.advance(1min);
}

std::vector<storage::UndeliveredRow> rows_of(Store& store, int limit = 50, const std::string& after = "") {
    const auto rows = store.conversations.undelivered(limit, MessageId(after));
    if (!rows) FAIL("cannot list: " << rows.error());
    return *rows;
}

Peers states_of(const std::vector<storage::UndeliveredRow>& rows) {
    Peers states;
    for (const auto& row : rows) states.push_back(row.delivery);
    return states;
}

std::int64_t counted(Store& store) {
    return store.conversations.counts(StaffId("s1"), {}, store.clock.now())->undelivered;
}

}  // namespace

TEST_CASE("what did not arrive is listed whoever owns the conversation, the certain failures first",
          "[storage][undelivered]") {
    Store store(GENERATE(from_range(engines())));
    end_as(store, "a", "held");
    end_as(store, "b", "unknown");
    end_as(store, "c", "failed");
    end_as(store, "d", "sent");
    end_as(store, "e", "failed");

    const auto rows = rows_of(store);
    CHECK(states_of(rows) == Peers{"failed", "failed", "unknown", "held"});
    CHECK(counted(store) == 4);
    CHECK(rows[0].conversation == store.conversation("c").id);
    CHECK(rows[0].channel == Channel::Wechat);
    CHECK(rows[0].from == storage::From::Bot);
    CHECK(rows[0].contact == store.conversation("c").contact);
    CHECK(rows[0].contact_name.empty());
    CHECK(rows[0].at == store.clock.now() - 3min);

    SECTION("page by page") {
        const auto page = rows_of(store, 3);
        CHECK(states_of(page) == Peers{"failed", "failed", "unknown"});
        CHECK(rows_of(store, 3, page.back().message.value) == std::vector{rows.back()});
    }
}

TEST_CASE("a message leaves the undelivered when somebody has settled it, on the record", "[storage][undelivered]") {
    Store store(GENERATE(from_range(engines())));
    end_as(store, "a", "failed");
    const auto message = rows_of(store).front().message;
    REQUIRE(store.conversations.settle_undelivered(message, StaffId("s1"), store.clock.now()).has_value());
    CHECK(rows_of(store).empty());
    CHECK(counted(store) == 0);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'outbox.settle' AND actor = 's1'") == 1);
    CHECK(store.conversations.settle_undelivered(message, StaffId("s2"), store.clock.now()).error().code ==
          ErrorCode::NotFound);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'outbox.settle'") == 1);
}

TEST_CASE("a held message leaves the undelivered by itself when the contact writes", "[storage][undelivered]") {
    Store store(GENERATE(from_range(engines())));
    end_as(store, "a", "held");
    REQUIRE(counted(store) == 1);
    REQUIRE(store.commit(store.turn("a", "a2", "我在")).has_value());
    CHECK(counted(store) == 0);
}
