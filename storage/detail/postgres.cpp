// PostgreSQL: time limits on every connection, and a commit that is believed only when the server says COMMIT.
#include <soci/postgresql/soci-postgresql.h>

#include "storage/detail/dialect.hpp"

namespace yuanda::storage {
namespace {

/// SOCI's library hides the type information that UBSan's vptr check of this cast would need.
__attribute__((no_sanitize("vptr"))) PGconn* handle(soci::session& sql) {
    return static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
}

/// SQLSTATE classes: PostgreSQL documentation, appendix A.
ErrorCode code_of(std::string_view state) {
    if (state == "23505") return ErrorCode::Conflict;
    if (state == "22021" || state == "22P05") return ErrorCode::InvalidInput;  // not storable text
    const std::string_view family = state.substr(0, 2);
    // connection, deadlock and serialisation, resources, lock not available, shutdown and cancelled, disk
    for (std::string_view passing : {"08", "40", "53", "55", "57", "58"})
        if (family == passing) return ErrorCode::Unavailable;
    return ErrorCode::Internal;
}

SqlFailure failure(std::string state, PGconn* connection) {
    const bool lost = connection == nullptr || PQstatus(connection) == CONNECTION_BAD || state.starts_with("08") ||
                      state == "57P01" || state == "57P02" || state == "57P03";
    if (lost) return {Error(ErrorCode::Unavailable, "postgresql connection lost " + state), true};
    return {Error(code_of(state), "postgresql error " + state), false};
}

struct Answer {
    PGresult* result;
    explicit Answer(PGresult* r) : result(r) {}
    ~Answer() { PQclear(result); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
};

class Postgres : public Dialect {
public:
    explicit Postgres(std::string url) : url_(with_deadlines(std::move(url))) {}

    std::unique_ptr<soci::session> connect(Role role) const override {
        auto sql = std::make_unique<soci::session>(soci::postgresql, url_);
        script(*sql,
               "SET client_encoding='UTF8'; SET timezone='UTC'; SET synchronous_commit=on; SET statement_timeout='5s';"
               "SET idle_in_transaction_session_timeout='30s'; SET client_min_messages=warning");
        if (role == Role::Reader) script(*sql, "SET default_transaction_read_only=on");
        return sql;
    }

    std::string script(soci::session& sql, const std::string& statements) const override {
        PGconn* connection = handle(sql);
        const Answer answer(PQexec(connection, statements.c_str()));
        const auto status = PQresultStatus(answer.result);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return PQcmdStatus(answer.result);
        const char* state = PQresultErrorField(answer.result, PG_DIAG_SQLSTATE);
        throw failure(state != nullptr ? state : "", connection);
    }

    void commit(soci::session& sql) const override {
        // COMMIT of a failed transaction answers ROLLBACK, without an error.
        if (script(sql, "COMMIT") != "COMMIT") throw SqlFailure(Error(ErrorCode::Internal, "not committed"), false);
    }

    void after_commit(soci::session&) const override {}
    void reset(soci::statement&) const override {}  // libpq has fetched everything already

    SqlFailure failure_of(const soci::soci_error& error, soci::session& sql) const override {
        const auto* own = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        if (error.get_error_category() == soci::soci_error::connection_error) return failure("08006", handle(sql));
        std::string state = own != nullptr ? own->sqlstate() : "";
        if (state.find_first_not_of(' ') == std::string::npos) state.clear();
        return failure(std::move(state), handle(sql));
    }

    void lock_writing() const override {}
    void unlock_writing() const override {}
    bool claim_service() const override { return true; }  // any number of nodes may serve

    std::string_view begin() const override { return "BEGIN"; }
    std::string_view skip_locked() const override { return " FOR UPDATE OF o SKIP LOCKED"; }
    std::string_view table_exists() const override {
        return "SELECT COUNT(*) FROM information_schema.tables"
               " WHERE table_schema = current_schema() AND table_name = :name";
    }
    std::string migration_guard() const override {
        return "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(" + std::to_string(kMigrationLock) + ")";
    }
    bool shared() const override { return true; }
    std::string describe(soci::session& sql) const override {
        const int version = PQserverVersion(handle(sql));
        return "PostgreSQL " + std::to_string(version / 10000) + "." + std::to_string(version % 10000);
    }

private:
    static constexpr long kMigrationLock = 0x7975616e;  // "yuan"

    /// A dead server must not hold a thread: libpq waits for ever by default.
    static std::string with_deadlines(std::string url) {
        for (const char* setting : {"connect_timeout=5", "tcp_user_timeout=10000"}) {
            const std::string_view name = std::string_view(setting).substr(0, std::string_view(setting).find('='));
            if (url.find(name) != std::string::npos) continue;
            url += (url.find('?') == std::string::npos ? '?' : '&');
            url += setting;
        }
        return url;
    }

    std::string url_;
};

}  // namespace

std::unique_ptr<Dialect> make_postgres(std::string url) { return std::make_unique<Postgres>(std::move(url)); }

}  // namespace yuanda::storage
