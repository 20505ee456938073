// Opening hours rest on the calendar, the queue on risk and patience, estimates on lawyers who are there.
#include "desk/duty.hpp"

#include <catch2/catch.hpp>

#include "desk/sla.hpp"
#include "tests/support/files.hpp"
#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::desk;
using namespace std::chrono_literals;

namespace {

Calendar shipped_calendar() {
    Calendar calendar;
    for (const auto* year : {"2025", "2026"})
        if (!calendar.add_year(test::read_file(std::string("config/calendar/") + year + ".json")))
            throw std::runtime_error("the shipped calendar does not load");
    return calendar;
}

TimePoint at(const char* date, std::chrono::minutes of_day) {
    return start_of_china_day(*parse_iso_date(date)) + of_day;
}

std::string when(TimePoint t) { return iso_date(china_date(t)) + " " + china_clock(t); }

}  // namespace

TEST_CASE("the desk is open in its hours of working days", "[desk][duty]") {
    const auto calendar = shipped_calendar();
    const auto [date, minute, open] = GENERATE(table<const char*, int, bool>({
        {"2026-11-24", 9 * 60, true},         // Tuesday, the first minute
        {"2026-11-24", 9 * 60 - 1, false},    // a minute early
        {"2026-11-24", 17 * 60 + 29, true},   // the last minute
        {"2026-11-24", 17 * 60 + 30, false},  // closing time
        {"2026-11-28", 10 * 60, false},       // Saturday
        {"2026-10-01", 10 * 60, false},       // 国庆节, a Thursday
        {"2026-10-10", 10 * 60, true},        // 调休, a Saturday that is worked
        {"2026-02-14", 10 * 60, true},        // 调休 before 春节
        {"2026-02-23", 10 * 60, false},       // 春节, a Monday
    }));
    CAPTURE(date, minute);
    CHECK(on_duty({}, calendar, at(date, std::chrono::minutes{minute})) == open);
}

TEST_CASE("a desk that works on rest days is open on them", "[desk][duty]") {
    const auto calendar = shipped_calendar();
    DutyHours hours;
    hours.weekends = true;
    CHECK(on_duty(hours, calendar, at("2026-11-28", 10h)));
    CHECK(on_duty(hours, calendar, at("2026-10-01", 10h)));
    CHECK_FALSE(on_duty(hours, calendar, at("2026-10-01", 20h)));
}

TEST_CASE("the next opening is the true one", "[desk][duty]") {
    const auto calendar = shipped_calendar();
    const auto [date, minute, opening] = GENERATE(table<const char*, int, std::string>({
        {"2026-11-24", 10 * 60, "2026-11-24 10:00"},       // open: now
        {"2026-11-24", 7 * 60, "2026-11-24 09:00"},        // early: today
        {"2026-11-24", 18 * 60, "2026-11-25 09:00"},       // evening: tomorrow
        {"2026-11-27", 18 * 60, "2026-11-30 09:00"},       // Friday evening: Monday
        {"2026-09-30", 18 * 60, "2026-10-08 09:00"},       // before 国庆节
        {"2026-02-14", 17 * 60 + 30, "2026-02-24 09:00"},  // before 春节
    }));
    CAPTURE(date, minute);
    CHECK(when(next_opening({}, calendar, at(date, std::chrono::minutes{minute}))) == opening);
}

TEST_CASE("the line about hours says today or the next date", "[desk][duty]") {
    const auto calendar = shipped_calendar();
    CHECK(hours_line({}, calendar, at("2026-11-24", 10h)) == "今天 9:00–17:30 值班");
    CHECK(hours_line({}, calendar, at("2026-11-24", 6h)) == "今天 9:00–17:30 值班");
    CHECK(hours_line({}, calendar, at("2026-11-24", 20h)) == "下次值班：11月25日 9:00");
    CHECK(hours_line({}, calendar, at("2026-10-01", 10h)) == "下次值班：10月8日 9:00");
    const DutyHours always{.opens = 0min, .closes = 24h, .weekends = true};
    CHECK(always_open(always));
    CHECK(hours_line(always, calendar, at("2026-10-01", 3h)) == "每天24小时值班");
    CHECK_FALSE(always_open({.opens = 0min, .closes = 24h, .weekends = false}));
}

TEST_CASE("presence has stable words", "[desk][duty]") {
    const auto [presence, name] = GENERATE(table<Presence, std::string>({{Presence::Online, "online"},
                                                                         {Presence::Busy, "busy"},
                                                                         {Presence::Away, "away"},
                                                                         {Presence::Offline, "offline"}}));
    CHECK(name_of(presence) == name);
    CHECK(presence_from(name) == presence);
    CHECK_FALSE(presence_from("lunch").has_value());
}

TEST_CASE("an estimate is made only where it can be kept", "[desk][duty]") {
    DeskSnapshot desk{.queued = 3, .lawyers_online = 2, .on_duty = true};
    SECTION("rounds of as many people as there are lawyers") {
        const auto [position, minutes] = GENERATE(table<int, int>({{1, 5}, {2, 5}, {3, 10}, {4, 10}, {5, 15}}));
        CHECK(estimate_minutes(desk, position) == minutes);
    }
    SECTION("a centre with longer conversations says so") { CHECK(estimate_minutes(desk, 3, 12) == 24); }
    SECTION("nobody online") {
        desk.lawyers_online = 0;
        CHECK_FALSE(estimate_minutes(desk, 1).has_value());
    }
    SECTION("out of hours") {
        desk.on_duty = false;
        CHECK_FALSE(estimate_minutes(desk, 1).has_value());
    }
    SECTION("not in the queue") { CHECK_FALSE(estimate_minutes(desk, 0).has_value()); }
}

TEST_CASE("risk goes first, then the longest wait", "[desk][duty]") {
    const test::ManualClock clock;
    const std::vector<QueueItem> items{{ConversationId{"late"}, false, clock.now() + 9min},
                                       {ConversationId{"early"}, false, clock.now()},
                                       {ConversationId{"danger"}, true, clock.now() + 20min},
                                       {ConversationId{"danger before"}, true, clock.now() + 5min}};
    const std::vector<ConversationId> expected{ConversationId{"danger before"}, ConversationId{"danger"},
                                               ConversationId{"early"}, ConversationId{"late"}};
    CHECK(queue_order(items) == expected);
    CHECK(queue_position(items, ConversationId{"early"}) == 3);
    CHECK(queue_position(items, ConversationId{"nobody"}) == 0);
    CHECK(queue_order({}).empty());
}

TEST_CASE("a promise turns amber at 70 percent and red at its end", "[desk][sla]") {
    const test::ManualClock clock;
    const auto [seconds, state] = GENERATE(table<int, SlaState>({{0, SlaState::Ok},
                                                                 {14 * 60 - 1, SlaState::Ok},
                                                                 {14 * 60, SlaState::AtRisk},
                                                                 {20 * 60 - 1, SlaState::AtRisk},
                                                                 {20 * 60, SlaState::Breached},
                                                                 {90 * 60, SlaState::Breached}}));
    CAPTURE(seconds);
    CHECK(sla_state(clock.now(), clock.now() + 20min, clock.now() + std::chrono::seconds{seconds}) == state);
}

TEST_CASE("an answer is due by the promise, else by the policy", "[desk][sla]") {
    const test::ManualClock clock;
    const SlaPolicy policy{.first_response = 20min, .next_response = 60min};
    const TimePoint asked = clock.now();
    const StaffId wang{"wang"};
    const Ownership waiting = request_human({}, asked);

    SECTION("nothing while nobody waits") {
        CHECK_FALSE(due_at({}, std::nullopt, policy).has_value());
        CHECK_FALSE(due_at({}, asked + 1h, policy).has_value());
    }
    SECTION("first_response after the handoff, taken or not") {
        CHECK(due_at(waiting, std::nullopt, policy) == asked + 20min);
        CHECK(due_at(*accept(waiting, wang), std::nullopt, policy) == asked + 20min);
    }
    SECTION("the time the citizen was told, when they asked at night") {
        const TimePoint morning = asked + 14h;
        CHECK(due_at(waiting, morning, policy) == morning);
        CHECK(sla_state(asked, morning, asked + 20min) == SlaState::Ok);
    }
    SECTION("next_response after the first words a lawyer has left unanswered") {
        auto answered = *lawyer_wrote(*accept(waiting, wang), wang);
        CHECK_FALSE(due_at(answered, std::nullopt, policy).has_value());
        const auto again = contact_wrote(answered, asked + 5min);
        CHECK(due_at(again, std::nullopt, policy) == asked + 65min);
        CHECK(due_at(contact_wrote(again, asked + 50min), std::nullopt, policy) == asked + 65min);
        const auto back = release_to_queue(again, wang, asked + 10min);
        CHECK(due_at(*back, std::nullopt, policy) == asked + 25min);  // for the next lawyer it is the first answer
    }
    SECTION("next_response where a lawyer took it from the bot before anybody waited") {
        const auto taken = accept(Ownership{}, wang);
        CHECK(due_at(contact_wrote(*taken, asked), std::nullopt, policy) == asked + 60min);
    }
}

TEST_CASE("a promise is shown as it was told", "[desk][duty]") {
    const TimePoint evening = start_of_china_day(Date{2026y / 11 / 24}) + 22h;
    const auto [after, line] = GENERATE(table<std::chrono::minutes, std::string>(
        {{60min, "今天23:00前给您回复"}, {11h + 30min, "明天9:30前给您回复"}, {35h + 5min, "11月26日9:05前给您回复"}}));
    CHECK(promise_line(evening + after, evening) == line);
}

TEST_CASE("the states of a promise have stable words", "[desk][sla]") {
    CHECK(name_of(SlaState::Ok) == "ok");
    CHECK(name_of(SlaState::AtRisk) == "at_risk");
    CHECK(name_of(SlaState::Breached) == "breached");
}
