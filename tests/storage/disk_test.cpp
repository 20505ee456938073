// The database file on disk: what was acknowledged is there.
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Query;
using storage::Session;

namespace {

Result<> add(Store& store, int number) {
    return store.database->write([&](Session& s) -> Result<> {
        Query(s, "INSERT INTO article (law, article, text, path) VALUES ('law', :n, :text, '')")
            .in(std::to_string(number)).in(std::string(2000, 'x'))
            .run();
        append_event(s, {"article.add", std::to_string(number), "system", "{}", store.clock.now()});
        return {};
    });
}

}  // namespace

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
    REQUIRE(again->read([&](Session& s) { return Query(s, "SELECT COUNT(*) FROM article").out(count).next(), Result<>(); }).has_value());
    CHECK(count == 20);
    CHECK(storage::Events(*again).verify()->first_bad == std::nullopt);
}
