// All that the two engines do differently; the rest of the room speaks portable SQL.
#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "storage/detail/failure.hpp"

namespace yuanda::storage {

enum class Role { Writer, Reader };

/// Stateless after construction and thread-safe; a soci::session belongs to one thread at a time.
class Dialect {
public:
    virtual ~Dialect() = default;

    /// Connects and sets what is per connection. Throws soci_error or SqlFailure.
    virtual std::unique_ptr<soci::session> connect(Role role) const = 0;
    /// Runs statements without parameters in one round trip; returns the last command's tag where there is one.
    virtual std::string script(soci::session& sql, const std::string& statements) const = 0;
    /// Makes the open transaction durable; throws SqlFailure when that is not certain.
    virtual void commit(soci::session& sql) const = 0;
    /// Housekeeping between two commits, on the writer's connection.
    virtual void after_commit(soci::session& sql) const = 0;
    /// Drops what a SELECT has not fetched yet.
    virtual void reset(soci::statement& statement) const = 0;
    virtual SqlFailure failure_of(const soci::soci_error& error, soci::session& sql) const = 0;

    /// Held from BEGIN to the end of after_commit(): where two processes must not commit and checkpoint at once.
    virtual void lock_writing() const = 0;
    virtual void unlock_writing() const = 0;
    /// False when another process serves a database that only one may serve. Kept until this process ends.
    virtual bool claim_service() const = 0;

    virtual std::string_view begin() const = 0;
    /// Appended to a SELECT that claims rows.
    virtual std::string_view skip_locked() const = 0;
    virtual std::string_view table_exists() const = 0;  // SELECT count of the table named :name
    /// Keeps two processes from migrating at once, and lifts the statement's time limit.
    virtual std::string migration_guard() const = 0;
    /// Other processes may write to the same database.
    virtual bool shared() const = 0;
    virtual std::string describe(soci::session& sql) const = 0;
};

/// `path` of the file; created with mode 0600, its folder too.
std::unique_ptr<Dialect> make_sqlite(std::string path);
/// `url` as libpq reads it.
std::unique_ptr<Dialect> make_postgres(std::string url);
/// InvalidInput for a URL of neither engine.
Result<std::unique_ptr<Dialect>> dialect_of(const std::string& url);

}  // namespace yuanda::storage
