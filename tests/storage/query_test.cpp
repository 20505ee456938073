// Query: one prepared statement run many times must never show a value of the run before.
#include <atomic>
#include <thread>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Query;
using storage::Session;

namespace {

/// A table with every type we store.
void make_table(Store& store) {
    REQUIRE(store.sql("CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, n BIGINT, r DOUBLE PRECISION, t TEXT)")
                .has_value());
}

Result<> write(Store& store, const std::function<void(Session&)>& work) {
    return store.database->write([&](Session& s) { return work(s), Result<>(); });
}

Result<> read(Store& store, const std::function<void(Session&)>& work) {
    return store.database->read([&](Session& s) { return work(s), Result<>(); });
}

void insert(Session& s, const std::string& id, std::optional<TimePoint> n, double r, const std::string& t) {
    Query(s, "INSERT INTO thing (id, n, r, t) VALUES (:id, :n, :r, :t)").in(id).in(n).in(r).in(t).run();
}

}  // namespace

TEST_CASE("a run sees its own parameters, nothing of the last one's", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    const TimePoint at = from_epoch_ms(5'000'000'000'123);
    REQUIRE(write(store, [&](Session& s) {
                insert(s, "a", at, 0.1, std::string(3000, 'x'));
                insert(s, "b", std::nullopt, -2.5e-9, "");
                insert(s, "c", from_epoch_ms(-1), 1e300, "短");
            }).has_value());
    REQUIRE(read(store, [&](Session& s) {
                const std::string select = "SELECT n, r, t FROM thing WHERE id = :id";
                std::optional<TimePoint> n;
                double r = 0;
                std::string t;
                const auto look = [&](const std::string& id) {
                    Query query(s, select);
                    return query.in(id).out(n).out(r).out(t).next();
                };
                REQUIRE(look("a"));
                CHECK(n == at);
                CHECK(r == 0.1);
                CHECK(t.size() == 3000);
                REQUIRE(look("b"));
                CHECK(n == std::nullopt);
                CHECK(r == -2.5e-9);
                CHECK(t.empty());
                REQUIRE(look("c"));
                CHECK(n == from_epoch_ms(-1));
                CHECK(r == 1e300);
                CHECK(t == "短");
                CHECK_FALSE(look("d"));
                CHECK(t == "短");  // no row, nothing delivered
            }).has_value());
}

TEST_CASE("a result left early does not disturb the next run", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    REQUIRE(write(store, [&](Session& s) {
                for (const char* id : {"a", "b", "c"}) insert(s, id, std::nullopt, 0, id);
            }).has_value());
    REQUIRE(read(store, [&](Session& s) {
                for (int round = 0; round < 3; ++round) {
                    std::string id;
                    Query query(s, "SELECT id FROM thing ORDER BY id");
                    query.out(id);
                    REQUIRE(query.next());
                    CHECK(id == "a");
                }
                std::string all, id;
                Query query(s, "SELECT id FROM thing ORDER BY id");
                query.out(id);
                while (query.next()) all += id;
                CHECK(all == "abc");
                CHECK_FALSE(query.next());
            }).has_value());
    // An open cursor would block the writer's checkpoint or hide its next commit.
    REQUIRE(write(store, [&](Session& s) { insert(s, "d", std::nullopt, 0, ""); }).has_value());
    CHECK(store.number("SELECT COUNT(*) FROM thing") == 4);
}

TEST_CASE("the same sentence inside its own loop is a second statement", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    REQUIRE(write(store, [&](Session& s) {
                insert(s, "a", std::nullopt, 0, "b");
                insert(s, "b", std::nullopt, 0, "a");
            }).has_value());
    REQUIRE(read(store, [&](Session& s) {
                const std::string select = "SELECT t FROM thing WHERE id = :id";
                std::string outer, inner;
                Query first(s, select);
                first.in("a").out(outer);
                while (first.next()) {
                    Query second(s, select);
                    second.in(outer).out(inner);
                    while (second.next()) CHECK(inner == "a");
                }
                CHECK(outer == "b");
            }).has_value());
}

TEST_CASE("a statement that failed works again with good values", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    for (int round = 0; round < 3; ++round) {
        CHECK(write(store, [&](Session& s) {
                  insert(s, "id" + std::to_string(round), std::nullopt, 1, "t");
              }).has_value());
        CHECK(write(store, [&](Session& s) { insert(s, "id0", std::nullopt, 1, "t"); }).error().code ==
              ErrorCode::Conflict);
        CHECK(write(store, [&](Session& s) { insert(s, std::string("a\0", 2), std::nullopt, 1, "t"); }).error().code ==
              ErrorCode::InvalidInput);
    }
    CHECK(store.number("SELECT COUNT(*) FROM thing") == 3);
}

TEST_CASE("run tells how many rows changed, RETURNING tells which", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    REQUIRE(write(store, [&](Session& s) {
                for (const char* id : {"a", "b", "c"}) insert(s, id, std::nullopt, 0, "old");
                const std::string update = "UPDATE thing SET t = :t WHERE id <= :id";
                CHECK(Query(s, update).in("new").in("b").run() == 2);
                CHECK(Query(s, update).in("new").in("0").run() == 0);
                CHECK(Query(s, update).in("new").in("z").run() == 3);
                std::string id, all;
                Query gone(s, "DELETE FROM thing WHERE id < :id RETURNING id");
                gone.in("c").out(id);
                while (gone.next()) all += id;
                CHECK(all.size() == 2);
            }).has_value());
    CHECK(store.number("SELECT COUNT(*) FROM thing") == 1);
}

TEST_CASE("sessions of many threads read at once, sharing few connections", "[storage][query]") {
    Store store(GENERATE(from_range(engines())));
    make_table(store);
    REQUIRE(write(store, [&](Session& s) { insert(s, "a", std::nullopt, 0, "t"); }).has_value());
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 25; ++round) {
                std::string t;
                const auto done = store.database->read([&](Session& s) -> Result<> {
                    Query(s, "SELECT t FROM thing WHERE id = :id").in("a").out(t).next();
                    return {};
                });
                good += done.has_value() && t == "t";
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(good == 8 * 25);
}
