// The record: appended in one chain per process, and any change of it shows.
#include "fixture.hpp"
#include "storage/detail/chain.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Event;

namespace {

void append(Store& store, int count) {
    for (int i = 0; i < count; ++i)
        REQUIRE(
            store.events.append({"contact.read", "c" + std::to_string(i), "s1", "{}", store.clock.now()}).has_value());
}

std::string first_bad(Store& store) {
    const auto report = store.events.verify();
    REQUIRE(report.has_value());
    return report->first_bad.value_or("whole");
}

}  // namespace

TEST_CASE("an untouched record is whole, an empty one too", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    CHECK(first_bad(store) == "whole");
    append(store, 5);
    const auto report = store.events.verify();
    CHECK(report->events == 5);
    CHECK(report->writers == 1);
    CHECK_FALSE(report->first_bad.has_value());
}

TEST_CASE("an edited, a removed, a moved or a cut record is found and named", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    append(store, 5);
    REQUIRE(store.events.store_heads(store.clock.now()).has_value());
    REQUIRE(first_bad(store) == "whole");
    const auto [damage, named] = GENERATE(table<std::string, std::string>({
        {"UPDATE event SET actor = 's2' WHERE seq = 3", "/3: was changed"},
        {"UPDATE event SET detail = '{\"a\":1}' WHERE seq = 1", "/1: was changed"},
        {"UPDATE event SET at = at + 1 WHERE seq = 5", "/5: was changed"},
        {"UPDATE event SET hash = 'x' WHERE seq = 2", "/2: was changed"},
        {"DELETE FROM event WHERE seq = 1", "/1: missing"},
        {"DELETE FROM event WHERE seq = 3", "/3: missing"},
        {"DELETE FROM event WHERE seq > 3", "/4: missing (the tail was cut)"},
        {"DELETE FROM event", "/1: missing (the tail was cut)"},
    }));
    CAPTURE(damage);
    REQUIRE(store.sql(damage).has_value());
    CHECK(first_bad(store).find(named) == 32);
}

TEST_CASE("a chain written anew does not reach the head that was stored", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    append(store, 1);
    REQUIRE(store.events.store_heads(store.clock.now()).has_value());
    const auto writer = store.text("SELECT writer FROM event");
    const storage::Event forged{"a", "b", "nobody", "{}", store.clock.now()};
    const auto hash = storage::event_hash(writer, 1, std::string(64, '0'), forged);
    REQUIRE(store
                .sql("UPDATE event SET kind = 'a', subject = 'b', actor = 'nobody', detail = '{}', at = " +
                     std::to_string(to_epoch_ms(forged.at)) + ", hash = '" + hash + "'")
                .has_value());
    CHECK(first_bad(store).find("/1: is not the record its stored head names") == 32);
}

TEST_CASE("work that is rolled back takes its events' places with it", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    append(store, 1);
    const auto failed = store.database->write([&](storage::Session& session) -> Result<> {
        append_event(session, {"a", "b", "c", "{}", store.clock.now()});
        append_event(session, {"a", "b", "c", "{}", store.clock.now()});
        return Error(ErrorCode::Forbidden, "changed my mind");
    });
    CHECK(failed.error().code == ErrorCode::Forbidden);
    append(store, 1);
    CHECK(store.number("SELECT MAX(seq) FROM event") == 2);
    CHECK(first_bad(store) == "whole");
}

TEST_CASE("every start writes a chain of its own, and heads only ever advance", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    append(store, 2);
    {
        const auto other = open_database(store.place.url(), store.clock);
        REQUIRE(storage::Events(*other).append({"a", "b", "c", "{}", store.clock.now()}).has_value());
    }
    REQUIRE(store.events.store_heads(store.clock.now()).has_value());
    REQUIRE(store.events.store_heads(store.clock.now()).has_value());
    CHECK(store.number("SELECT COUNT(*) FROM event_head") == 2);
    const auto report = store.events.verify();
    CHECK(report->writers == 2);
    CHECK(report->events == 3);
    CHECK_FALSE(report->first_bad.has_value());
}

TEST_CASE("two records never hash alike by shifting text between fields", "[storage][events]") {
    const Event a{"ab", "c", "", "", {}};
    const Event b{"a", "bc", "", "", {}};
    CHECK(storage::event_hash("w", 1, "p", a) != storage::event_hash("w", 1, "p", b));
    CHECK(storage::event_hash("w", 1, "p", a) != storage::event_hash("w", 2, "p", a));
    CHECK(storage::event_hash("w", 1, "p", a) != storage::event_hash("w", 1, "q", a));
}

TEST_CASE("a reader's session has no chain to append to", "[storage][events]") {
    Store store(GENERATE(from_range(engines())));
    const auto outcome = store.database->read([&](storage::Session& session) -> Result<> {
        append_event(session, {"a", "b", "c", "{}", store.clock.now()});
        return {};
    });
    CHECK(outcome.error().code == ErrorCode::Internal);
}
