// The browsers of staff and of citizens: tokens come hashed and are never stored otherwise.
#include "storage/detail/session_rows.hpp"

namespace yuanda::storage {

void insert_session(Session& session, const StaffSession& row) {
    Query(session,
          "INSERT INTO session (token_hash, staff_id, csrf, created_at, seen_at, expires_at)"
          " VALUES (:token, :staff, :csrf, :created, :seen, :expires)")
        .in(row.token_hash)
        .in(row.staff)
        .in(row.csrf)
        .in(row.created_at)
        .in(row.seen_at)
        .in(row.expires_at)
        .run();
}

void delete_sessions(Session& session, const StaffId& staff) {
    Query(session, "DELETE FROM session WHERE staff_id = :staff").in(staff).run();
}

Result<> People::add_session(const StaffSession& s) {
    return database_->write([&](Session& session) -> Result<> {
        insert_session(session, s);
        return {};
    });
}

Result<std::optional<StaffSession>> People::session(const std::string& token_hash) {
    std::optional<StaffSession> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        StaffSession s;
        Query query(session,
                    "SELECT token_hash, staff_id, csrf, created_at, seen_at, expires_at FROM session"
                    " WHERE token_hash = :token");
        query.in(token_hash)
            .out(s.token_hash)
            .out(s.staff)
            .out(s.csrf)
            .out(s.created_at)
            .out(s.seen_at)
            .out(s.expires_at);
        if (query.next()) found = s;
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<> People::touch_session(const std::string& token_hash, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        Query(session, "UPDATE session SET seen_at = :now WHERE token_hash = :token").in(now).in(token_hash).run();
        return {};
    });
}

Result<> People::end_session(const std::string& token_hash) {
    return database_->write([&](Session& session) -> Result<> {
        Query(session, "DELETE FROM session WHERE token_hash = :token").in(token_hash).run();
        return {};
    });
}

Result<> People::end_sessions_of(const StaffId& staff) {
    return database_->write([&](Session& session) -> Result<> {
        delete_sessions(session, staff);
        return {};
    });
}

Result<> People::add_visitor(const Visitor& v) {
    return database_->write([&](Session& session) -> Result<> {
        Query(session,
              "INSERT INTO visitor (token_hash, inbox, peer, verified, created_at, seen_at, revoked_at)"
              " VALUES (:token, :inbox, :peer, :verified, :created, :seen, :revoked)")
            .in(v.token_hash)
            .in(v.inbox)
            .in(v.peer)
            .in(v.verified)
            .in(v.created_at)
            .in(v.seen_at)
            .in(v.revoked_at)
            .run();
        return {};
    });
}

Result<std::optional<Visitor>> People::visitor(const std::string& token_hash) {
    std::optional<Visitor> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Visitor v;
        Query query(session,
                    "SELECT token_hash, inbox, peer, verified, created_at, seen_at, revoked_at FROM visitor"
                    " WHERE token_hash = :token");
        query.in(token_hash)
            .out(v.token_hash)
            .out(v.inbox)
            .out(v.peer)
            .out(v.verified)
            .out(v.created_at)
            .out(v.seen_at)
            .out(v.revoked_at);
        if (query.next()) found = v;
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<> People::revoke_visitor(const std::string& token_hash, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        // The first revocation stands.
        Query(session, "UPDATE visitor SET revoked_at = :now WHERE token_hash = :token AND revoked_at IS NULL")
            .in(now)
            .in(token_hash)
            .run();
        return {};
    });
}

}  // namespace yuanda::storage
