// The decisions of signing in: cookies, origins, locks and the life of a session. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "storage/people.hpp"

namespace yuanda::gateway::staff {

/// A session of staff is a cookie for this host alone ("__Host-", RFC 6265bis section 4.1.3.2) and ends by itself.
inline constexpr std::string_view kCookieName = "__Host-yuanda";
inline constexpr std::size_t kTokenBytes = 32;
inline constexpr int kMaxFailures = 5;
inline constexpr std::chrono::minutes kFailureWindow{15};
inline constexpr std::chrono::minutes kLockTime{30};
inline constexpr std::chrono::minutes kIdle{30};
inline constexpr std::chrono::minutes kIdleAdmin{15};
inline constexpr std::chrono::hours kAbsolute{10};

/// Values of Set-Cookie.
std::string session_cookie(std::string_view token);
std::string cleared_cookie();

/// Whether `origin` is a page of ours: the host the request itself was sent to, or that of `public_url`, by
/// https; plain http counts on this machine alone. Absent and "null" are not ours.
bool own_origin(std::string_view origin, std::string_view host, std::string_view public_url);

storage::StaffSession new_session(const StaffId& staff, std::string_view token, std::string csrf, TimePoint now);
bool session_alive(const storage::StaffSession& session, const std::vector<std::string>& roles, TimePoint now);

bool locked(const storage::Staff& staff, TimePoint now);
/// What the database counts failures by: the fifth within 15 minutes locks for 30.
inline constexpr storage::LockRule kLockRule{kMaxFailures, kFailureWindow, kLockTime};

}  // namespace yuanda::gateway::staff
