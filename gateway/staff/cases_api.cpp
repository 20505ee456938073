// Lists applications, shows one, takes it under review, asks once for what is missing.
#include "gateway/staff/cases_api.hpp"

#include "core/token.hpp"
#include "gateway/staff/desk_api.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

using casework::Action;
using casework::Application;

constexpr std::size_t kMaxPapers = 30;
constexpr std::size_t kMaxPaper = 100;
constexpr std::size_t kMaxReason = 200;

/// Where it came from; empty when its conversation is gone.
std::string channel_of(Context& context, const Application& application) {
    if (application.conversation.empty()) return {};
    const auto row = context.services.conversations.row(application.conversation);
    if (!row.has_value() || !*row) return {};
    return std::string(name_of((*row)->channel));
}

Response list_applications(Context& context, const Call& call) {
    std::string state = call.request.parameter("state");
    if (state == "all") state.clear();
    const auto limit = page_limit(call.request);
    if (!limit || (!state.empty() && !casework::state_from(state)))
        return error_response(call.request, ErrorCode::InvalidInput, "没有这样的列表。");
    auto found = context.services.applications.list(state, *limit + 1, call.request.parameter("after"));
    if (!found.has_value()) return storage_failure(call.request, found.error());
    const bool more = found->size() > static_cast<std::size_t>(*limit);
    if (more) found->resize(static_cast<std::size_t>(*limit));
    Json shown = Json::array();
    for (const auto& application : *found)
        shown.push_back(
            application_row_json(application, channel_of(context, application), context.services.calendar, call.now));
    const Json next = more ? Json(found->back().id.value) : Json(nullptr);
    return json_response(200, Json{{"applications", shown}, {"next", next}}.dump());
}

Json shown_application(Context& context, const Application& application, TimePoint now) {
    return application_json(application, context.form, channel_of(context, application), context.services.calendar,
                            now);
}

/// Names of staff by id, so that the record reads like one.
std::map<std::string, std::string> names_of_staff(Context& context) {
    std::map<std::string, std::string> names{{"applicant", "申请人"}};
    if (const auto staff = context.services.people.staff(); staff.has_value())
        for (const auto& one : *staff) names[one.id.value] = one.name;
    return names;
}

Json events_json(Context& context, const std::vector<storage::Milestone>& history) {
    const auto names = names_of_staff(context);
    Json events = Json::array();
    for (const auto& milestone : history) events.push_back(milestone_json(milestone, names));
    return events;
}

std::variant<Response, Application> find_application(Context& context, const Call& call) {
    auto found = context.services.applications.find(ApplicationId{call.id()});
    if (!found.has_value()) return storage_failure(call.request, found.error());
    if (!*found) return error_response(call.request, ErrorCode::NotFound, "没有这件申请。");
    return std::move(**found);
}

/// Reading is on the record before anything is shown.
std::optional<Response> record_reading(Context& context, const Call& call, const ApplicationId& id) {
    const auto done =
        context.services.events.append({"application.read", id.value, call.staff.id.value, "{}", call.now});
    if (done) return std::nullopt;
    return storage_failure(call.request, done.error());
}

Response show_application(Context& context, const Call& call) {
    auto found = find_application(context, call);
    if (auto* refused = std::get_if<Response>(&found)) return std::move(*refused);
    const auto& application = std::get<Application>(found);
    if (auto refused = record_reading(context, call, application.id)) return *refused;
    const auto history = context.services.applications.history(application.id);
    if (!history.has_value()) return storage_failure(call.request, history.error());
    const Json body = {{"application", shown_application(context, application, call.now)},
                       {"events", events_json(context, *history)}};
    return json_response(200, body.dump());
}

/// "该申请已由陈主任处理": who moved it last, and to where.
Response was_moved(Context& context, const Call& call, const Application& application) {
    std::string message =
        "该申请现在是“" + std::string(casework::chinese_name_of(application.state)) + "”，不能再这样办。";
    const auto history = context.services.applications.history(application.id);
    if (history.has_value() && !history->empty()) {
        const auto names = names_of_staff(context);
        const auto known = names.find(history->back().move.who);
        if (known != names.end() && known->first != "applicant" && known->first != call.staff.id.value)
            message = "该申请已由" + known->second + "处理，现在是“" +
                      std::string(casework::chinese_name_of(application.state)) + "”。";
    }
    return error_response(call.request, ErrorCode::Conflict, message);
}

struct Move {
    Action action;
    std::vector<std::string> missing;  // AskSupplement
    std::string reason;
};

/// What the applicant is told of a move, and whom it wakes.
struct Told {
    storage::Notice notice;
    ConversationKey key;
};

Response not_movable(Context& context, const Call& call, const Application& application, ErrorCode why) {
    switch (why) {
        case ErrorCode::Conflict: return was_moved(context, call, application);
        case ErrorCode::Forbidden:
            return error_response(call.request, ErrorCode::Forbidden, "您的角色没有这项权限。需要的话，请找管理员。");
        default: return unprocessable(call.request, "已经告知过一次材料。再次告知，请在备注里写明原因。");
    }
}

void tell(Context& context, const Application& application, const std::optional<Told>& told) {
    auto& hub = context.services.hub;
    hub.notify("staff", application_note(application.id));
    if (!told) return;
    hub.notify("staff", conversation_note(told->notice.conversation));
    hub.notify("staff", desk_note());
    hub.notify(peer_topic(told->key.inbox, told->key.peer), "");
    if (!told->notice.outbox.empty()) hub.notify("outbox", "");
}

/// Move and notice in one transaction: nobody is asked for papers without the list being on its way.
Response move(Context& context, const Call& call, const Application& before, const Move& wanted,
              const std::optional<Told>& told = std::nullopt) {
    Application after = before;
    if (wanted.action == Action::AskSupplement) after.missing = wanted.missing;
    const casework::Actor actor{call.staff.id, call.staff.roles};
    const auto transition = casework::apply(after, wanted.action, actor, wanted.reason, call.now);
    if (!transition.has_value()) return not_movable(context, call, before, transition.error().code);
    const auto saved =
        context.services.applications.save(after, *transition, told ? std::optional(told->notice) : std::nullopt);
    if (!saved && saved.error().code == ErrorCode::Conflict) {
        const auto now_stored = context.services.applications.find(before.id);
        if (now_stored.has_value() && *now_stored) return was_moved(context, call, **now_stored);
    }
    if (!saved) return storage_failure(call.request, saved.error());
    tell(context, after, told);
    return json_response(200, Json{{"application", shown_application(context, after, call.now)}}.dump());
}

/// The first review, or the review going on once the papers are there.
Response review(Context& context, const Call& call) {
    auto found = find_application(context, call);
    if (auto* refused = std::get_if<Response>(&found)) return std::move(*refused);
    const auto& application = std::get<Application>(found);
    const bool paused = application.state == casework::State::Supplement;
    return move(context, call, application, {paused ? Action::Resume : Action::StartReview, {}, {}});
}

std::optional<std::vector<std::string>> papers_of(const Json& body) {
    const auto found = body.find("missing");
    if (found == body.end() || !found->is_array() || found->empty() || found->size() > kMaxPapers) return std::nullopt;
    std::vector<std::string> papers;
    for (const auto& one : *found) {
        auto paper = text_field(Json{{"paper", one}}, "paper", kMaxPaper);
        if (!paper) return std::nullopt;
        papers.push_back(std::move(*paper));
    }
    return papers;
}

std::string numbered(const std::vector<std::string>& lines) {
    std::string list;
    for (std::size_t i = 0; i < lines.size(); ++i)
        list += (i > 0 ? "\n" : "") + std::to_string(i + 1) + ". " + lines[i];
    return list;
}

/// The whole list, once, where the applicant reads it; in quiet mode the screen names nothing.
/// nullopt: there is no conversation to write it into, and the milestone will say so.
Result<std::optional<Told>> tell_missing(Context& context, const Application& application,
                                         const std::vector<std::string>& papers, TimePoint now) {
    if (application.conversation.empty()) return std::optional<Told>{};
    const auto found = context.services.conversations.find(application.conversation);
    if (!found.has_value()) return found.error();
    if (!*found) return std::optional<Told>{};
    auto& random = context.services.random;
    Told told;
    told.key = (*found)->key;
    told.notice.conversation = application.conversation;
    told.notice.message = MessageId{uuid_v7(now, random)};
    told.notice.text = (*found)->memory.quiet ? context.texts["supplement.quiet"]
                                              : filled(context.texts["supplement.lines"],
                                                       {{"number", application.number}, {"list", numbered(papers)}});
    if (must_deliver(context, told.key.inbox)) told.notice.outbox = OutboxId{uuid_v7(now, random)};
    return std::optional(std::move(told));
}

Response supplement(Context& context, const Call& call) {
    const auto papers = papers_of(call.body);
    const auto note = optional_text(call.body, "note", kMaxReason);
    if (!papers || !note) return unprocessable(call.request, "请列出缺的材料，每样一行，一次写全。");
    auto found = find_application(context, call);
    if (auto* refused = std::get_if<Response>(&found)) return std::move(*refused);
    const auto& application = std::get<Application>(found);
    const auto told = tell_missing(context, application, *papers, call.now);
    if (!told.has_value()) return storage_failure(call.request, told.error());
    return move(context, call, application, {Action::AskSupplement, *papers, *note}, *told);
}

}  // namespace

void add_case_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "GET", "/api/v1/applications", list_applications);
    add_route(router, context, "GET", "/api/v1/applications/{id}", show_application);
    add_route(router, context, "POST", "/api/v1/applications/{id}/review", review);
    add_route(router, context, "POST", "/api/v1/applications/{id}/supplement", supplement);
}

}  // namespace yuanda::gateway::staff
