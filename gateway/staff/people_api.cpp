// Staff accounts. Nobody changes their own rights, and the last administrator stays one.
#include "gateway/staff/people_api.hpp"

#include <algorithm>

#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/login.hpp"
#include "gateway/passwords.hpp"
#include "gateway/staff/desk_api.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxName = 30;

/// The person as stored now.
Response answer(Context& context, const Call& call, const StaffId& id, const std::string& password = {}) {
    const auto staff = context.services.people.staff_by_id(id);
    if (!staff.has_value()) return storage_failure(call.request, staff.error());
    if (!*staff) return error_response(call.request, ErrorCode::NotFound, "没有这个人。");
    Json body = {{"staff", staff_json(**staff, context.services.desk.present())}};
    if (!password.empty()) body["password"] = password;
    return json_response(200, body.dump());
}

Response list_staff(Context& context, const Call& call) {
    const auto staff = context.services.people.staff();
    if (!staff.has_value()) return storage_failure(call.request, staff.error());
    const auto present = context.services.desk.present();
    Json shown = Json::array();
    for (const auto& one : *staff) shown.push_back(staff_json(one, present));
    return json_response(200, Json{{"staff", shown}}.dump());
}

/// A password shown once, to be changed at the first sign-in.
struct OneTimePassword {
    std::string password;
    std::string hash;
};

Result<OneTimePassword> make_password(Context& context) {
    std::string password = one_time_password(context.services.random);
    auto hash = hash_password(password);
    if (!hash.has_value()) return hash.error();
    return OneTimePassword{std::move(password), std::move(*hash)};
}

Response add_staff(Context& context, const Call& call) {
    const auto login = text_field(call.body, "login", 32);
    const auto name = text_field(call.body, "name", kMaxName);
    const auto roles = roles_from(call.body);
    if (!login || !is_login(*login)) return unprocessable(call.request, kLoginRule);
    if (!name) return unprocessable(call.request, "请写姓名，最多30个字。");
    if (!roles) return unprocessable(call.request, "请至少选一个角色。");
    storage::Staff staff;
    staff.id = StaffId{uuid_v7(call.now, context.services.random)};
    staff.login = *login;
    staff.name = *name;
    staff.roles = *roles;
    staff.created_at = call.now;
    const auto made = make_password(context);
    if (!made.has_value()) return storage_failure(call.request, made.error());
    staff.password_hash = made->hash;
    staff.must_change = true;
    const auto added = context.services.people.add_staff(staff, call.staff.id, call.now);
    if (!added && added.error().code == ErrorCode::Conflict)
        return error_response(call.request, ErrorCode::Conflict, "这个登录名已经有人用了。请换一个。");
    if (!added) return storage_failure(call.request, added.error());
    return answer(context, call, staff.id, made->password);
}

/// The person a change is about; never oneself.
std::variant<Response, storage::Staff> other_person(Context& context, const Call& call, std::string_view own) {
    if (call.id() == call.staff.id.value) return error_response(call.request, ErrorCode::Forbidden, own);
    const auto found = context.services.people.staff_by_id(StaffId{call.id()});
    if (!found.has_value()) return storage_failure(call.request, found.error());
    if (!*found) return error_response(call.request, ErrorCode::NotFound, "没有这个人。");
    return **found;
}

/// Open consoles must sign in again or read their roles anew.
void end_sockets(Context& context, const StaffId& staff) {
    context.services.hub.notify("staff", ended_note(staff));
    context.services.hub.notify("staff", desk_note());
}

Response reset(Context& context, const Call& call) {
    const auto found = other_person(context, call, "自己的密码，请在“改密码”里改。");
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& staff = std::get<storage::Staff>(found);
    const auto made = make_password(context);
    if (!made.has_value()) return storage_failure(call.request, made.error());
    if (const auto done = context.services.people.set_password(staff.id, made->hash, call.staff.id, call.now); !done)
        return storage_failure(call.request, done.error());
    context.guard.forget("login:" + staff.login);
    context.guard.forget("password:" + staff.id.value);
    end_sockets(context, staff.id);
    return answer(context, call, staff.id, made->password);
}

/// Refuses when `staff` is the last who could still give rights.
std::optional<Response> refuse_last_admin(Context& context, const Call& call, const StaffId& staff) {
    const auto all = context.services.people.staff();
    if (!all.has_value()) return storage_failure(call.request, all.error());
    if (administrator_left(*all, staff)) return std::nullopt;
    return error_response(call.request, ErrorCode::Conflict, "这是最后一位管理员。请先让另一位当管理员。");
}

Response disable(Context& context, const Call& call) {
    const std::lock_guard lock{context.admin_mutex};
    const auto found = other_person(context, call, "不能停用自己。");
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& staff = std::get<storage::Staff>(found);
    if (auto refused = refuse_last_admin(context, call, staff.id)) return *refused;
    if (const auto done = context.services.people.disable(staff.id, call.staff.id, call.now); !done)
        return storage_failure(call.request, done.error());
    end_sockets(context, staff.id);
    context.services.desk.set_presence(staff.id, staff.name, desk::Presence::Offline);
    // Nobody may wait for somebody who cannot come any more.
    const int moved = requeue_conversations(context, staff.id, call.staff.id, call.now);
    log_info("staff.disabled", {{"staff", staff.id.value}, {"requeued", static_cast<std::int64_t>(moved)}});
    return answer(context, call, staff.id);
}

Response enable(Context& context, const Call& call) {
    const auto found = other_person(context, call, "不能启用自己。");
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& staff = std::get<storage::Staff>(found);
    if (const auto done = context.services.people.enable(staff.id, call.staff.id, call.now); !done)
        return storage_failure(call.request, done.error());
    context.guard.forget("login:" + staff.login);
    context.services.hub.notify("staff", desk_note());
    return answer(context, call, staff.id);
}

Response set_roles(Context& context, const Call& call) {
    const auto roles = roles_from(call.body);
    if (!roles) return unprocessable(call.request, "请至少选一个角色。");
    const std::lock_guard lock{context.admin_mutex};
    const auto found = other_person(context, call, "不能改自己的角色。请找另一位管理员。");
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& staff = std::get<storage::Staff>(found);
    if (!has_role(*roles, "admin"))
        if (auto refused = refuse_last_admin(context, call, staff.id)) return *refused;
    if (const auto done = context.services.people.set_roles(staff.id, *roles, call.staff.id, call.now); !done)
        return storage_failure(call.request, done.error());
    if (!may_read_conversations(*roles)) {
        context.services.desk.set_presence(staff.id, staff.name, desk::Presence::Offline);
        requeue_conversations(context, staff.id, call.staff.id, call.now);
    }
    end_sockets(context, staff.id);  // the session goes on; its roles are read with every request
    return answer(context, call, staff.id);
}

}  // namespace

bool administrator_left(const std::vector<storage::Staff>& staff, const StaffId& without) {
    return std::any_of(staff.begin(), staff.end(), [&](const storage::Staff& one) {
        return one.id != without && !one.disabled && has_role(one.roles, "admin");
    });
}

std::optional<std::vector<std::string>> roles_from(const Json& body) {
    const auto found = body.find("roles");
    if (found == body.end() || !found->is_array() || found->empty() || found->size() > kRoles.size())
        return std::nullopt;
    std::vector<std::string> roles;
    for (const auto& one : *found) {
        if (!one.is_string() || !is_role(one.get_ref<const std::string&>())) return std::nullopt;
        if (!has_role(roles, one.get_ref<const std::string&>())) roles.push_back(one.get<std::string>());
    }
    std::sort(roles.begin(), roles.end());
    return roles;
}

void add_people_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "GET", "/api/v1/staff", list_staff);
    add_route(router, context, "POST", "/api/v1/staff", add_staff);
    add_route(router, context, "POST", "/api/v1/staff/{id}/reset", reset);
    add_route(router, context, "POST", "/api/v1/staff/{id}/disable", disable);
    add_route(router, context, "POST", "/api/v1/staff/{id}/enable", enable);
    add_route(router, context, "POST", "/api/v1/staff/{id}/roles", set_roles);
}

}  // namespace yuanda::gateway::staff
