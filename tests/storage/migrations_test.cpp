// Opening, migrating and refusing what this binary does not know.
#include <sys/stat.h>

#include "fixture.hpp"
#include "storage/detail/migrations.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Database;

TEST_CASE("migrations are numbered from one without a gap and say why", "[storage][migration]") {
    const auto& all = storage::migrations();
    REQUIRE_FALSE(all.empty());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(all[i].name);
        CHECK(all[i].version == static_cast<int>(i) + 1);
        const std::string first = all[i].text.substr(0, all[i].text.find('\n'));
        CHECK(first.starts_with("-- v" + std::to_string(i + 1) + " (reads from v"));
        CHECK(first.find("): ") != std::string::npos);
    }
    CHECK(Database::newest_schema() == all.back().version);
}

TEST_CASE("migrating twice changes nothing the second time", "[storage][migration]") {
    const auto engine = GENERATE(from_range(engines()));
    Place place(engine);
    ManualClock clock;
    const auto database = open_database(place.url(), clock);
    CHECK(database->schema_version().value() == 0);
    CHECK(database->migrate().value() == Database::newest_schema());
    CHECK(database->schema_version().value() == Database::newest_schema());
    CHECK(database->migrate().value() == 0);
    CHECK(database->describe().find(engine == EngineKind::Sqlite ? "SQLite 3." : "PostgreSQL ") == 0);
    CHECK(database->shared() == (engine == EngineKind::Postgres));
}

TEST_CASE("a newer schema, or one that was applied with another text, is refused", "[storage][migration]") {
    Store store(GENERATE(from_range(engines())));
    SECTION("newer") {
        REQUIRE(store.sql("INSERT INTO schema_migration VALUES (999, '999-later.sql', 'x', 0)").has_value());
        CHECK(store.database->schema_version().value() == 999);
    }
    SECTION("changed") {
        REQUIRE(store.sql("UPDATE schema_migration SET checksum = 'x' WHERE version = 1").has_value());
    }
    CHECK(store.database->migrate().error().code == ErrorCode::Conflict);
}

TEST_CASE("a database file is made with its folder and is its owner's alone", "[storage][migration]") {
    Place place(EngineKind::Sqlite);
    ManualClock clock;
    const auto database = open_database(place.url(), clock);
    REQUIRE(database->migrate().has_value());
    for (const char* name : {"yuanda.db", "yuanda.db-wal"}) {
        CAPTURE(name);
        struct stat info {};
        REQUIRE(::stat((place.folder() / "var" / name).c_str(), &info) == 0);
        CHECK((info.st_mode & 0777) == 0600);
    }
}

TEST_CASE("every SQLite connection is set as the reliability rules demand", "[storage][migration]") {
    Store store(EngineKind::Sqlite);
    const auto [pragma, expected] = GENERATE(table<std::string, std::string>({{"journal_mode", "wal"},
                                                                              {"synchronous", "2"},
                                                                              {"secure_delete", "1"},
                                                                              {"foreign_keys", "1"},
                                                                              {"trusted_schema", "0"},
                                                                              {"mmap_size", "0"},
                                                                              {"busy_timeout", "5000"},
                                                                              {"wal_autocheckpoint", "0"},
                                                                              {"query_only", "1"}}));
    CAPTURE(pragma);
    CHECK(store.text("PRAGMA " + pragma) == expected);
}

TEST_CASE("every PostgreSQL connection has its time limits", "[storage][migration]") {
    const auto engine = GENERATE(from_range(engines()));
    if (engine == EngineKind::Sqlite) return;
    Store store(engine);
    CHECK(store.text("SHOW statement_timeout") == "5s");
    CHECK(store.text("SHOW idle_in_transaction_session_timeout") == "30s");
    CHECK(store.text("SHOW synchronous_commit") == "on");
    CHECK(store.text("SHOW default_transaction_read_only") == "on");
}

TEST_CASE("an address that is no database is refused in words without the address", "[storage][migration]") {
    const auto [url, code] = GENERATE(table<std::string, ErrorCode>({
        {"mysql://localhost/x", ErrorCode::InvalidInput},
        {"sqlite:", ErrorCode::InvalidInput},
        {"sqlite::memory:", ErrorCode::InvalidInput},
        {"sqlite:/proc/no/such/folder.db", ErrorCode::Unavailable},
        {"postgresql://user:secret-password@127.0.0.1:1/x", ErrorCode::Unavailable},
    }));
    CAPTURE(url);
    ManualClock clock;
    storage::DatabaseConfig config;
    config.url = url;
    const auto database = Database::open(config, clock);
    REQUIRE(database.has_error());
    CHECK(database.error().code == code);
    CHECK(database.error().detail.find("secret") == std::string::npos);
}
