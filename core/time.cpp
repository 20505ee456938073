// Conversions between instants and China's civil dates.
#include "core/time.hpp"

#include <charconv>
#include <cstdio>

namespace yuanda {
namespace {

using namespace std::chrono;

sys_time<milliseconds> shifted(TimePoint t) { return t + kChinaOffset; }

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <class... Args>
std::string format(const char* pattern, Args... args) {
    std::array<char, 64> buffer{};
    const int n = std::snprintf(buffer.data(), buffer.size(), pattern, args...);
    return {buffer.data(), static_cast<std::size_t>(n)};
}

}  // namespace

Date china_date(TimePoint t) { return Date{floor<days>(shifted(t))}; }

minutes china_minute_of_day(TimePoint t) {
    const auto local = shifted(t);
    return floor<minutes>(local - floor<days>(local));
}

TimePoint start_of_china_day(Date date) { return TimePoint{sys_days{date}} - kChinaOffset; }
TimePoint end_of_china_day(Date date) { return start_of_china_day(date) + days{1}; }

std::string iso_date(Date date) {
    return format("%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::optional<Date> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = number(text.substr(0, 4));
    const auto m = number(text.substr(5, 2));
    const auto d = number(text.substr(8, 2));
    if (!y || !m || !d || *m < 1 || *d < 1) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string chinese_date(Date date) {
    return format("%d年%u月%u日", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string china_clock(TimePoint t) {
    const auto minute = china_minute_of_day(t).count();
    return format("%02d:%02d", static_cast<int>(minute / 60), static_cast<int>(minute % 60));
}

std::string rfc3339(TimePoint t) {
    const Date date{floor<days>(t)};
    const hh_mm_ss clock{t - floor<days>(t)};
    return format("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()), unsigned(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
}

}  // namespace yuanda
