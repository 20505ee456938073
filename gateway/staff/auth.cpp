// Cookies, origins, locks and session lives as plain functions.
#include "gateway/staff/auth.hpp"

#include <algorithm>

#include "core/token.hpp"
#include "gateway/staff/access.hpp"

namespace yuanda::gateway::staff {
namespace {

/// The parts of "https://host:port"; both empty when it is not of that shape.
struct Origin {
    std::string scheme;
    std::string authority;
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

Origin parse_origin(std::string_view text) {
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos) return {};
    const std::string_view rest = text.substr(mark + 3);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    if (authority.empty() || authority.find('@') != std::string_view::npos) return {};
    return {lower(text.substr(0, mark)), lower(authority)};
}

bool is_this_machine(std::string_view authority) {
    std::string_view name = authority;
    const std::size_t port = authority.rfind(':');
    if (port != std::string_view::npos && authority.find(']', port) == std::string_view::npos)
        name = authority.substr(0, port);
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

}  // namespace

// RFC 6265bis 4.1.3.2: __Host- demands Secure, Path=/ and no Domain, and is kept by no other host.
std::string session_cookie(std::string_view token) {
    return std::string(kCookieName) + "=" + std::string(token) + "; Path=/; Secure; HttpOnly; SameSite=Strict";
}

std::string cleared_cookie() { return session_cookie("") + "; Max-Age=0"; }

bool own_origin(std::string_view origin, std::string_view host, std::string_view public_url) {
    const Origin from = parse_origin(origin);
    if (from.authority.empty()) return false;
    const bool trusted = from.scheme == "https" || (from.scheme == "http" && is_this_machine(from.authority));
    if (!trusted) return false;
    if (from.authority == lower(host)) return true;
    const Origin outside = parse_origin(public_url);
    return !outside.authority.empty() && outside.scheme == from.scheme && outside.authority == from.authority;
}

storage::StaffSession new_session(const StaffId& staff, std::string_view token, std::string csrf, TimePoint now) {
    storage::StaffSession session;
    session.token_hash = sha256_hex(token);
    session.staff = staff;
    session.csrf = std::move(csrf);
    session.created_at = now;
    session.seen_at = now;
    session.expires_at = now + kAbsolute;
    return session;
}

bool session_alive(const storage::StaffSession& session, const std::vector<std::string>& roles, TimePoint now) {
    const auto idle = has_role(roles, "admin") ? kIdleAdmin : kIdle;
    return now < session.expires_at && now - session.seen_at < idle;
}

bool locked(const storage::Staff& staff, TimePoint now) { return staff.locked_until && now < *staff.locked_until; }

}  // namespace yuanda::gateway::staff
