// Applications move only along the state table, by the right people, with what the law wants.
#include "casework/application.hpp"

#include <catch2/catch.hpp>

#include "tests/support/manual_clock.hpp"

using namespace yuanda;
using namespace yuanda::casework;
using namespace std::chrono_literals;

namespace {

const Actor kApplicant{};
const Actor kReviewer{StaffId{"chen"}, {"reviewer"}};
const Actor kLawyer{StaffId{"wang"}, {"lawyer"}};

Application in_state(State state) {
    Application application;
    application.state = state;
    application.missing = {"身份证复印件"};
    return application;
}

}  // namespace

TEST_CASE("every state has an English word, a Chinese one, and a way back", "[casework]") {
    const auto [state, name, chinese] =
        GENERATE(table<State, std::string, std::string>({{State::Draft, "draft", "草稿"},
                                                         {State::Submitted, "submitted", "已收到"},
                                                         {State::Supplement, "supplement", "待补充材料"},
                                                         {State::UnderReview, "under_review", "审查中"},
                                                         {State::Approved, "approved", "给予援助"},
                                                         {State::InProgress, "in_progress", "承办中"},
                                                         {State::ChangeRequested, "change_requested", "更换承办人"},
                                                         {State::Archived, "archived", "已归档"},
                                                         {State::Withdrawn, "withdrawn", "已撤回"}}));
    CHECK(name_of(state) == name);
    CHECK(chinese_name_of(state) == chinese);
    CHECK(state_from(name) == state);
    CHECK_FALSE(state_from("lost").has_value());
}

TEST_CASE("the number names centre, year and serial", "[casework]") {
    CHECK(application_number("秦川", 2026, 1) == "秦川援申〔2026〕第1号");
    CHECK(application_number("周至", 2027, 120) == "周至援申〔2027〕第120号");
}

TEST_CASE("the applicant submits a draft and the clock starts", "[casework]") {
    const test::ManualClock clock;
    auto application = in_state(State::Draft);
    const auto moved = apply(application, Action::Submit, kApplicant, "", clock.now());
    REQUIRE(moved.has_value());
    CHECK(application.state == State::Submitted);
    CHECK(application.submitted_at == clock.now());
    CHECK(application.version == 1);
    CHECK(moved->from == State::Draft);
    CHECK(moved->to == State::Submitted);
    CHECK(moved->who == "applicant");
    CHECK(moved->at == clock.now());
}

TEST_CASE("each action is possible from its states alone", "[casework]") {
    const test::ManualClock clock;
    const auto [action, from, to] =
        GENERATE(table<Action, State, State>({{Action::StartReview, State::Submitted, State::UnderReview},
                                              {Action::AskSupplement, State::Submitted, State::Supplement},
                                              {Action::AskSupplement, State::UnderReview, State::Supplement},
                                              {Action::Resume, State::Supplement, State::UnderReview}}));
    CAPTURE(name_of(action), name_of(from));
    auto application = in_state(from);
    REQUIRE(apply(application, action, kReviewer, "材料齐了", clock.now()).has_value());
    CHECK(application.state == to);

    auto archived = in_state(State::Archived);
    const auto refused = apply(archived, action, kReviewer, "材料齐了", clock.now());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::Conflict);
    CHECK(archived.version == 0);
}

TEST_CASE("the wrong role is forbidden before anything else is looked at", "[casework]") {
    const test::ManualClock clock;
    const Action action = GENERATE(Action::StartReview, Action::AskSupplement, Action::Resume);
    auto application = in_state(State::Draft);  // the wrong state too
    const auto refused = apply(application, action, kLawyer, "", clock.now());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::Forbidden);
}

TEST_CASE("an applicant cannot review but may bring papers", "[casework]") {
    const test::ManualClock clock;
    auto submitted = in_state(State::Submitted);
    CHECK(apply(submitted, Action::StartReview, kApplicant, "", clock.now()).error().code == ErrorCode::Forbidden);
    auto waiting = in_state(State::Supplement);
    CHECK(apply(waiting, Action::Resume, kApplicant, "", clock.now()).has_value());
}

TEST_CASE("papers are asked for with a list, and a second time only with a reason", "[casework]") {
    test::ManualClock clock;
    auto application = in_state(State::UnderReview);
    SECTION("an empty list asks for nothing") {
        application.missing.clear();
        const auto refused = apply(application, Action::AskSupplement, kReviewer, "", clock.now());
        CHECK(refused.error().code == ErrorCode::InvalidInput);
    }
    SECTION("the pause is measured and the list is cleared when papers are there") {
        const auto asked = apply(application, Action::AskSupplement, kReviewer, "", clock.now());
        REQUIRE(asked.has_value());
        CHECK(asked->missing == application.missing);  // the record keeps what was asked
        CHECK_FALSE(asked->missing.empty());
        CHECK(application.paused_at == clock.now());
        clock.advance(50h);
        REQUIRE(apply(application, Action::Resume, kReviewer, "", clock.now()).has_value());
        CHECK_FALSE(application.paused_at.has_value());
        CHECK(application.paused_for == 50h);
        CHECK(application.missing.empty());

        application.missing = {"收入证明"};
        CHECK(apply(application, Action::AskSupplement, kReviewer, "", clock.now()).error().code ==
              ErrorCode::InvalidInput);
        CHECK(apply(application, Action::AskSupplement, kReviewer, "新发现另有收入", clock.now()).has_value());
    }
}

TEST_CASE("actions have stable words", "[casework]") {
    const auto [action, name] = GENERATE(table<Action, std::string>({{Action::Submit, "submit"},
                                                                     {Action::StartReview, "start_review"},
                                                                     {Action::AskSupplement, "ask_supplement"},
                                                                     {Action::Resume, "resume"}}));
    CHECK(name_of(action) == name);
}
