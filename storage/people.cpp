// Staff and the grants of their roles.
#include "storage/people.hpp"

#include "core/json.hpp"
#include "storage/detail/session.hpp"

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
void write_roles(Session& session, const Staff& staff, const StaffId& by, TimePoint now) {
    for (const std::string& role : roles_of(session, staff.id))
        if (std::find(staff.roles.begin(), staff.roles.end(), role) == staff.roles.end())
            Query(session, "DELETE FROM role_grant WHERE staff_id = :id AND role = :role").in(staff.id).in(role).run();
    for (const std::string& role : staff.roles)
        Query(session,
              "INSERT INTO role_grant (staff_id, role, granted_by, granted_at) VALUES (:id, :role, :by, :at)"
              " ON CONFLICT (staff_id, role) DO NOTHING")
            .in(staff.id)
            .in(role)
            .in(by)
            .in(now)
            .run();
}

Event event_of(const Staff& staff, const StaffId& by, const std::string& what, TimePoint now) {
    return {"staff." + what, staff.id.value, by.empty() ? "system" : by.value, Json{{"roles", staff.roles}}.dump(),
            now};
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
        write_roles(session, s, by, now);
        append_event(session, event_of(s, by, "add", now));
        return {};
    });
}

Result<> People::update_staff(const Staff& s, const StaffId& by, const std::string& what, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const std::int64_t changed =
            Query(session,
                  "UPDATE staff SET name = :name, password_hash = :hash, disabled = :disabled, must_change = :change,"
                  " failures = :failures, failed_at = :failed, locked_until = :locked WHERE id = :id")
                .in(s.name)
                .in(s.password_hash)
                .in(s.disabled)
                .in(s.must_change)
                .in(s.failures)
                .in(s.failed_at)
                .in(s.locked_until)
                .in(s.id)
                .run();
        if (changed == 0) return Error(ErrorCode::NotFound, "no such staff");
        write_roles(session, s, by, now);
        append_event(session, event_of(s, by, what, now));
        return {};
    });
}

}  // namespace yuanda::storage
