// Lets a request through to its handler, or says why not: session, origin, token, role, in one place.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <variant>

#include "core/json.hpp"
#include "dialogue/form.hpp"
#include "gateway/services.hpp"
#include "gateway/staff/access.hpp"
#include "gateway/staff/editor_desk.hpp"
#include "gateway/staff/login_guard.hpp"
#include "gateway/texts.hpp"

namespace yuanda::gateway::staff {

/// What the staff handlers share. Thread-safe.
struct Context {
    Services& services;
    Texts texts;          // config/texts/desk.toml: what citizens read when staff act
    dialogue::Form form;  // labels and kinds of an application's facts
    LoginGuard guard;
    EditorDesk editors;
    std::mutex admin_mutex;  // two administrators must not take the last one's right from each other

    Context(Services& s, Texts t, dialogue::Form f) : services(s), texts(std::move(t)), form(std::move(f)) {}
};

struct Admitted {
    storage::Staff staff;
    storage::StaffSession session;
};

/// A request that may be handled.
struct Call {
    const Request& request;
    const storage::Staff& staff;
    const storage::StaffSession& session;
    const Json& body;  // an object; empty for GET
    TimePoint now;

    std::string id() const { return request.params.empty() ? std::string{} : request.params.front(); }
};
using StaffHandler = std::function<Response(Context&, const Call&)>;

/// Checks everything but the CSRF token of a socket, whose first frame brings it. Blocking.
std::variant<Response, Admitted> admit(Context& context, const Request& request, const Access& access);
/// Plain http from another machine, or a page that is not ours; nullopt: neither.
std::optional<Response> refuse_transport(const Context& context, const Request& request, bool changes);

/// Registers `handler` under its row of the access table; without a row every call is refused.
void add_route(Router& router, const std::shared_ptr<Context>& context, std::string_view method,
               std::string_view pattern, StaffHandler handler);

/// A session that is still to be stored, with the cookie that will name it.
struct FreshSession {
    storage::StaffSession row;
    std::string cookie;
};
FreshSession fresh_session(Context& context, const StaffId& staff, const std::string& csrf);

/// A member of the body as text: trimmed, clean, 1 to `max_chars` characters; nullopt otherwise.
std::optional<std::string> text_field(const Json& body, std::string_view key, std::size_t max_chars);
/// The same where it may be absent or empty; nullopt when it is there and unfit.
std::optional<std::string> optional_text(const Json& body, std::string_view key, std::size_t max_chars);
/// `limit` of the query: 1..100, 50 when absent; nullopt when it is something else.
std::optional<int> page_limit(const Request& request, int fallback = 50);
Response unprocessable(const Request& request, std::string_view message);
/// For failures of storage: what a person is told by code.
Response storage_failure(const Request& request, const Error& error);

}  // namespace yuanda::gateway::staff
