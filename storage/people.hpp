// Staff, their sessions, and the browser sessions of citizens.
#pragma once

#include <chrono>
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

/// How failed sign-ins lock an account.
struct LockRule {
    int failures = 5;                 // the one that locks
    std::chrono::minutes within{15};  // a pause as long as this forgets the earlier ones
    std::chrono::minutes locked_for{30};
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

/// Every change writes its own columns alone and leaves its event in the same transaction: a password takes long to
/// check, and what somebody else changed meanwhile must stay changed. `by`: who did it (empty: the command line).
/// NotFound: no such staff.
class People {
public:
    explicit People(Database& database);

    Result<std::vector<Staff>> staff();
    Result<std::optional<Staff>> staff_by_login(const std::string& login);
    Result<std::optional<Staff>> staff_by_id(const StaffId& id);
    /// Conflict when the login is taken.
    Result<> add_staff(const Staff& staff, const StaffId& by, TimePoint now);
    /// One failed sign-in more, counted in the row itself. Failures are counted together as long as no pause between
    /// them reaches `rule.within`, which is never more lenient than a sliding window.
    Result<> record_login_failure(const StaffId& id, const LockRule& rule, TimePoint now);
    /// Forgets failures and begins `session`. `verified`: as read before its password was checked; Conflict when the
    /// account has been disabled or been given another password since.
    Result<> record_login(const Staff& verified, const StaffSession& session, TimePoint now);
    /// A person's own new password: ends every session and begins `next`. Conflict as above.
    Result<> change_password(const Staff& verified, const std::string& hash, const StaffSession& next, TimePoint now);
    /// A password somebody else gave, to be changed at the next sign-in: ends every session and lifts a lock.
    Result<> set_password(const StaffId& id, const std::string& hash, const StaffId& by, TimePoint now);
    /// Ends every session.
    Result<> disable(const StaffId& id, const StaffId& by, TimePoint now);
    /// Lifts a lock too.
    Result<> enable(const StaffId& id, const StaffId& by, TimePoint now);
    /// Sessions go on; their roles are read with every request.
    Result<> set_roles(const StaffId& id, const std::vector<std::string>& roles, const StaffId& by, TimePoint now);

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
