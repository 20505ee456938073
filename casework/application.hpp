// An application for legal aid: its states, who may move it, and the events each move leaves.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda::casework {

/// The stages of an application in the order of 法律援助法 chapter 4: received, examined, decided, carried out.
enum class State {
    Draft,
    Submitted,
    Supplement,
    UnderReview,
    Provisional,
    Approved,
    Refused,
    Objection,
    Dispatching,
    Offered,
    Assigned,
    InProgress,
    ChangeRequested,
    Terminated,
    Closing,
    Closed,
    Archived,
    Withdrawn
};
std::string_view name_of(State state);          // "under_review"
std::string_view chinese_name_of(State state);  // 审查中
std::optional<State> state_from(std::string_view name);

/// The facts of an application by field key (name, phone, identity, place, matter, hardship…), as the form asks them.
/// Everything here is personal data: sealed at rest, masked on screens.
using Facts = std::map<std::string, std::string>;

struct Application {
    ApplicationId id;
    std::string number;  // 秦川援申〔2026〕第1号
    int serial = 0;      // N of the number, unique per centre and year
    int year = 0;
    std::string centre;  // short name: 秦川
    State state = State::Draft;
    std::string topic;   // "T01"
    std::string matter;  // 请求支付劳动报酬
    Facts facts;
    std::vector<std::string> missing;  // papers asked for, once and completely
    bool urgent = false;               // art. 44: fewer than 7 days left
    TimePoint submitted_at{};
    std::optional<TimePoint> paused_at;
    std::chrono::milliseconds paused_for{0};
    ContactId contact;
    ConversationId conversation;
    std::int64_t version = 0;
    bool operator==(const Application&) const = default;
};

std::string application_number(std::string_view centre, int year, int serial);

/// 法律援助法 44: with fewer days left than these, help may come before the review ends.
inline constexpr int kUrgentBelowDays = 7;

enum class Action { Submit, StartReview, AskSupplement, Resume };
std::string_view name_of(Action action);

struct Actor {
    StaffId staff;  // empty: the applicant
    std::vector<std::string> roles;
};

/// One append-only record of a move.
struct Transition {
    State from = State::Draft;
    State to = State::Draft;
    Action action = Action::Submit;
    std::string who;     // staff id, or "applicant"
    std::string reason;  // code or note by staff, never the citizen's words
    TimePoint at;
    std::vector<std::string> missing{};  // AskSupplement: the list as it was told, kept after the papers came
    bool operator==(const Transition&) const = default;
};

/// Moves `application` (state, pause clock, version + 1) or says why not: Forbidden for the wrong role,
/// Conflict from the wrong state, InvalidInput when a reason or list is needed and absent.
Result<Transition> apply(Application& application, Action action, const Actor& actor, std::string reason,
                         TimePoint now);

}  // namespace yuanda::casework
