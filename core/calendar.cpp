// Counting legal periods on the working-day calendar (民法典 201-203).
#include "core/calendar.hpp"

#include "core/json.hpp"

namespace yuanda {
namespace {

using namespace std::chrono;

bool weekend(Date date) {
    const weekday day{sys_days{date}};
    return day == Saturday || day == Sunday;
}

Date next_day(Date date) { return Date{sys_days{date} + days{1}}; }

}  // namespace

Result<> Calendar::add_year(std::string_view json) {
    const auto parsed = parse_json(json);
    if (!parsed.has_value()) return parsed.error();
    const year this_year{parsed->value("year", 0)};
    std::map<Date, CalendarDay> added;
    for (const auto& item : parsed->value("days", Json::array())) {
        const auto date = parse_iso_date(text_or(item, "date"));
        if (!date || date->year() != this_year) return invalid("calendar: a date outside the year");
        const CalendarDay day{text_or(item, "name"), item.value("off", true), item.value("statutory", false)};
        if (!day.off && !weekend(*date)) return invalid("calendar: a make-up day on a weekday: " + iso_date(*date));
        if (!added.emplace(*date, day).second) return invalid("calendar: a date twice: " + iso_date(*date));
    }
    if (added.empty()) return invalid("calendar: no days");
    days_.merge(added);
    years_[this_year] = text_or(*parsed, "source");
    return {};
}

bool Calendar::is_workday(Date date) const {
    if (const auto found = days_.find(date); found != days_.end()) return !found->second.off;
    return !weekend(date);
}

std::string Calendar::name_of(Date date) const {
    const auto found = days_.find(date);
    return found == days_.end() ? std::string{} : found->second.name;
}

Date Calendar::roll_forward(Date date) const {
    while (!is_workday(date)) date = next_day(date);
    return date;
}

Calendar::Period Calendar::add_days(Date event, int count, bool roll) const {
    const Date last{sys_days{event} + days{count}};
    const Date due = roll ? roll_forward(last) : last;
    return {due, due != last, !known(due.year())};
}

Calendar::Period Calendar::add_workdays(Date event, int count) const {
    Date due = event;
    while (count > 0) {
        due = next_day(due);
        if (is_workday(due)) --count;
    }
    return {due, false, !known(due.year())};
}

Calendar::Period Calendar::add_months(Date event, int count, bool roll) const {
    Date last = event + months{count};
    if (!last.ok()) last = Date{last.year() / last.month() / std::chrono::last};
    const Date due = roll ? roll_forward(last) : last;
    return {due, due != last, !known(due.year())};
}

}  // namespace yuanda
