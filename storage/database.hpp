// Both engines behind one door: a pool of readers, and one writer that commits in groups.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/ports.hpp"
#include "core/result.hpp"
#include "core/seal.hpp"

namespace yuanda::storage {

class Session;  // a SOCI session with its statements; only storage looks inside

struct DatabaseConfig {
    std::string url = "sqlite:var/yuanda.db";  // or postgresql://…
    int readers = 4;
    std::chrono::microseconds batch_window{800};  // how long the writer waits for company when the queue is not empty
    std::size_t batch_limit = 64;
    std::size_t queue_limit = 10'000;  // works waiting; more are refused with Unavailable
};

/// What has happened, for the metrics. Monotonic.
struct DatabaseCounters {
    std::uint64_t commits = 0;
    std::uint64_t works = 0;
    std::uint64_t failures = 0;
};

/// Thread-safe. SQLite: WAL, synchronous=FULL, one writer connection that alone checkpoints, commit and
/// checkpoint under one lock, readers query_only. PostgreSQL: synchronous_commit=on, statement_timeout.
/// Works run one after another on the writer's thread, each in its own savepoint, many in one transaction;
/// nothing is reported done before the commit that holds it is on disk.
class Database {
public:
    using Work = std::function<Result<>(Session&)>;
    using Done = std::function<void(Result<>)>;

    /// Opens and pings; does not migrate. Unavailable when it cannot be reached.
    static Result<std::unique_ptr<Database>> open(const DatabaseConfig& config, const Clock& clock);
    virtual ~Database() = default;

    /// Call before serving: Unavailable when another process serves this database and only one may (SQLite). Holds
    /// until the Database is gone.
    virtual Result<> claim_service() = 0;

    /// Applies missing migrations; Conflict when the schema is newer than this binary.
    virtual Result<int> migrate() = 0;
    virtual Result<int> schema_version() = 0;  // 0: empty
    static int newest_schema();

    /// Runs `work` on a leased reader; waits at most 5 s for one.
    virtual Result<> read(const std::function<Result<>(Session&)>& work) = 0;
    /// Queues `work` for the next group commit. `done` is called on the writer's thread: keep it short; it is
    /// called at once on the caller's when the queue is full. Works of a batch run in the order of `order`, so
    /// that two nodes lock rows in the same sequence. `work` may run twice when a connection was lost before
    /// its commit: it must not use up what it captured.
    virtual void write_later(Work work, Done done, std::string order = {}) = 0;
    /// The same, waiting for the outcome. Never call it from the writer's thread.
    Result<> write(Work work, std::string order = {});

    virtual DatabaseCounters counters() const = 0;
    /// Other processes may write too (PostgreSQL).
    virtual bool shared() const = 0;
    /// Finishes what is queued, then closes readers and writer.
    virtual void close() = 0;
    virtual std::string describe() const = 0;  // "SQLite 3.40.1" for the log
};

}  // namespace yuanda::storage
