// A full or locked disk: nothing is acknowledged that is not there, and service returns by itself.
#include <future>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Query;
using storage::Session;

namespace {

Result<> add(Store& store, int number) {
    return store.database->write([&](Session& s) -> Result<> {
        Query(s, "INSERT INTO article (law, article, text, path) VALUES ('law', :n, :text, '')")
            .in(std::to_string(number))
            .in(std::string(2000, 'x'))
            .run();
        append_event(s, {"article.add", std::to_string(number), "system", "{}", store.clock.now()});
        return {};
    });
}

}  // namespace

TEST_CASE("on a full disk works are refused, none is half stored, and room brings service back", "[storage][disk]") {
    Store store(EngineKind::Sqlite);
    // SQLite reports a reached page limit exactly as it reports a full disk.
    REQUIRE(store.sql("PRAGMA max_page_count = 120").has_value());
    int acknowledged = 0, refused = 0;
    for (int i = 0; i < 300; ++i) {
        const auto outcome = add(store, i);
        if (outcome)
            ++acknowledged;
        else
            CHECK(outcome.error().code == ErrorCode::Unavailable);
        refused += outcome.has_error();
    }
    CHECK(acknowledged > 0);
    CHECK(refused > 0);
    CHECK(store.number("SELECT COUNT(*) FROM article") == acknowledged);
    CHECK(store.number("SELECT COUNT(*) FROM event") == acknowledged);

    REQUIRE(store.sql("PRAGMA max_page_count = 1000000").has_value());
    CHECK(add(store, 1000).has_value());
    CHECK(store.number("SELECT COUNT(*) FROM article") == acknowledged + 1);
    CHECK(store.events.verify()->first_bad == std::nullopt);
    CHECK(store.text("PRAGMA integrity_check") == "ok");
}

TEST_CASE("a disk that fills in the middle of a batch refuses the whole batch", "[storage][disk]") {
    Store store(EngineKind::Sqlite);
    REQUIRE(store.sql("PRAGMA max_page_count = 120").has_value());
    std::promise<void> entered, open, all;
    store.database->write_later([&](Session&) { return entered.set_value(), open.get_future().wait(), Result<>(); },
                                [](Result<>) {});
    entered.get_future().wait();
    constexpr int kWorks = 20;
    std::vector<Result<>> outcomes;
    for (int i = 0; i < kWorks; ++i) {
        const std::string text(i == 10 ? 1'000'000 : 10, 'x');  // the eleventh does not fit
        store.database->write_later(
            [i, text](Session& s) -> Result<> {
                Query(s, "INSERT INTO article (law, article, text, path) VALUES ('law', :n, :text, '')")
                    .in(std::to_string(i))
                    .in(text)
                    .run();
                return {};
            },
            [&](Result<> r) {
                outcomes.push_back(std::move(r));
                if (outcomes.size() == kWorks) all.set_value();
            });
    }
    open.set_value();
    all.get_future().wait();
    const auto good = std::count_if(outcomes.begin(), outcomes.end(), [](const auto& r) { return r.has_value(); });
    CHECK(store.number("SELECT COUNT(*) FROM article") == good);  // never acknowledged and not there
    CHECK(outcomes[10].error().code == ErrorCode::Unavailable);
    CHECK(add(store, 100).has_value());
}

TEST_CASE("many commits are carried into the database file while readers look on", "[storage][disk]") {
    Store store(EngineKind::Sqlite);
    for (int i = 0; i < 100; ++i) {
        REQUIRE(add(store, i).has_value());
        CHECK(store.number("SELECT COUNT(*) FROM article") == i + 1);
    }
    // 100 commits of several pages each; without checkpoints the log alone would hold them all.
    const auto log = std::filesystem::file_size(store.place.folder() / "var" / "yuanda.db-wal");
    CHECK(log < 100 * 4 * 4096);
    CHECK(std::filesystem::file_size(store.place.folder() / "var" / "yuanda.db") > 100 * 2000);
}

TEST_CASE("what was acknowledged is in the files without any orderly close", "[storage][disk]") {
    Store store(EngineKind::Sqlite);
    for (int i = 0; i < 20; ++i) REQUIRE(add(store, i).has_value());
    // The files as a power cut would leave them: database and log, the shared-memory index lost.
    Place copy(EngineKind::Sqlite);
    std::filesystem::create_directories(copy.folder() / "var");
    for (const char* name : {"yuanda.db", "yuanda.db-wal"})
        std::filesystem::copy_file(store.place.folder() / "var" / name, copy.folder() / "var" / name);
    const auto again = open_database(copy.url(), store.clock);
    std::int64_t count = 0;
    REQUIRE(
        again->read([&](Session& s) { return Query(s, "SELECT COUNT(*) FROM article").out(count).next(), Result<>(); })
            .has_value());
    CHECK(count == 20);
    CHECK(storage::Events(*again).verify()->first_bad == std::nullopt);
}
