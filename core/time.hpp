// One way to hold and show time: UTC instants in milliseconds, legal dates in China's civil time (UTC+8).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanda {

/// UTC instant, millisecond resolution; stored as epoch milliseconds (BIGINT).
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
/// A civil date in UTC+8: what the law counts in.
using Date = std::chrono::year_month_day;

inline std::int64_t to_epoch_ms(TimePoint t) { return t.time_since_epoch().count(); }
inline TimePoint from_epoch_ms(std::int64_t ms) { return TimePoint{std::chrono::milliseconds{ms}}; }
inline std::int64_t to_epoch_s(TimePoint t) {
    return std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
}

/// China has one time zone and no summer time, so a fixed offset is the law, not a shortcut.
inline constexpr std::chrono::hours kChinaOffset{8};

Date china_date(TimePoint t);
/// Time of day in UTC+8.
std::chrono::minutes china_minute_of_day(TimePoint t);
/// 24:00 of `date` in UTC+8, the instant a legal day ends.
TimePoint end_of_china_day(Date date);
TimePoint start_of_china_day(Date date);

std::string iso_date(Date date);  // 2026-11-24
std::optional<Date> parse_iso_date(std::string_view text);
std::string chinese_date(Date date);   // 2026年11月24日
std::string china_clock(TimePoint t);  // 17:00
std::string rfc3339(TimePoint t);      // 2026-11-24T02:00:00.000Z

}  // namespace yuanda
