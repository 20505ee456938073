// An empty, migrated database of either engine for one test, and short ways to fill it.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>

#include "storage/applications.hpp"
#include "storage/conversations.hpp"
#include "storage/detail/session.hpp"
#include "storage/events.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

namespace yuanda::test {

enum class EngineKind { Sqlite, Postgres };
std::ostream& operator<<(std::ostream& out, EngineKind engine);

/// SQLite, and PostgreSQL where YUANDA_TEST_POSTGRES names one (bin/test-postgres). Without it PostgreSQL is
/// skipped aloud, or fails when YUANDA_REQUIRE_POSTGRES is set.
std::vector<EngineKind> engines();

/// Owns a SQLite folder or a PostgreSQL schema; gone when the test ends.
class Place {
public:
    explicit Place(EngineKind engine);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    const std::string& url() const { return url_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    std::string url_;
    std::string schema_;
    std::filesystem::path folder_;
};

std::unique_ptr<storage::Database> open_database(const std::string& url, const Clock& clock,
                                                 storage::DatabaseConfig config = {});

/// Everything a test touches, migrated.
struct Store {
    explicit Store(EngineKind engine, storage::DatabaseConfig config = {});

    EngineKind engine;
    Place place;
    ManualClock clock;
    SeededRandom random;
    Sealer sealer;
    std::unique_ptr<storage::Database> database;
    storage::Conversations conversations;
    storage::Outbox outbox;
    storage::Applications applications;
    storage::People people;
    storage::Events events;

    /// Runs SQL without parameters on the writer.
    Result<> sql(const std::string& statements);
    std::int64_t number(const std::string& select);
    std::string text(const std::string& select);

    Result<storage::CommitOutcome> commit(storage::TurnCommit turn);
    /// A turn of `peer`: as stored now, with an answer when `answer` is not empty.
    storage::TurnCommit turn(const std::string& peer, const std::string& external_id, const std::string& words,
                             const std::string& answer = "");
    /// The same with an outbox row.
    storage::TurnCommit delivered_turn(const std::string& peer, const std::string& external_id,
                                       const std::string& words, bool offered);
    dialogue::Conversation conversation(const std::string& peer);
    /// Puts the conversation of `peer` into the queue by a turn of its own; returns it as stored.
    dialogue::Conversation queued(const std::string& peer, bool risk = false);

    Channel channel = Channel::Wechat;  // of the turns to come
    InboxId inbox{"wechat"};
};

casework::Application application(const std::string& id, int serial);

}  // namespace yuanda::test
