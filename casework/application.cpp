// The state table of an application: which move is allowed from where, by whom, and what it needs.
#include "casework/application.hpp"

#include <algorithm>

namespace yuanda::casework {
namespace {

struct StateNames {
    State state;
    std::string_view name;
    std::string_view chinese;
};
// The words staff read, after 法律援助法 chapter 4.
constexpr std::array<StateNames, 18> kStates{{{State::Draft, "draft", "草稿"},
                                              {State::Submitted, "submitted", "已收到"},
                                              {State::Supplement, "supplement", "待补充材料"},
                                              {State::UnderReview, "under_review", "审查中"},
                                              {State::Provisional, "provisional", "先行提供"},
                                              {State::Approved, "approved", "给予援助"},
                                              {State::Refused, "refused", "不予援助"},
                                              {State::Objection, "objection", "异议审查"},
                                              {State::Dispatching, "dispatching", "待指派"},
                                              {State::Offered, "offered", "待承办人接受"},
                                              {State::Assigned, "assigned", "已指派"},
                                              {State::InProgress, "in_progress", "承办中"},
                                              {State::ChangeRequested, "change_requested", "更换承办人"},
                                              {State::Terminated, "terminated", "终止"},
                                              {State::Closing, "closing", "待结案"},
                                              {State::Closed, "closed", "已结案"},
                                              {State::Archived, "archived", "已归档"},
                                              {State::Withdrawn, "withdrawn", "已撤回"}}};

struct Move {
    Action action;
    std::vector<State> from;
    State to;
    std::vector<std::string_view> roles;
    bool applicant;  // the applicant may do it too
};

const std::vector<Move>& moves() {
    static const std::vector<Move> table{
        {Action::Submit, {State::Draft}, State::Submitted, {"intake", "lawyer"}, true},
        {Action::StartReview, {State::Submitted}, State::UnderReview, {"intake", "reviewer"}, false},
        {Action::AskSupplement,
         {State::Submitted, State::UnderReview},
         State::Supplement,
         {"intake", "reviewer"},
         false},
        {Action::Resume, {State::Supplement}, State::UnderReview, {"intake", "reviewer"}, true},
    };
    return table;
}

bool permitted(const Move& move, const Actor& actor) {
    if (actor.staff.empty()) return move.applicant;
    return std::any_of(actor.roles.begin(), actor.roles.end(), [&](const std::string& role) {
        return std::find(move.roles.begin(), move.roles.end(), role) != move.roles.end();
    });
}

// What a move needs beyond the right person and the right state.
Result<> check_needs(const Application& application, Action action, const std::string& reason) {
    if (action != Action::AskSupplement) return {};
    if (application.missing.empty()) return invalid("the list of missing papers is empty");
    // 法律援助法 43: missing papers are named once and completely. A second list must say why the first was not.
    const bool asked_before = application.paused_for.count() > 0;
    if (asked_before && reason.empty()) return invalid("a second list of papers needs a reason");
    return {};
}

void turn_clock(Application& application, Action action, TimePoint now) {
    if (action == Action::Submit) application.submitted_at = now;
    if (action == Action::AskSupplement) {
        application.paused_at = now;
        return;
    }
    if (!application.paused_at) return;
    if (now > *application.paused_at) application.paused_for += now - *application.paused_at;
    application.paused_at.reset();
    if (action == Action::Resume) application.missing.clear();
}

}  // namespace

std::string_view name_of(State state) { return kStates[static_cast<std::size_t>(state)].name; }
std::string_view chinese_name_of(State state) { return kStates[static_cast<std::size_t>(state)].chinese; }

std::optional<State> state_from(std::string_view name) {
    for (const auto& known : kStates)
        if (known.name == name) return known.state;
    return std::nullopt;
}

std::string_view name_of(Action action) {
    switch (action) {
        case Action::Submit: return "submit";
        case Action::StartReview: return "start_review";
        case Action::AskSupplement: return "ask_supplement";
        case Action::Resume: return "resume";
    }
    return "submit";
}

std::string application_number(std::string_view centre, int year, int serial) {
    return std::string(centre) + "援申〔" + std::to_string(year) + "〕第" + std::to_string(serial) + "号";
}

Result<Transition> apply(Application& application, Action action, const Actor& actor, std::string reason,
                         TimePoint now) {
    const auto& table = moves();
    const auto move = std::find_if(table.begin(), table.end(), [&](const Move& m) { return m.action == action; });
    if (move == table.end()) return invalid("unknown action");
    if (!permitted(*move, actor)) return Error(ErrorCode::Forbidden, "this role may not do this");
    if (std::find(move->from.begin(), move->from.end(), application.state) == move->from.end())
        return Error(ErrorCode::Conflict, "not possible in state " + std::string(name_of(application.state)));
    if (const auto ready = check_needs(application, action, reason); !ready) return ready.error();

    Transition transition{.from = application.state,
                          .to = move->to,
                          .action = action,
                          .who = actor.staff.empty() ? std::string("applicant") : actor.staff.value,
                          .reason = std::move(reason),
                          .at = now};
    if (action == Action::AskSupplement) transition.missing = application.missing;
    turn_clock(application, action, now);
    application.state = move->to;
    ++application.version;
    return transition;
}

}  // namespace yuanda::casework
