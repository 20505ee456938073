// China's working-day calendar: which days are rest days, and how legal periods are counted on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda {

/// One day that differs from the plain week, from the yearly notice of the State Council's General Office.
struct CalendarDay {
    std::string name;  // 春节
    bool off = true;   // false: a make-up workday (调休上班)
    bool statutory = false;
};

/// is_workday(d) = make_up(d) || (Mon..Fri && !off(d)). A year without a notice is computed from the plain
/// week and flagged: `known(year)` is false. Value type; reading is thread-safe.
class Calendar {
public:
    /// One file of config/calendar/: {"year","source","published","days":[{"date","name","off","statutory"}]}.
    /// InvalidInput when a day is outside the year, repeated, or a make-up day is not on a weekend.
    Result<> add_year(std::string_view json);

    bool known(std::chrono::year year) const { return years_.contains(year); }
    bool is_workday(Date date) const;
    std::string name_of(Date date) const;  // 春节, or empty
    /// `date` itself if a workday, else the first workday after it (民法典 203).
    Date roll_forward(Date date) const;

    struct Period {
        Date due;
        bool rolled = false;     // the last day was a rest day
        bool estimated = false;  // reaches into a year without a notice
    };
    /// The day of the event is not counted (民法典 201); the last day rolls forward when `roll` is set.
    Period add_days(Date event, int days, bool roll = true) const;
    Period add_workdays(Date event, int days) const;
    /// Ends on the corresponding date, or the month's last day where there is none (民法典 202).
    Period add_months(Date event, int months, bool roll = true) const;

private:
    std::map<Date, CalendarDay> days_;
    std::map<std::chrono::year, std::string> years_;  // source of each year
};

}  // namespace yuanda
