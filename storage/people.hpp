// Staff, their sessions, and the browser sessions of citizens.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

struct Staff {
    StaffId id;
    std::string login;
    std::string name;
    std::vector<std::string> roles;  // lawyer supervisor editor reviewer approver dispatcher intake auditor admin
    std::string password_hash;       // Argon2id, libsodium's string form
    bool disabled = false;
    bool must_change = false;
    int failures = 0;  // failed logins since the last success
    std::optional<TimePoint> failed_at;
    std::optional<TimePoint> locked_until;
    TimePoint created_at;
};

struct StaffSession {
    std::string token_hash;  // SHA-256 of the cookie's value
    StaffId staff;
    std::string csrf;
    TimePoint created_at;
    TimePoint seen_at;
    TimePoint expires_at;
};

/// A citizen's browser: an opaque token, stored hashed, that speaks for one peer of one inbox.
struct Visitor {
    std::string token_hash;
    InboxId inbox;
    ExternalId peer;
    bool verified = false;  // the embedding site vouched for the identity
    TimePoint created_at;
    TimePoint seen_at;
    std::optional<TimePoint> revoked_at;
};

class People {
public:
    explicit People(Database& database);

    Result<std::vector<Staff>> staff();
    Result<std::optional<Staff>> staff_by_login(const std::string& login);
    Result<std::optional<Staff>> staff_by_id(const StaffId& id);
    /// Conflict when the login is taken. `by`: who did it (empty: the command line).
    Result<> add_staff(const Staff& staff, const StaffId& by, TimePoint now);
    /// Writes name, roles, hash, flags and counters of an existing row; `what` is the event's code.
    Result<> update_staff(const Staff& staff, const StaffId& by, const std::string& what, TimePoint now);

    Result<> add_session(const StaffSession& session);
    Result<std::optional<StaffSession>> session(const std::string& token_hash);
    Result<> touch_session(const std::string& token_hash, TimePoint now);
    Result<> end_session(const std::string& token_hash);
    Result<> end_sessions_of(const StaffId& staff);

    Result<> add_visitor(const Visitor& visitor);
    Result<std::optional<Visitor>> visitor(const std::string& token_hash);
    Result<> revoke_visitor(const std::string& token_hash, TimePoint now);

private:
    Database* database_;
};

}  // namespace yuanda::storage
