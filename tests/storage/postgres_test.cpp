// PostgreSQL goes away: what was not committed is run again, what may have been is never called a success.
#include <future>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Query;
using storage::Session;

namespace {

bool absent() {
    const auto all = engines();
    return std::find(all.begin(), all.end(), EngineKind::Postgres) == all.end();
}

void insert(Session& session, const std::string& law) {
    Query(session, "INSERT INTO article (law, article, text, path) VALUES (:law, '1', 't', 'p')").in(law).run();
}

constexpr const char* kDie = "SELECT pg_terminate_backend(pg_backend_pid())";

}  // namespace

TEST_CASE("a connection lost before the commit: the batch runs again on a new one", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    int runs = 0;
    const auto outcome = store.database->write([&](Session& session) -> Result<> {
        insert(session, "law");
        if (++runs == 1) session.script(kDie);
        return {};
    });
    CHECK(outcome.has_value());
    CHECK(runs == 2);
    CHECK(store.number("SELECT COUNT(*) FROM article") == 1);
}

TEST_CASE("a connection that dies every time ends in Unavailable, and the next work succeeds", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    const auto outcome = store.database->write([&](Session& session) -> Result<> {
        insert(session, "law");
        session.script(kDie);
        return {};
    });
    CHECK(outcome.error().code == ErrorCode::Unavailable);
    CHECK(store.number("SELECT COUNT(*) FROM article") == 0);
    CHECK(store.database->write([](Session& s) { return insert(s, "next"), Result<>(); }).has_value());
}

TEST_CASE("a connection lost inside the commit is Unavailable, never success", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    REQUIRE(store
                .sql("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
                     " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
                     "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON article DEFERRABLE INITIALLY DEFERRED"
                     " FOR EACH ROW EXECUTE FUNCTION die()")
                .has_value());
    REQUIRE(store.events.append({"a", "b", "c", "{}", store.clock.now()}).has_value());
    int runs = 0;
    const auto outcome = store.database->write([&](Session& session) -> Result<> {
        ++runs;
        append_event(session, {"a", "b", "c", "{}", store.clock.now()});
        insert(session, "law");
        return {};
    });
    CHECK(outcome.error().code == ErrorCode::Unavailable);
    CHECK(runs == 1);
    // Whether the lost one is stored or not, later events must find a free place and verify.
    REQUIRE(store.events.append({"a", "b", "c", "{}", store.clock.now()}).has_value());
    CHECK(store.events.verify()->first_bad == std::nullopt);
    CHECK(store.events.verify()->writers == 2);
}

TEST_CASE("a reader whose connection died reads again on a new one", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    REQUIRE(store
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                     " WHERE pid <> pg_backend_pid() AND datname = current_database()")
                .has_value());
    CHECK(store.number("SELECT COUNT(*) FROM article") == 0);
    CHECK(store.number("SELECT COUNT(*) FROM article") == 0);
}

TEST_CASE("the same message on two nodes at once has one effect", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    const auto other = open_database(store.place.url(), store.clock);
    storage::Conversations second(*other, store.sealer, store.random);
    constexpr int kMessages = 200;
    std::vector<storage::TurnCommit> turns;
    for (int i = 0; i < kMessages; ++i)
        turns.push_back(store.turn("peer" + std::to_string(i), "m" + std::to_string(i), "甲", "答"));
    std::vector<std::promise<storage::CommitOutcome::Kind>> outcomes(2 * kMessages);
    for (int i = 0; i < kMessages; ++i)
        for (int node = 0; node < 2; ++node) {
            auto& conversations = node == 0 ? store.conversations : second;
            // The second node hears of them in the opposite order: the worst case for locks.
            const int which = node == 0 ? i : kMessages - 1 - i;
            auto* outcome = &outcomes[static_cast<std::size_t>(2 * i + node)];
            auto copy = turns[static_cast<std::size_t>(which)];
            copy.stored_inbound.id.value += std::to_string(node);
            copy.outbound->id.value += std::to_string(node);
            copy.turn.value += std::to_string(node);
            conversations.commit_turn(
                copy, [outcome](auto r) { outcome->set_value(r ? r->kind : storage::CommitOutcome::Kind::Conflict); });
        }
    int committed = 0, duplicates = 0;
    for (auto& outcome : outcomes) {
        const auto kind = outcome.get_future().get();
        committed += kind == storage::CommitOutcome::Kind::Committed;
        duplicates += kind == storage::CommitOutcome::Kind::Duplicate;
    }
    CHECK(committed == kMessages);
    CHECK(duplicates == kMessages);
    CHECK(store.number("SELECT COUNT(*) FROM message") == 2 * kMessages);
    CHECK(store.number("SELECT COUNT(*) FROM inbound_receipt") == kMessages);
}

TEST_CASE("two nodes never claim the same outbox row", "[storage][postgres]") {
    if (absent()) return;
    Store store(EngineKind::Postgres);
    for (int i = 0; i < 40; ++i)
        REQUIRE(store.commit(store.delivered_turn("p" + std::to_string(i), "m" + std::to_string(i), "甲", false))
                    .has_value());
    const auto other = open_database(store.place.url(), store.clock);
    storage::Outbox second(*other, store.sealer);
    const auto claim_all = [&](storage::Outbox& outbox) {
        std::vector<std::string> ids;
        for (int i = 0; i < 10; ++i)
            for (const auto& row : outbox.claim(store.clock.now(), 5).value()) ids.push_back(row.id.value);
        return ids;
    };
    auto there = std::async(std::launch::async, [&] { return claim_all(second); });
    auto all = claim_all(store.outbox);
    for (const std::string& id : there.get()) all.push_back(id);
    CHECK(all.size() == 40);
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == 40);
}
