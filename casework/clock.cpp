// The review clock: 法律援助法 43 counted by 民法典 201 and 203, with the pause for missing papers.
#include "casework/clock.hpp"

#include <algorithm>

namespace yuanda::casework {
namespace {

using namespace std::chrono;

constexpr int kReviewDays = 7;              // 法律援助法 43: 自收到申请之日起七日内
constexpr std::size_t kLongestStrip = 120;  // days shown at most

struct Pauses {
    int earlier = 0;  // whole days of pauses that are over; only their sum is known
    int current = 0;  // whole days of the pause that runs
    std::optional<Date> current_from;
    int total() const { return earlier + current; }
};

// Pauses count in whole days, rounded down: the earlier due day is the one that can be relied on.
Pauses pauses_of(const Application& application, TimePoint now) {
    milliseconds all = application.paused_for;
    Pauses pauses;
    pauses.earlier = static_cast<int>(duration_cast<days>(application.paused_for).count());
    if (!application.paused_at) return pauses;
    pauses.current_from = china_date(*application.paused_at);
    if (now > *application.paused_at) all += now - *application.paused_at;
    pauses.current = static_cast<int>(duration_cast<days>(all).count()) - pauses.earlier;
    return pauses;
}

bool decided(State state) {
    return state != State::Draft && state != State::Submitted && state != State::Supplement &&
           state != State::UnderReview && state != State::Provisional;
}

bool is_paused_day(sys_days day, sys_days start, const Pauses& pauses) {
    const sys_days earlier_end = start + days{pauses.earlier};
    if (day > start && day <= earlier_end) return true;
    if (!pauses.current_from) return false;
    const sys_days from = std::max(sys_days{*pauses.current_from}, earlier_end);
    return day > from && day <= from + days{pauses.current};
}

std::vector<ClockDay> strip(const LegalClock& clock, Date counted_to, const Pauses& pauses) {
    using Mark = ClockDay::Mark;
    const sys_days start{clock.starts}, due{clock.due}, last_counted{counted_to};
    std::vector<ClockDay> out;
    for (sys_days day = start; day <= due && out.size() < kLongestStrip; day += days{1}) {
        Mark mark = Mark::Counted;
        if (day == start)
            mark = Mark::Received;
        else if (day == due)
            mark = Mark::Last;
        else if (day >= last_counted)
            mark = Mark::Rest;  // only a rolled last day leaves days in between
        else if (is_paused_day(day, start, pauses))
            mark = Mark::Paused;
        out.push_back({Date{day}, mark});
    }
    return out;
}

std::string day_text(Date date) {
    return std::to_string(unsigned(date.month())) + "月" + std::to_string(unsigned(date.day())) + "日";
}

std::string explanation(const LegalClock& clock, Date counted_to, bool rolled, const Pauses& pauses,
                        const Calendar& calendar) {
    std::string out = day_text(clock.starts) + "收到，当日不算；";
    if (pauses.total() > 0) out += "补材料的" + std::to_string(pauses.total()) + "天不算；";
    out += "数" + std::to_string(kReviewDays) + "日到" + day_text(counted_to);
    if (rolled) {
        const std::string name = calendar.name_of(counted_to);
        out += "，这天休息" + (name.empty() ? std::string{} : "（" + name + "）") + "，顺延到" + day_text(clock.due);
    }
    if (clock.estimated) out += "；这一年的放假安排还没公布，先按平常的周末估算";
    return out;
}

}  // namespace

std::string_view name_of(ClockState state) {
    switch (state) {
        case ClockState::Running: return "running";
        case ClockState::Paused: return "paused";
        case ClockState::Overdue: return "overdue";
        case ClockState::Done: return "done";
    }
    return "running";
}

std::string_view name_of(ClockDay::Mark mark) {
    switch (mark) {
        case ClockDay::Mark::Received: return "received";
        case ClockDay::Mark::Counted: return "counted";
        case ClockDay::Mark::Paused: return "paused";
        case ClockDay::Mark::Rest: return "rest";
        case ClockDay::Mark::Last: return "last";
    }
    return "counted";
}

LegalClock review_clock(const Application& application, const Calendar& calendar, TimePoint now) {
    const Pauses pauses = pauses_of(application, now);
    LegalClock clock;
    clock.kind = "review";
    clock.starts = china_date(application.submitted_at);
    const auto period = calendar.add_days(clock.starts, kReviewDays + pauses.total());
    clock.due = period.due;
    clock.due_at = end_of_china_day(clock.due);
    clock.estimated = period.estimated;
    clock.days_left = static_cast<int>((sys_days{clock.due} - sys_days{china_date(now)}).count());
    if (decided(application.state))
        clock.state = ClockState::Done;
    else if (application.paused_at)
        clock.state = ClockState::Paused;
    else if (clock.days_left < 0)
        clock.state = ClockState::Overdue;

    const Date counted_to{sys_days{clock.starts} + days{kReviewDays + pauses.total()}};
    clock.explain = explanation(clock, counted_to, period.rolled, pauses, calendar);
    clock.days = strip(clock, counted_to, pauses);
    return clock;
}

}  // namespace yuanda::casework
