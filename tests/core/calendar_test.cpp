// Counting legal periods: the worked examples of the statutes' rules.
#include <catch2/catch.hpp>

#include "core/calendar.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace std::chrono;

namespace {
Calendar shipped() {
    Calendar calendar;
    for (const auto* file : {"config/calendar/2025.json", "config/calendar/2026.json"})
        REQUIRE(calendar.add_year(test::read_file(file)).has_value());
    return calendar;
}
}  // namespace

TEST_CASE("2026 has exactly 248 working days", "[core][calendar]") {
    const Calendar calendar = shipped();
    int workdays = 0;
    for (sys_days d = year{2026} / 1 / 1; d <= sys_days{year{2026} / 12 / 31}; d += days{1})
        workdays += calendar.is_workday(d);
    CHECK(workdays == 248);
}

TEST_CASE("a period whose last day is a holiday ends on the next working day", "[core][calendar]") {
    const Calendar calendar = shipped();
    const auto [event, length, due] = GENERATE(table<Date, int, Date>({
        {year{2026} / 9 / 16, 15, year{2026} / 10 / 8},
        {year{2026} / 2 / 10, 7, year{2026} / 2 / 24},
        {year{2026} / 9 / 29, 3, year{2026} / 10 / 8},
    }));
    const auto period = calendar.add_days(event, length);
    CHECK(period.due == due);
    CHECK(period.rolled);
    CHECK_FALSE(period.estimated);
}

TEST_CASE("working-day periods skip rest days and count make-up days", "[core][calendar]") {
    const Calendar calendar = shipped();
    CHECK(calendar.add_workdays(year{2026} / 2 / 10, 7).due == Date{year{2026} / 2 / 26});
    CHECK(calendar.add_workdays(year{2026} / 9 / 29, 3).due == Date{year{2026} / 10 / 9});
}

TEST_CASE("months end on the corresponding date or the month's last day", "[core][calendar]") {
    const Calendar calendar = shipped();
    CHECK(calendar.add_months(year{2026} / 1 / 31, 1, false).due == Date{year{2026} / 2 / 28});
    CHECK(calendar.add_months(year{2025} / 11 / 30, 12).due == Date{year{2026} / 11 / 30});
}

TEST_CASE("a year without a notice is computed from the week and flagged", "[core][calendar]") {
    const Calendar calendar = shipped();
    CHECK_FALSE(calendar.known(year{2027}));
    CHECK(calendar.add_days(year{2026} / 12 / 30, 7).estimated);
}

TEST_CASE("a wrong calendar file is refused", "[core][calendar]") {
    const auto bad = GENERATE(as<std::string>{}, R"({"year":2026,"days":[{"date":"2025-01-01","off":true}]})",
                              R"({"year":2026,"days":[{"date":"2026-01-05","off":false}]})",
                              R"({"year":2026,"days":[{"date":"2026-01-01"},{"date":"2026-01-01"}]})",
                              R"({"year":2026,"days":[]})", "{");
    Calendar calendar;
    CHECK_FALSE(calendar.add_year(bad).has_value());
}
