// The outbox: in order per conversation, claimed before any call, never silently lost.
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;
using storage::OutboxRow;

namespace {

std::vector<std::string> ids_of(const Result<std::vector<OutboxRow>>& rows) {
    REQUIRE(rows.has_value());
    std::vector<std::string> ids;
    for (const auto& row : *rows) ids.push_back(row.id.value);
    return ids;
}
using Ids = std::vector<std::string>;

void send(Store& store, const std::string& peer, const std::string& id, bool offered = false) {
    const auto outcome = store.commit(store.delivered_turn(peer, id, "question " + id, offered));
    REQUIRE(outcome.has_value());
    REQUIRE(outcome->kind == storage::CommitOutcome::Kind::Committed);
}

std::string state_of(Store& store, const std::string& id) {
    return store.text("SELECT state FROM outbox WHERE id = '" + id + "'");
}

}  // namespace

TEST_CASE("rows of one conversation leave one after the other, those of others at once", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    send(store, "a", "a2");
    send(store, "b", "b1");
    const auto now = store.clock.now();
    CHECK(ids_of(store.outbox.claim(now, 10)) == Ids{"out-a1", "out-b1"});
    CHECK(ids_of(store.outbox.claim(now, 10)) == Ids{});  // a1 is still on its way

    SECTION("a sent row frees the next") {
        REQUIRE(store.outbox.finish(OutboxId("out-a1"), "sent", "0", "wx-1", std::nullopt, now).has_value());
        CHECK(ids_of(store.outbox.claim(now, 10)) == Ids{"out-a2"});
    }
    SECTION("a retry keeps its place and waits for its time") {
        REQUIRE(store.outbox.finish(OutboxId("out-a1"), "queued", "45009", "", now + 5s, now).has_value());
        CHECK(ids_of(store.outbox.claim(now + 4s, 10)) == Ids{});
        CHECK(ids_of(store.outbox.claim(now + 5s, 10)) == Ids{"out-a1"});
    }
    SECTION("a held row keeps its place until the contact writes again") {
        REQUIRE(store.outbox.finish(OutboxId("out-a1"), "held", "45015", "", std::nullopt, now).has_value());
        CHECK(ids_of(store.outbox.claim(now + 1h, 10)) == Ids{});
        CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'outbox.held'") == 1);
        store.clock.advance(1h);
        send(store, "a", "a3");
        CHECK(ids_of(store.outbox.claim(store.clock.now(), 10)) == Ids{"out-a1"});
    }
    SECTION("a failed row frees the next and is recorded for a person") {
        REQUIRE(store.outbox.finish(OutboxId("out-a1"), "failed", "40003", "", std::nullopt, now).has_value());
        CHECK(ids_of(store.outbox.claim(now, 10)) == Ids{"out-a2"});
        CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'outbox.failed'") == 1);
    }
}

TEST_CASE("what was held answers the message that opens the window again, first and in order", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    store.channel = Channel::Qq;
    store.inbox = InboxId("qq");
    send(store, "a", "a1");
    send(store, "a", "a2");
    const auto now = store.clock.now();
    for (const char* id : {"out-a1", "out-a2"}) {
        REQUIRE(ids_of(store.outbox.claim(now, 10)) == Ids{id});
        REQUIRE(store.outbox.finish(OutboxId(id), "held", "window", "", std::nullopt, now).has_value());
        // The one behind it is only claimed when the one before is no longer open.
        REQUIRE(store.sql("UPDATE outbox SET pending = 0 WHERE id = '" + std::string(id) + "'").has_value());
    }
    REQUIRE(store.sql("UPDATE outbox SET pending = 1").has_value());
    store.clock.advance(61min);

    SECTION("an answerable message sends them under its own token") {
        send(store, "a", "a3");
        int number = 0;
        for (const char* id : {"out-a1", "out-a2", "out-a3"}) {
            const auto rows = store.outbox.claim(store.clock.now(), 10);
            REQUIRE(ids_of(rows) == Ids{id});
            CHECK(rows->front().reply_token.value == "token-a3");
            CHECK(rows->front().reply_number == ++number);
            REQUIRE(store.outbox.finish(OutboxId(id), "sent", "", "", std::nullopt, store.clock.now()).has_value());
        }
        CHECK(store.outbox.window(store.conversation("a").id)->used == 3);
    }
    SECTION("one that cannot be answered leaves them and the window alone") {
        auto turn = store.delivered_turn("a", "a3", "", false);
        turn.opens_window = false;
        turn.outbox.reset();
        turn.outbound.reset();
        REQUIRE(store.commit(turn)->kind == storage::CommitOutcome::Kind::Committed);
        CHECK(ids_of(store.outbox.claim(store.clock.now(), 10)) == Ids{});
        CHECK(store.outbox.window(store.conversation("a").id)->opened_at == now);
    }
}

TEST_CASE("pieces beyond the first take sends of the window", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    const auto conversation = store.conversation("a").id;
    REQUIRE(store.outbox.count_pieces(conversation, 2).has_value());
    CHECK(store.outbox.window(conversation)->used == 3);
}

TEST_CASE("a claimed row carries all that a sender needs", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    const auto rows = store.outbox.claim(store.clock.now(), 10);
    REQUIRE(rows->size() == 1);
    const OutboxRow& row = rows->front();
    CHECK(row.text == "answer to question a1");
    CHECK(row.peer.value == "a");
    CHECK(row.inbox.value == "wechat");
    CHECK(row.channel == Channel::Wechat);
    CHECK(row.seq == 2);
    CHECK(row.reply_token.value == "token-a1");
    CHECK(row.reply_number == 1);
    CHECK(row.own_id == "gh_1");
    CHECK(row.attempts == 1);
    CHECK_FALSE(row.lawyer);
    CHECK(store.text("SELECT state FROM outbox") == "sending");  // on disk before the call
    const auto messages = store.conversations.messages(row.conversation, 0, 10, false);
    CHECK(messages->at(0).delivery.empty());
    CHECK(messages->at(1).delivery == "sending");
}

TEST_CASE("claims respect their limit and come oldest first", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    for (const char* peer : {"c", "a", "b"}) {
        send(store, peer, std::string(peer) + "1");
        store.clock.advance(1s);
    }
    CHECK(ids_of(store.outbox.claim(store.clock.now(), 2)) == Ids{"out-c1", "out-a1"});
    CHECK(ids_of(store.outbox.claim(store.clock.now(), 2)) == Ids{"out-b1"});
}

TEST_CASE("an offered reply waits 20 s for its webhook, then goes down the ladder", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1", true);
    const auto now = store.clock.now();
    CHECK(state_of(store, "out-a1") == "offered");
    CHECK(store.outbox.window(store.conversation("a").id)->used == 0);

    SECTION("a repeated delivery learns which row its bytes carry") {
        const auto stored = store.conversations.stored_answer(store.inbox, ExternalId("a1"));
        CHECK(stored->value().outbox.value == "out-a1");
    }
    SECTION("confirmed in time it is over") {
        REQUIRE(store.outbox.confirm_offered(OutboxId("out-a1"), now + 1s).has_value());
        CHECK(state_of(store, "out-a1") == "confirmed");
        CHECK(ids_of(store.outbox.claim(now + 1h, 10)) == Ids{});
    }
    SECTION("one millisecond early it is not claimed") {
        CHECK(ids_of(store.outbox.claim(now + 20s - 1ms, 10)) == Ids{});
    }
    SECTION("after 20 s it is claimed and uses a send of the window") {
        CHECK(ids_of(store.outbox.claim(now + 20s, 10)) == Ids{"out-a1"});
        CHECK(store.outbox.window(store.conversation("a").id)->used == 1);
        // A confirmation that comes too late must not hide the second send.
        REQUIRE(store.outbox.confirm_offered(OutboxId("out-a1"), now + 21s).has_value());
        CHECK(state_of(store, "out-a1") == "sending");
    }
}

TEST_CASE("what a dead process was sending becomes unknown, never sent again", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    send(store, "a", "a2");
    REQUIRE(store.outbox.claim(store.clock.now(), 10)->size() == 1);
    if (store.database->shared()) {
        // Another node may still be sending it.
        CHECK(store.outbox.recover(store.clock.now()).value() == 0);
        store.clock.advance(61s);
    }
    CHECK(store.outbox.recover(store.clock.now()).value() == 1);
    CHECK(state_of(store, "out-a1") == "unknown");
    CHECK(store.outbox.recover(store.clock.now()).value() == 0);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'outbox.unknown'") == 1);
    CHECK(ids_of(store.outbox.claim(store.clock.now(), 10)) == Ids{"out-a2"});
}

TEST_CASE("a sender that never comes back is given up by the next claim", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    send(store, "a", "a2");
    const auto now = store.clock.now();
    REQUIRE(store.outbox.claim(now, 10)->size() == 1);
    CHECK(ids_of(store.outbox.claim(now + 59s, 10)) == Ids{});
    CHECK(ids_of(store.outbox.claim(now + 60s, 10)) == Ids{"out-a2"});
    CHECK(state_of(store, "out-a1") == "unknown");
}

TEST_CASE("a receipt may follow a send, but nothing undoes it", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    send(store, "a", "a1");
    const auto now = store.clock.now();
    REQUIRE(store.outbox.claim(now, 1)->size() == 1);
    const OutboxId id("out-a1");
    CHECK(store.outbox.finish(id, "sent", "0", "wx-1", std::nullopt, now).has_value());
    CHECK(store.outbox.finish(id, "confirmed", "", "", std::nullopt, now).has_value());
    CHECK(store.text("SELECT external_id FROM outbox") == "wx-1");
    CHECK(store.outbox.finish(id, "failed", "", "", std::nullopt, now).error().code == ErrorCode::NotFound);
    CHECK(store.outbox.finish(OutboxId("none"), "sent", "", "", std::nullopt, now).error().code == ErrorCode::NotFound);
}

TEST_CASE("each message of the contact opens a fresh window whose sends are numbered", "[storage][outbox]") {
    Store store(GENERATE(from_range(engines())));
    store.channel = Channel::Qq;
    store.inbox = InboxId("qq");
    send(store, "a", "a1");
    auto conversation = store.conversation("a");
    for (int number = 2; number <= 3; ++number) {
        storage::DeskAct act;
        act.conversation = conversation.id;
        act.version = conversation.version++;
        act.ownership = {desk::Owner::Human, StaffId("s1"), std::nullopt, std::nullopt};
        act.action = "reply";
        act.staff = StaffId("s1");
        act.message.emplace();
        act.message->from = storage::From::Lawyer;
        act.message->text = "答复";
        act.deliver = true;
        act.now = store.clock.now();
        REQUIRE(store.conversations.act(act).has_value());
        CHECK(store.outbox.window(conversation.id)->used == number);
    }
    CHECK(store.number("SELECT MAX(reply_number) FROM outbox WHERE reply_token = 'token-a1' AND lawyer = 1") == 3);
    store.clock.advance(5min);
    send(store, "a", "a2");
    const auto window = store.outbox.window(conversation.id);
    CHECK(window->used == 4);  // the three that had not left yet go first
    CHECK(window->opened_at == store.clock.now());
    CHECK(store.number("SELECT reply_number FROM outbox WHERE id = 'out-a2'") == 4);
    CHECK(store.number("SELECT COUNT(DISTINCT reply_number) FROM outbox WHERE reply_token = 'token-a2'") == 4);
}
