// Instants and China's civil dates.
#include <catch2/catch.hpp>

#include "core/time.hpp"

using namespace yuanda;
using namespace std::chrono;

TEST_CASE("a legal day begins and ends at midnight in China, not in UTC", "[core][time]") {
    const TimePoint late = from_epoch_ms(1'795'536'000'000);  // 2026-11-24 16:00 UTC
    CHECK(china_date(late) == Date{year{2026} / 11 / 25});
    CHECK(china_date(late - milliseconds{1}) == Date{year{2026} / 11 / 24});
    CHECK(end_of_china_day(Date{year{2026} / 11 / 24}) == late);
    CHECK(start_of_china_day(Date{year{2026} / 11 / 25}) == late);
}

TEST_CASE("dates are written the ways people and protocols read them", "[core][time]") {
    const Date date = year{2026} / 3 / 5;
    CHECK(iso_date(date) == "2026-03-05");
    CHECK(chinese_date(date) == "2026年3月5日");
    CHECK(china_clock(from_epoch_ms(1'795'485'600'000)) == "10:00");
    CHECK(rfc3339(from_epoch_ms(1'795'485'600'123)) == "2026-11-24T02:00:00.123Z");
}

TEST_CASE("only real dates are read", "[core][time]") {
    CHECK(parse_iso_date("2028-02-29") == Date{year{2028} / 2 / 29});
    const auto bad =
        GENERATE("2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20260101", "", "2026-11-2x", "2026-11-00");
    CHECK_FALSE(parse_iso_date(bad).has_value());
}
