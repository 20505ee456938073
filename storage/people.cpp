// Staff and the grants of their roles.
#include "storage/people.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "storage/detail/session.hpp"
#include "storage/detail/session_rows.hpp"

namespace yuanda::storage {
namespace {

constexpr const char* kColumns =
    "SELECT id, login, name, password_hash, disabled, must_change, failures, failed_at, locked_until, created_at"
    " FROM staff ";

std::vector<std::string> roles_of(Session& session, const StaffId& id) {
    std::vector<std::string> roles;
    std::string role;
    Query query(session, "SELECT role FROM role_grant WHERE staff_id = :id ORDER BY role");
    query.in(id).out(role);
    while (query.next()) roles.push_back(role);
    return roles;
}

std::vector<Staff> load(Session& session, const std::string& tail, const std::string& key) {
    std::vector<Staff> list;
    Staff s;
    {
        Query query(session, kColumns + tail);
        if (!key.empty()) query.in(key);
        query.out(s.id)
            .out(s.login)
            .out(s.name)
            .out(s.password_hash)
            .out(s.disabled)
            .out(s.must_change)
            .out(s.failures)
            .out(s.failed_at)
            .out(s.locked_until)
            .out(s.created_at);
        while (query.next()) list.push_back(s);
    }
    for (Staff& one : list) one.roles = roles_of(session, one.id);
    return list;
}

Result<std::optional<Staff>> load_one(Database& database, const std::string& tail, const std::string& key) {
    std::optional<Staff> found;
    if (key.empty()) return found;
    const auto done = database.read([&](Session& session) -> Result<> {
        auto list = load(session, tail, key);
        if (!list.empty()) found = std::move(list.front());
        return {};
    });
    if (!done) return done.error();
    return found;
}

/// Grants what is new and withdraws what is gone; grants that stay keep their date.
void write_roles(Session& session, const StaffId& id, const std::vector<std::string>& roles, const StaffId& by,
                 TimePoint now) {
    for (const std::string& role : roles_of(session, id))
        if (std::find(roles.begin(), roles.end(), role) == roles.end())
            Query(session, "DELETE FROM role_grant WHERE staff_id = :id AND role = :role").in(id).in(role).run();
    for (const std::string& role : roles)
        Query(session,
              "INSERT INTO role_grant (staff_id, role, granted_by, granted_at) VALUES (:id, :role, :by, :at)"
              " ON CONFLICT (staff_id, role) DO NOTHING")
            .in(id)
            .in(role)
            .in(by)
            .in(now)
            .run();
}

bool known(Session& session, const StaffId& id) {
    std::int64_t count = 0;
    Query(session, "SELECT COUNT(*) FROM staff WHERE id = :id").in(id).out(count).next();
    return count > 0;
}

Error no_such_staff() { return {ErrorCode::NotFound, "no such staff"}; }

/// For a compare-and-set that changed nothing.
Error moved_on(Session& session, const StaffId& id) {
    if (!known(session, id)) return no_such_staff();
    return {ErrorCode::Conflict, "the account was disabled or given another password"};
}

void record(Session& session, const StaffId& id, const char* what, const StaffId& by, TimePoint now,
            const Json& detail = Json::object()) {
    append_event(session,
                 {std::string("staff.") + what, id.value, by.empty() ? "system" : by.value, detail.dump(), now});
}

}  // namespace

People::People(Database& database) : database_(&database) {}

Result<std::vector<Staff>> People::staff() {
    std::vector<Staff> list;
    const auto done = database_->read([&](Session& session) -> Result<> {
        list = load(session, "ORDER BY login", "");
        return {};
    });
    if (!done) return done.error();
    return list;
}

Result<std::optional<Staff>> People::staff_by_login(const std::string& login) {
    return load_one(*database_, "WHERE login = :login", login);
}

Result<std::optional<Staff>> People::staff_by_id(const StaffId& id) {
    return load_one(*database_, "WHERE id = :id", id.value);
}

Result<> People::add_staff(const Staff& s, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        Query(session,
              "INSERT INTO staff (id, login, name, password_hash, disabled, must_change, failures, failed_at,"
              " locked_until, created_at) VALUES (:id, :login, :name, :hash, :disabled, :change, :failures, :failed,"
              " :locked, :created)")
            .in(s.id)
            .in(s.login)
            .in(s.name)
            .in(s.password_hash)
            .in(s.disabled)
            .in(s.must_change)
            .in(s.failures)
            .in(s.failed_at)
            .in(s.locked_until)
            .in(s.created_at)
            .run();
        write_roles(session, s.id, s.roles, by, now);
        record(session, s.id, "add", by, now, Json{{"roles", s.roles}});
        return {};
    });
}

Result<> People::record_login_failure(const StaffId& id, const LockRule& rule, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        int failures = 0;
        Query count(session,
                    "UPDATE staff SET failures = CASE WHEN failed_at > :since THEN failures + 1 ELSE 1 END,"
                    " failed_at = :now WHERE id = :id RETURNING failures");
        if (!count.in(now - rule.within).in(now).in(id).out(failures).next()) return no_such_staff();
        if (failures >= rule.failures)  // after the lock the count begins anew
            Query(session, "UPDATE staff SET failures = 0, locked_until = :until WHERE id = :id")
                .in(now + rule.locked_for)
                .in(id)
                .run();
        record(session, id, "login_failed", id, now);
        return {};
    });
}

Result<> People::record_login(const Staff& verified, const StaffSession& next, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed = Query(session,
                                           "UPDATE staff SET failures = 0, failed_at = NULL, locked_until = NULL"
                                           " WHERE id = :id AND disabled = 0 AND password_hash = :verified")
                                         .in(verified.id)
                                         .in(verified.password_hash)
                                         .run();
        if (changed == 0) return moved_on(session, verified.id);
        insert_session(session, next);
        record(session, verified.id, "login", verified.id, now);
        return {};
    });
}

Result<> People::change_password(const Staff& verified, const std::string& hash, const StaffSession& next,
                                 TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed = Query(session,
                                           "UPDATE staff SET password_hash = :hash, must_change = 0"
                                           " WHERE id = :id AND disabled = 0 AND password_hash = :verified")
                                         .in(hash)
                                         .in(verified.id)
                                         .in(verified.password_hash)
                                         .run();
        if (changed == 0) return moved_on(session, verified.id);
        delete_sessions(session, verified.id);
        insert_session(session, next);
        record(session, verified.id, "password", verified.id, now);
        return {};
    });
}

Result<> People::set_password(const StaffId& id, const std::string& hash, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed = Query(session,
                                           "UPDATE staff SET password_hash = :hash, must_change = 1, failures = 0,"
                                           " failed_at = NULL, locked_until = NULL WHERE id = :id")
                                         .in(hash)
                                         .in(id)
                                         .run();
        if (changed == 0) return no_such_staff();
        delete_sessions(session, id);
        record(session, id, "reset", by, now);
        return {};
    });
}

Result<> People::disable(const StaffId& id, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        if (Query(session, "UPDATE staff SET disabled = 1 WHERE id = :id").in(id).run() == 0) return no_such_staff();
        delete_sessions(session, id);
        record(session, id, "disable", by, now);
        return {};
    });
}

Result<> People::enable(const StaffId& id, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed = Query(session,
                                           "UPDATE staff SET disabled = 0, failures = 0, failed_at = NULL,"
                                           " locked_until = NULL WHERE id = :id")
                                         .in(id)
                                         .run();
        if (changed == 0) return no_such_staff();
        record(session, id, "enable", by, now);
        return {};
    });
}

Result<> People::set_roles(const StaffId& id, const std::vector<std::string>& roles, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        if (!known(session, id)) return no_such_staff();
        write_roles(session, id, roles, by, now);
        record(session, id, "roles", by, now, Json{{"roles", roles}});
        return {};
    });
}

}  // namespace yuanda::storage
