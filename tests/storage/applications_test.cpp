// Applications keep their facts sealed, their serials unique and their moves in order.
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using casework::Action;
using casework::State;
using casework::Transition;

namespace {

void submit(Store& store, const std::string& peer, const std::string& id, int serial) {
    auto turn = store.turn(peer, peer + "-" + id, "提交", "已收到");
    auto made = application(id, serial);
    made.submitted_at = store.clock.now();
    turn.effects = {dialogue::SubmitApplication{made}};
    const auto outcome = store.commit(turn);
    REQUIRE(outcome.has_value());
    REQUIRE(outcome->kind == storage::CommitOutcome::Kind::Committed);
}

casework::Application stored(Store& store, const std::string& id) {
    const auto found = store.applications.find(ApplicationId(id));
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    return **found;
}

}  // namespace

TEST_CASE("an application comes back as it was submitted", "[storage][application]") {
    Store store(GENERATE(from_range(engines())));
    submit(store, "a", "app1", 1);
    auto expected = application("app1", 1);
    expected.submitted_at = store.clock.now();
    expected.contact = store.conversation("a").contact;
    expected.conversation = store.conversation("a").id;
    CHECK(stored(store, "app1") == expected);
    CHECK(store.applications.of_contact(expected.contact)->size() == 1);
    CHECK(store.applications.of_contact(ContactId("none"))->empty());
    CHECK_FALSE(store.applications.find(ApplicationId("none"))->has_value());
    CHECK(store.applications.next_serial("秦川", 2026).value() == 2);
    CHECK(store.applications.next_serial("秦川", 2027).value() == 1);
    CHECK(store.applications.next_serial("咸阳", 2026).value() == 1);
}

TEST_CASE("a move is saved once, with its history and its event", "[storage][application]") {
    Store store(GENERATE(from_range(engines())));
    submit(store, "a", "app1", 1);
    auto moved = stored(store, "app1");
    moved.state = State::Supplement;
    moved.missing = {"身份证复印件", "工资条"};
    moved.paused_at = store.clock.now();
    moved.paused_for = std::chrono::milliseconds(5'000'000'000);
    moved.urgent = true;
    moved.version += 1;
    const Transition move{State::Submitted, State::Supplement, Action::AskSupplement, "s1",
                          "缺两样",         store.clock.now(), moved.missing};
    REQUIRE(store.applications.save(moved, move).has_value());
    CHECK(stored(store, "app1") == moved);
    CHECK(store.applications.save(moved, move).error().code == ErrorCode::Conflict);

    const auto history = store.applications.history(moved.id);
    REQUIRE(history.has_value());
    REQUIRE(history->size() == 2);
    CHECK(history->at(0).move.action == Action::Submit);
    CHECK(history->at(0).move.who == "applicant");
    CHECK(history->at(1) == storage::Milestone{move, {}, "", false});
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'application.ask_supplement'") +
              store.number("SELECT COUNT(*) FROM event WHERE kind = 'application." +
                           std::string(casework::name_of(Action::AskSupplement)) + "'") >=
          1);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE detail LIKE '%缺%'") == 0);
    CHECK(store.number("SELECT COUNT(*) FROM milestone WHERE missing LIKE '%工资%'") == 0);  // sealed
}

TEST_CASE("a move and its notice are saved together or not at all", "[storage][application]") {
    Store store(GENERATE(from_range(engines())));
    submit(store, "a", "app1", 1);
    auto moved = stored(store, "app1");
    const auto before = store.conversation("a");
    const auto last_words = store.conversations.row(before.id)->value().last_text;
    moved.state = State::Supplement;
    moved.missing = {"身份证复印件"};
    moved.version += 1;
    const Transition move{State::Submitted,  State::Supplement, Action::AskSupplement, "s1", "",
                          store.clock.now(), moved.missing};
    storage::Notice notice{before.id, MessageId("told"), "还差一样材料", OutboxId("out-told")};

    SECTION("together: message, outbox row, milestone, whoever owns the conversation") {
        REQUIRE(store.applications.save(moved, move, notice).has_value());
        const auto messages = store.conversations.messages(before.id, 0, 10, false);
        REQUIRE(messages->size() == 3);
        CHECK(messages->back().text == "还差一样材料");
        CHECK(messages->back().from == storage::From::System);
        CHECK(messages->back().seq == 3);
        CHECK(messages->back().delivery == "queued");
        CHECK(store.conversation("a").ownership == before.ownership);
        CHECK(store.conversation("a").version == before.version + 1);
        CHECK(store.conversations.row(before.id)->value().last_text == last_words);  // lists show people's words
        const auto rows = store.outbox.claim(store.clock.now(), 10);
        REQUIRE(rows->size() == 1);
        CHECK(rows->front().id.value == "out-told");
        CHECK(rows->front().lawyer);  // a person's words: the last send of a window is theirs

        REQUIRE(store.outbox.finish(OutboxId("out-told"), "held", "window", "", std::nullopt, store.clock.now())
                    .has_value());
        const auto told = store.applications.history(moved.id)->back();
        CHECK(told == storage::Milestone{move, MessageId("told"), "held", false});

        auto resumed = moved;
        resumed.state = State::UnderReview;
        resumed.missing.clear();
        resumed.version += 1;
        const Transition resume{State::Supplement, State::UnderReview, Action::Resume, "s1", "", store.clock.now(), {}};
        REQUIRE(store.applications.save(resumed, resume).has_value());
        const auto history = store.applications.history(moved.id);
        REQUIRE(history->size() == 3);
        CHECK(history->at(1).move.missing == std::vector<std::string>{"身份证复印件"});
        CHECK(history->at(2).move.missing.empty());
    }
    SECTION("without an outbox row where the page pulls") {
        notice.outbox = {};
        REQUIRE(store.applications.save(moved, move, notice).has_value());
        CHECK(store.applications.history(moved.id)->back() == storage::Milestone{move, MessageId("told"), "", false});
        CHECK(store.outbox.claim(store.clock.now(), 10)->empty());
    }
    SECTION("a lost race writes no notice") {
        moved.version += 1;
        CHECK(store.applications.save(moved, move, notice).error().code == ErrorCode::Conflict);
        CHECK(store.conversations.messages(before.id, 0, 10, false)->size() == 2);
        CHECK(store.number("SELECT COUNT(*) FROM outbox") == 0);
    }
    SECTION("a conversation that is gone moves nothing") {
        notice.conversation = ConversationId("none");
        CHECK(store.applications.save(moved, move, notice).error().code == ErrorCode::NotFound);
        CHECK(stored(store, "app1").state == State::Submitted);
        CHECK(store.applications.history(moved.id)->size() == 1);
    }
}

TEST_CASE("applications are listed newest first, by state and page by page", "[storage][application]") {
    Store store(GENERATE(from_range(engines())));
    for (int i = 1; i <= 3; ++i) {
        submit(store, "p" + std::to_string(i), "app" + std::to_string(i), i);
        store.clock.advance(std::chrono::minutes(1));
    }
    const auto ids = [&](const std::string& state, int limit, const std::string& after) {
        std::string all;
        const auto list = store.applications.list(state, limit, after);
        REQUIRE(list.has_value());
        for (const auto& one : *list) all += one.id.value + " ";
        return all;
    };
    CHECK(ids("", 10, "") == "app3 app2 app1 ");
    CHECK(ids("submitted", 10, "") == "app3 app2 app1 ");
    CHECK(ids("closed", 10, "") == "");
    CHECK(ids("", 2, "") == "app3 app2 ");
    CHECK(ids("", 2, "app2") == "app1 ");
    CHECK(ids("submitted", 2, "app3") == "app2 app1 ");
}
