// The gate of the staff interface: transport, origin, session, password change, token, role, body, in that order.
#include "gateway/staff/session.hpp"

#include <charconv>

#include "core/text.hpp"
#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/staff/auth.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::chrono::seconds kTouchEvery{60};  // not a write for every click

Response no_store(Response response) {
    response.headers.emplace_back("cache-control", "no-store");
    return response;
}

Response signed_out(const Request& request, std::string_view why) {
    return error_response(request, ErrorCode::Unauthenticated, why);
}

bool changes_something(const Access& access) { return access.method != "GET"; }

/// Once a minute: a person's acts keep the session, what the console fetches by itself does not.
void touch(Context& context, const Access& access, const storage::StaffSession& session, TimePoint now) {
    if (!access.activity || now - session.seen_at < kTouchEvery) return;
    if (!context.services.people.touch_session(session.token_hash, now)) log_warning("session.untouched");
}

Result<Json> body_of(const Request& request, const Access& access) {
    if (!changes_something(access) || request.body.empty()) return Json::object();
    auto body = parse_json(request.body);
    if (!body.has_value()) return body.error();
    if (!body->is_object()) return invalid("the body is not an object");
    return body;
}

Response handle(Context& context, const Access& access, const StaffHandler& handler, const Request& request) {
    Admitted admitted;
    if (access.need == Access::Need::Nothing) {
        if (auto refused = refuse_transport(context, request, true)) return *refused;
    } else {
        auto gate = admit(context, request, access);
        if (auto* refused = std::get_if<Response>(&gate)) return std::move(*refused);
        admitted = std::get<Admitted>(std::move(gate));
        if (changes_something(access) && !equal_secret(request.header("x-csrf-token"), admitted.session.csrf))
            return error_response(request, ErrorCode::Forbidden, "页面过期了。请刷新后再试。");
        touch(context, access, admitted.session, context.services.clock.now());
    }
    const auto body = body_of(request, access);
    if (!body.has_value()) return error_response(request, ErrorCode::InvalidInput, "请求的内容读不懂。请刷新后再试。");
    return handler(context, Call{request, admitted.staff, admitted.session, *body, context.services.clock.now()});
}

}  // namespace

std::optional<Response> refuse_transport(const Context& context, const Request& request, bool changes) {
    if (!request.secure)
        return error_response(request, ErrorCode::Forbidden,
                              "为保护求助人的隐私，工作台只能用 https 打开。请用 https:// 开头的地址，或在本机打开。");
    if (changes && !own_origin(request.header("origin"), request.header("host"), context.services.config.public_url))
        return error_response(request, ErrorCode::Forbidden,
                              "这个请求不是从工作台发出的，没有执行。请从工作台里操作。");
    return std::nullopt;
}

std::variant<Response, Admitted> admit(Context& context, const Request& request, const Access& access) {
    auto& people = context.services.people;
    const TimePoint now = context.services.clock.now();
    const bool socket = access.pattern.ends_with("/socket");
    if (auto refused = refuse_transport(context, request, changes_something(access) || socket))
        return std::move(*refused);

    const std::string token = request.cookie(kCookieName);
    if (token.empty()) return signed_out(request, "请先登录。");
    const auto session = people.session(sha256_hex(token));
    if (!session.has_value()) return storage_failure(request, session.error());
    if (!*session) return signed_out(request, "登录已经结束。请重新登录。");
    const auto staff = people.staff_by_id((*session)->staff);
    if (!staff.has_value()) return storage_failure(request, staff.error());
    if (!*staff || (*staff)->disabled || !session_alive(**session, (*staff)->roles, now)) {
        if (!people.end_session((*session)->token_hash)) log_warning("session.unended");
        return signed_out(request, "登录已经结束。请重新登录。");
    }
    if ((*staff)->must_change && access.need != Access::Need::Session)
        return error_response(request, ErrorCode::Forbidden, "第一次登录，请先改密码。");
    if (!may(access, (*staff)->roles))
        return error_response(request, ErrorCode::Forbidden, "您的角色没有这项权限。需要的话，请找管理员。");
    return Admitted{**staff, **session};
}

void add_route(Router& router, const std::shared_ptr<Context>& context, std::string_view method,
               std::string_view pattern, StaffHandler handler) {
    Route route;
    route.method = method;
    route.pattern = pattern;
    route.body_limit = context->services.config.limits.sizes.api_body;
    const Access* access = access_of(method, pattern);
    route.handler =
        blocking(context->services, [context, access, handler = std::move(handler)](const Request& request) {
            if (!access) return error_response(request, ErrorCode::Forbidden, "没有这项权限。");
            return no_store(handle(*context, *access, handler, request));
        });
    router.add(std::move(route));
}

FreshSession fresh_session(Context& context, const StaffId& staff, const std::string& csrf) {
    const std::string token = random_token(kTokenBytes, context.services.random);
    return {new_session(staff, token, csrf, context.services.clock.now()), session_cookie(token)};
}

std::optional<std::string> text_field(const Json& body, std::string_view key, std::size_t max_chars) {
    auto text = optional_text(body, key, max_chars);
    if (!text || text->empty()) return std::nullopt;
    return text;
}

std::optional<std::string> optional_text(const Json& body, std::string_view key, std::size_t max_chars) {
    const auto found = body.find(key);
    if (found == body.end() || found->is_null()) return std::string{};
    if (!found->is_string()) return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    if (!is_clean_utf8(text)) return std::nullopt;
    const std::string_view shown = trimmed(text);
    if (code_points(shown) > max_chars) return std::nullopt;
    return std::string(shown);
}

std::optional<int> page_limit(const Request& request, int fallback) {
    const std::string text = request.parameter("limit");
    if (text.empty()) return fallback;
    int limit = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (failed != std::errc{} || end != text.data() + text.size() || limit < 1 || limit > 100) return std::nullopt;
    return limit;
}

Response unprocessable(const Request& request, std::string_view message) {
    Response response = error_response(request, ErrorCode::InvalidInput, message);
    response.status = 422;  // understood, and not to be done: docs/api.md
    return response;
}

Response storage_failure(const Request& request, const Error& error) {
    log_warning("staff.storage", {{"request", request.id}, {"code", std::string(name_of(error.code))}});
    switch (error.code) {
        case ErrorCode::NotFound: return error_response(request, error.code, "没有找到，可能已经变了。请刷新。");
        case ErrorCode::Conflict: return error_response(request, error.code, "刚刚有人改过，请刷新后再试。");
        default: return error_response(request, ErrorCode::Unavailable, "系统正忙，没有办成。请稍后再试。");
    }
}

}  // namespace yuanda::gateway::staff
