// Signing in: one answer and one cost for every failure, whoever is named, so that nobody learns who works here.
#include "gateway/staff/session_api.hpp"

#include <algorithm>

#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/passwords.hpp"
#include "gateway/staff/auth.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxLogin = 64;
constexpr std::size_t kMaxPassword = 128;

std::string session_body(Context& context, const storage::Staff& staff, const std::string& csrf) {
    return Json{{"staff", staff_json(staff, context.services.desk.present())},
                {"csrf", csrf},
                {"must_change", staff.must_change}}
        .dump();
}

std::string member(const Json& body, const char* key, std::size_t max_bytes) {
    std::string text = text_or(body, key);
    return text.size() > max_bytes ? std::string{} : text;
}

Response wrong(const Request& request) {
    return error_response(request, ErrorCode::Unauthenticated, "登录名或密码不对。");
}

Response locked_out(const Request& request) {
    Response response =
        error_response(request, ErrorCode::RateLimited, "输错太多次，已锁定30分钟。急用请找管理员重置。");
    for (auto& [name, value] : response.headers)
        if (name == "retry-after") value = std::to_string(std::chrono::seconds{kLockTime}.count());
    return response;
}

/// Unknown names leave a record too, so that a failure costs the same write for everybody.
void record_failure(Context& context, const std::optional<storage::Staff>& staff, TimePoint now) {
    const auto done = staff ? context.services.people.record_login_failure(staff->id, kLockRule, now)
                            : context.services.events.append({"staff.login_failed", "unknown", "unknown", "{}", now});
    if (!done) log_warning("login.unrecorded");
}

/// The browser's former session ends: a session is never carried over a sign-in.
void end_former(Context& context, const Request& request) {
    const std::string token = request.cookie(kCookieName);
    if (!token.empty() && !context.services.people.end_session(sha256_hex(token))) log_warning("session.unended");
}

Response let_in(Context& context, const Request& request, const storage::Staff& staff, TimePoint now) {
    const std::string csrf = random_token(kTokenBytes, context.services.random);
    const auto fresh = fresh_session(context, staff.id, csrf);
    const auto done = context.services.people.record_login(staff, fresh.row, now);
    // Disabled or reset while the password was being checked: it is not right any more.
    if (!done && done.error().code == ErrorCode::Conflict) return wrong(request);
    if (!done) return storage_failure(request, done.error());
    end_former(context, request);
    if (!staff.must_change) greet(context.services, staff);
    Response response = json_response(200, session_body(context, staff, csrf));
    response.headers.emplace_back("set-cookie", fresh.cookie);
    return response;
}

Response sign_in(Context& context, const Call& call) {
    const std::string login = member(call.body, "login", kMaxLogin);
    const std::string password = member(call.body, "password", kMaxPassword);
    const std::string guarded = "login:" + login;
    if (!context.guard.begin(guarded, call.now)) return locked_out(call.request);
    const auto found = context.services.people.staff_by_login(login);
    if (!found.has_value()) {
        context.guard.end(guarded, true, call.now);  // our failure, not theirs
        return storage_failure(call.request, found.error());
    }
    const auto& staff = *found;
    if (staff && locked(*staff, call.now)) {
        context.guard.end(guarded, true, call.now);  // nothing was tried: the lock must not grow by itself
        return locked_out(call.request);
    }
    const bool right = verify_password(staff ? staff->password_hash : std::string{}, password);
    const bool success = right && staff && !staff->disabled;
    context.guard.end(guarded, success, call.now);
    if (success) return let_in(context, call.request, *staff, call.now);
    record_failure(context, staff, call.now);
    return wrong(call.request);
}

Response show_session(Context& context, const Call& call) {
    if (!call.staff.must_change) greet(context.services, call.staff);
    return json_response(200, session_body(context, call.staff, call.session.csrf));
}

Response sign_out(Context& context, const Call& call) {
    if (const auto done = context.services.people.end_session(call.session.token_hash); !done)
        return storage_failure(call.request, done.error());
    context.services.desk.set_presence(call.staff.id, call.staff.name, desk::Presence::Offline);
    context.services.hub.notify("staff", desk_note());
    Response response = no_content();
    response.headers.emplace_back("set-cookie", cleared_cookie());
    // Not "storage": a citizen's page of the same address would lose its conversation with it.
    response.headers.emplace_back("clear-site-data", "\"cookies\"");
    return response;
}

Response change_password(Context& context, const Call& call) {
    const std::string old = member(call.body, "old", kMaxPassword);
    const std::string wanted = member(call.body, "new", kMaxPassword);
    const std::string guarded = "password:" + call.staff.id.value;  // a stolen session must not guess either
    if (!context.guard.begin(guarded, call.now)) return locked_out(call.request);
    const bool right = verify_password(call.staff.password_hash, old);
    context.guard.end(guarded, right, call.now);
    if (!right) return unprocessable(call.request, "原来的密码不对。");
    if (const auto good = check_password(wanted, call.staff.login); !good)
        return unprocessable(call.request, good.error().detail);
    if (wanted == old) return unprocessable(call.request, "新密码和原来的一样。请换一个。");
    const auto hash = hash_password(wanted);
    if (!hash.has_value()) return storage_failure(call.request, hash.error());

    // Whoever else held a session of this person is out. The token of this page stays, its cookie is new.
    const auto fresh = fresh_session(context, call.staff.id, call.session.csrf);
    if (const auto done = context.services.people.change_password(call.staff, *hash, fresh.row, call.now); !done)
        return storage_failure(call.request, done.error());
    greet(context.services, call.staff);
    Response response = no_content();
    response.headers.emplace_back("set-cookie", fresh.cookie);
    return response;
}

Response set_presence(Context& context, const Call& call) {
    const auto state = desk::presence_from(text_or(call.body, "state"));
    if (!state || *state == desk::Presence::Offline) return unprocessable(call.request, "状态只能是在线、忙碌或离开。");
    const auto present = context.services.desk.present();
    const bool known = std::any_of(present.begin(), present.end(), [&](const PresenceRow& row) {
        return row.staff == call.staff.id && row.state == *state;
    });
    context.services.desk.set_presence(call.staff.id, call.staff.name, *state);
    if (!known) context.services.hub.notify("staff", desk_note());  // a console says it again while its person works
    return no_content();
}

}  // namespace

void greet(Services& services, const storage::Staff& staff) {
    if (!has_role(staff.roles, "lawyer")) return;
    for (const auto& row : services.desk.present())
        if (row.staff == staff.id) return services.desk.heard_from(staff.id);
    services.desk.set_presence(staff.id, staff.name, desk::Presence::Online);
    services.hub.notify("staff", desk_note());
}

void add_session_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/session", sign_in);
    add_route(router, context, "GET", "/api/v1/session", show_session);
    add_route(router, context, "DELETE", "/api/v1/session", sign_out);
    add_route(router, context, "POST", "/api/v1/session/password", change_password);
    add_route(router, context, "PUT", "/api/v1/presence", set_presence);
}

}  // namespace yuanda::gateway::staff
