// SQLite for a service: WAL, FULL, one connection that alone checkpoints (3.40 can corrupt the file otherwise).
#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>

#include "storage/detail/dialect.hpp"

namespace yuanda::storage {
namespace {

// Pages accumulate in the WAL meanwhile; a batch of 64 turns writes about 600 of them.
constexpr unsigned kCommitsPerCheckpoint = 16;

ErrorCode code_of(int result) {
    const int primary = result & 0xff;
    // Extended codes tell a duplicate key from a broken reference, which is our bug.
    if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY) return ErrorCode::Conflict;
    switch (primary) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_NOMEM: return ErrorCode::Unavailable;
        default: return ErrorCode::Internal;
    }
}

SqlFailure failure(int result) { return {Error(code_of(result), "sqlite error " + std::to_string(result)), false}; }

/// SOCI's libraries hide the type information that UBSan's vptr check of these casts would need.
#define YUANDA_SOCI_CAST __attribute__((no_sanitize("vptr")))

YUANDA_SOCI_CAST sqlite_api::sqlite3* handle(soci::session& sql) {
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

/// Makes the file, and its folder, readable by its owner alone. An existing database is never opened here: closing any
/// descriptor of a file drops all POSIX locks the process holds on it (sqlite.org/howtocorrupt.html section 2.2), and
/// the next process to close would take itself for the last one and remove the WAL under a running server.
void create_private(const std::string& path) {
    std::error_code ignored;  // a folder that cannot be made shows when the file cannot be opened
    if (const auto parent = std::filesystem::path(path).parent_path(); !parent.empty())
        std::filesystem::create_directories(parent, ignored);
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        ::close(fd);
    else if (errno != EEXIST)
        throw failure(SQLITE_CANTOPEN);
}

/// A lock between processes, on a file of its own beside the database.
class FileLock {
public:
    explicit FileLock(std::string path) : path_(std::move(path)) {}
    ~FileLock() {
        if (fd_ >= 0) ::close(fd_);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    void open() {
        if (fd_ < 0) fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd_ < 0) throw failure(SQLITE_CANTOPEN);
    }
    void lock() const {
        while (::flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    bool try_lock() const { return ::flock(fd_, LOCK_EX | LOCK_NB) == 0; }
    void unlock() const { ::flock(fd_, LOCK_UN); }

private:
    std::string path_;
    int fd_ = -1;
};

class Sqlite : public Dialect {
public:
    explicit Sqlite(std::string path)
        : path_(std::move(path)), writing_(path_ + ".lock"), serving_(path_ + ".serving") {}

    std::unique_ptr<soci::session> connect(Role role) const override {
        create_private(path_);
        if (role == Role::Writer) writing_.open();
        auto sql = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path_ + "\"");
        sqlite_api::sqlite3_extended_result_codes(handle(*sql), 1);
        script(*sql,
               "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
               "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0;"
               "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;");
        if (role == Role::Reader) script(*sql, "PRAGMA query_only=ON;");
        return sql;
    }

    std::string script(soci::session& sql, const std::string& statements) const override {
        const int result = sqlite_api::sqlite3_exec(handle(sql), statements.c_str(), nullptr, nullptr, nullptr);
        if (result != SQLITE_OK) throw failure(result);
        return {};
    }

    void commit(soci::session& sql) const override { script(sql, "COMMIT"); }

    void after_commit(soci::session& sql) const override {
        if (++commits_ % kCommitsPerCheckpoint != 0) return;
        // Same thread as every commit, so the two can never overlap. Busy readers only make it do less.
        sqlite_api::sqlite3_wal_checkpoint_v2(handle(sql), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }

    YUANDA_SOCI_CAST void reset(soci::statement& statement) const override {
        // A cursor left open would hold its snapshot and keep the WAL from being reused.
        sqlite_api::sqlite3_reset(static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_);
    }

    SqlFailure failure_of(const soci::soci_error& error, soci::session& sql) const override {
        if (const auto* own = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) return failure(own->result());
        const int result = sqlite_api::sqlite3_extended_errcode(handle(sql));
        return failure(result == SQLITE_OK ? SQLITE_ERROR : result);
    }

    void lock_writing() const override { writing_.lock(); }
    void unlock_writing() const override { writing_.unlock(); }
    bool claim_service() const override {
        serving_.open();
        return serving_.try_lock();
    }

    std::string_view begin() const override { return "BEGIN IMMEDIATE"; }
    std::string_view skip_locked() const override { return ""; }
    std::string_view table_exists() const override {
        return "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = :name";
    }
    std::string migration_guard() const override { return ""; }
    bool shared() const override { return false; }
    std::string describe(soci::session&) const override {
        return std::string("SQLite ") + sqlite_api::sqlite3_libversion();
    }

private:
    std::string path_;
    // `yuanda user add` beside a running server is a second writer, and in 3.40 one connection that commits while
    // another checkpoints can corrupt the file (sqlite.org/wal.html section 11).
    mutable FileLock writing_;
    mutable FileLock serving_;  // held for as long as this process serves
    mutable std::atomic<unsigned> commits_{0};
};

}  // namespace

std::unique_ptr<Dialect> make_sqlite(std::string path) {
    // A session belongs to one thread at a time, so SQLite need not lock each connection nor count each byte; a
    // twentieth of a turn. Refused harmlessly when SQLite is in use already.
    static const bool once = [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    (void)once;
    return std::make_unique<Sqlite>(std::move(path));
}

}  // namespace yuanda::storage
