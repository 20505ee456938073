// Opening hours on China's working-day calendar, the order of the queue, and honest waiting times.
#include "desk/duty.hpp"

#include <algorithm>
#include <tuple>

namespace yuanda::desk {
namespace {

using namespace std::chrono;

constexpr std::array<std::pair<Presence, std::string_view>, 4> kPresences{
    {{Presence::Online, "online"}, {Presence::Busy, "busy"}, {Presence::Away, "away"}, {Presence::Offline, "offline"}}};
constexpr int kLongestHolidayDays = 31;  // a search bound: no holiday is longer

bool opens_on(const DutyHours& hours, const Calendar& calendar, Date date) {
    return hours.weekends || calendar.is_workday(date);
}

std::string clock_text(minutes of_day) {
    const auto minute = of_day.count() % 60;
    return std::to_string(of_day.count() / 60) + (minute < 10 ? ":0" : ":") + std::to_string(minute);
}

std::string day_text(Date date) {
    return std::to_string(unsigned(date.month())) + "月" + std::to_string(unsigned(date.day())) + "日";
}

}  // namespace

bool on_duty(const DutyHours& hours, const Calendar& calendar, TimePoint now) {
    const auto minute = china_minute_of_day(now);
    return opens_on(hours, calendar, china_date(now)) && minute >= hours.opens && minute < hours.closes;
}

TimePoint next_opening(const DutyHours& hours, const Calendar& calendar, TimePoint now) {
    if (on_duty(hours, calendar, now)) return now;
    sys_days day{china_date(now)};
    for (int i = 0; i < kLongestHolidayDays; ++i, day += days{1}) {
        const TimePoint opening = start_of_china_day(Date{day}) + hours.opens;
        if (opening > now && opens_on(hours, calendar, Date{day})) return opening;
    }
    return start_of_china_day(Date{day}) + hours.opens;
}

bool always_open(const DutyHours& hours) {
    return hours.weekends && hours.opens == minutes{0} && hours.closes >= std::chrono::hours{24};
}

std::string hours_line(const DutyHours& hours, const Calendar& calendar, TimePoint now) {
    if (always_open(hours)) return "每天24小时值班";
    const TimePoint next = next_opening(hours, calendar, now);
    if (china_date(next) == china_date(now))
        return "今天 " + clock_text(hours.opens) + "–" + clock_text(hours.closes) + " 值班";
    return "下次值班：" + day_text(china_date(next)) + " " + clock_text(china_minute_of_day(next));
}

std::string promise_line(TimePoint due, TimePoint now) {
    const auto ahead = (sys_days{china_date(due)} - sys_days{china_date(now)}).count();
    const std::string day = ahead == 0 ? "今天" : ahead == 1 ? "明天" : day_text(china_date(due));
    return day + clock_text(china_minute_of_day(due)) + "前给您回复";
}

std::string_view name_of(Presence presence) {
    for (const auto& [value, name] : kPresences)
        if (value == presence) return name;
    return "offline";
}

std::optional<Presence> presence_from(std::string_view name) {
    for (const auto& [value, known] : kPresences)
        if (known == name) return value;
    return std::nullopt;
}

std::optional<int> estimate_minutes(const DeskSnapshot& desk, int position, int minutes_each) {
    if (!desk.on_duty || desk.lawyers_online <= 0 || position < 1) return std::nullopt;
    // Each round serves as many people as lawyers are online; the one at `position` waits for the rounds before
    // and for the conversation that is running now.
    const int rounds = (position + desk.lawyers_online - 1) / desk.lawyers_online;
    return rounds * minutes_each;
}

std::vector<ConversationId> queue_order(std::vector<QueueItem> items) {
    std::stable_sort(items.begin(), items.end(), [](const QueueItem& a, const QueueItem& b) {
        return std::tuple(!a.risk, a.queued_at) < std::tuple(!b.risk, b.queued_at);
    });
    std::vector<ConversationId> order;
    order.reserve(items.size());
    for (auto& item : items) order.push_back(std::move(item.conversation));
    return order;
}

int queue_position(const std::vector<QueueItem>& items, const ConversationId& conversation) {
    const auto order = queue_order(items);
    const auto found = std::find(order.begin(), order.end(), conversation);
    return found == order.end() ? 0 : static_cast<int>(found - order.begin()) + 1;
}

}  // namespace yuanda::desk
