// The worked examples of the law's periods, and the pause for missing papers.
#include "casework/clock.hpp"

#include <catch2/catch.hpp>

#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::casework;
using namespace std::chrono_literals;
using Mark = ClockDay::Mark;

namespace {

Calendar shipped_calendar() {
    Calendar calendar;
    for (const auto* year : {"2025", "2026"})
        if (!calendar.add_year(test::read_file(std::string("config/calendar/") + year + ".json")))
            throw std::runtime_error("the shipped calendar does not load");
    return calendar;
}

TimePoint at(const char* date, std::chrono::hours of_day = 10h) {
    return start_of_china_day(*parse_iso_date(date)) + of_day;
}

Application received(const char* date) {
    Application application;
    application.state = State::Submitted;
    application.submitted_at = at(date);
    return application;
}

int count(const LegalClock& clock, Mark mark) {
    return static_cast<int>(
        std::count_if(clock.days.begin(), clock.days.end(), [&](const ClockDay& day) { return day.mark == mark; }));
}

}  // namespace

TEST_CASE("the shipped calendar gives the published number of workdays", "[casework][calendar]") {
    const auto calendar = shipped_calendar();
    const int wanted = GENERATE(2025, 2026);
    const std::chrono::year year{wanted};
    REQUIRE(calendar.known(year));
    int workdays = 0;
    for (std::chrono::sys_days day{year / 1 / 1}; day <= std::chrono::sys_days{year / 12 / 31};
         day += std::chrono::days{1})
        if (calendar.is_workday(Date{day})) ++workdays;
    CHECK(workdays == 248);  // 365 - 104 - 13
}

TEST_CASE("seven days are counted from the day after receipt and end on a workday", "[casework][clock]") {
    const auto calendar = shipped_calendar();
    const auto [received_on, due] = GENERATE(table<const char*, std::string>({
        {"2026-02-10", "2026-02-24"},  // the seventh day is in 春节
        {"2026-11-24", "2026-12-01"},  // a plain week
        {"2026-11-21", "2026-11-30"},  // Saturday receipt: the 28th is a Saturday
        {"2026-09-24", "2026-10-08"},  // the seventh day is 国庆节
        {"2026-10-03", "2026-10-10"},  // a Saturday that is worked
    }));
    CAPTURE(received_on);
    const auto clock = review_clock(received(received_on), calendar, at(received_on));
    CHECK(iso_date(clock.due) == due);
    CHECK(clock.due_at == end_of_china_day(clock.due));
    CHECK(clock.kind == "review");
}

TEST_CASE("the other worked examples hold on the same calendar", "[casework][calendar]") {
    const auto calendar = shipped_calendar();
    CHECK(iso_date(calendar.add_workdays(*parse_iso_date("2026-02-10"), 7).due) == "2026-02-26");
    CHECK(iso_date(calendar.add_days(*parse_iso_date("2026-09-16"), 15).due) == "2026-10-08");
    CHECK(iso_date(calendar.add_days(*parse_iso_date("2026-09-29"), 3).due) == "2026-10-08");
    CHECK(iso_date(calendar.add_workdays(*parse_iso_date("2026-09-29"), 3).due) == "2026-10-09");
}

TEST_CASE("days left and state follow the calendar day", "[casework][clock]") {
    const auto calendar = shipped_calendar();
    const auto application = received("2026-11-24");
    const auto [today, left, state] =
        GENERATE(table<const char*, int, ClockState>({{"2026-11-24", 7, ClockState::Running},
                                                      {"2026-11-30", 1, ClockState::Running},
                                                      {"2026-12-01", 0, ClockState::Running},
                                                      {"2026-12-02", -1, ClockState::Overdue}}));
    CAPTURE(today);
    const auto clock = review_clock(application, calendar, at(today));
    CHECK(clock.days_left == left);
    CHECK(clock.state == state);
}

TEST_CASE("the last day runs until midnight in China", "[casework][clock]") {
    const auto calendar = shipped_calendar();
    const auto application = received("2026-11-24");
    CHECK(review_clock(application, calendar, at("2026-12-01", 23h)).state == ClockState::Running);
    CHECK(review_clock(application, calendar, at("2026-12-01", 24h)).state == ClockState::Overdue);
}

TEST_CASE("the strip shows receipt, counted days and the rolled last day", "[casework][clock]") {
    const auto calendar = shipped_calendar();
    const auto clock = review_clock(received("2026-02-10"), calendar, at("2026-02-11"));
    REQUIRE(clock.days.size() == 15);
    CHECK(clock.days.front().mark == Mark::Received);
    CHECK(clock.days.back().mark == Mark::Last);
    CHECK(count(clock, Mark::Counted) == 6);
    CHECK(count(clock, Mark::Rest) == 7);  // 17th to 23rd
    CHECK(clock.explain == "2月10日收到，当日不算；数7日到2月17日，这天休息（春节），顺延到2月24日");
}

TEST_CASE("a plain week explains itself without a holiday", "[casework][clock]") {
    const auto clock = review_clock(received("2026-11-24"), shipped_calendar(), at("2026-11-24"));
    CHECK(clock.explain == "11月24日收到，当日不算；数7日到12月1日");
    CHECK(count(clock, Mark::Rest) == 0);
    CHECK(count(clock, Mark::Counted) == 6);
    CHECK_FALSE(clock.estimated);
}

TEST_CASE("time spent waiting for papers does not count", "[casework][clock]") {
    const auto calendar = shipped_calendar();
    auto application = received("2026-11-24");
    SECTION("a finished pause moves the due day by its whole days") {
        application.state = State::UnderReview;
        application.paused_for = 53h;  // two days and five hours: two
        const auto clock = review_clock(application, calendar, at("2026-11-30"));
        CHECK(iso_date(clock.due) == "2026-12-03");
        CHECK(clock.state == ClockState::Running);
        CHECK(count(clock, Mark::Paused) == 2);
        CHECK(clock.explain == "11月24日收到，当日不算；补材料的2天不算；数7日到12月3日");
    }
    SECTION("a running pause shows as paused and grows by the day") {
        application.state = State::Supplement;
        application.paused_at = at("2026-11-26");
        const auto clock = review_clock(application, calendar, at("2026-11-29"));
        CHECK(clock.state == ClockState::Paused);
        CHECK(iso_date(clock.due) == "2026-12-04");
        REQUIRE(clock.days.size() > 5);
        CHECK(clock.days[2].mark == Mark::Counted);  // the 26th
        CHECK(clock.days[3].mark == Mark::Paused);   // 27th, 28th, 29th
        CHECK(clock.days[5].mark == Mark::Paused);
        CHECK(clock.days[6].mark == Mark::Counted);
    }
    SECTION("a paused clock is never overdue") {
        application.state = State::Supplement;
        application.paused_at = at("2026-11-26");
        CHECK(review_clock(application, calendar, at("2026-12-20")).state == ClockState::Paused);
    }
}

TEST_CASE("a decided application has a clock that is done", "[casework][clock]") {
    auto application = received("2026-11-24");
    application.state = GENERATE(State::Approved, State::Refused, State::Withdrawn, State::Archived);
    CHECK(review_clock(application, shipped_calendar(), at("2026-12-20")).state == ClockState::Done);
}

TEST_CASE("a year without a notice is estimated and says so", "[casework][clock]") {
    const auto clock = review_clock(received("2026-12-28"), shipped_calendar(), at("2026-12-28"));
    CHECK(iso_date(clock.due) == "2027-01-04");
    CHECK(clock.estimated);
    CHECK(clock.explain.find("还没公布") != std::string::npos);
}

TEST_CASE("clock words are stable", "[casework][clock]") {
    CHECK(name_of(ClockState::Running) == "running");
    CHECK(name_of(ClockState::Paused) == "paused");
    CHECK(name_of(ClockState::Overdue) == "overdue");
    CHECK(name_of(ClockState::Done) == "done");
    CHECK(name_of(Mark::Received) == "received");
    CHECK(name_of(Mark::Counted) == "counted");
    CHECK(name_of(Mark::Paused) == "paused");
    CHECK(name_of(Mark::Rest) == "rest");
    CHECK(name_of(Mark::Last) == "last");
}
