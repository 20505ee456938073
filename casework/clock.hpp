// Legal clocks: seven days to decide (法律援助法 43), three to assign, with pauses and roll-over shown day by day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casework/application.hpp"
#include "core/calendar.hpp"

namespace yuanda::casework {

enum class ClockState { Running, Paused, Overdue, Done };
std::string_view name_of(ClockState state);

struct ClockDay {
    Date date;
    enum class Mark { Received, Counted, Paused, Rest, Last } mark = Mark::Counted;
};
std::string_view name_of(ClockDay::Mark mark);

struct LegalClock {
    std::string kind;   // "review"
    Date starts;        // day of receipt, not counted
    Date due;           // last day, rolled to a workday
    TimePoint due_at;   // 24:00 of it
    int days_left = 0;  // whole calendar days; 0 on the last day, negative when overdue
    ClockState state = ClockState::Running;
    bool estimated = false;
    std::string explain;         // the sum in words
    std::vector<ClockDay> days;  // for the day strip
};

/// The review clock of an application as of `now`. Time under Supplement does not count (paused).
/// Default reading: calendar days with last-day roll-over.
LegalClock review_clock(const Application& application, const Calendar& calendar, TimePoint now);

}  // namespace yuanda::casework
