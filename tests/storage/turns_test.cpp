// A turn is one transaction: all of it, once, or nothing.
#include <future>
#include <thread>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::CommitOutcome;
using storage::TurnCommit;
using Kind = CommitOutcome::Kind;

TEST_CASE("a first turn creates contact, conversation and dense sequences", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    auto turn = store.turn("peer1", "m1", "老板不给钱", "可以申请仲裁");
    turn.after.memory.topic = "T01";
    turn.after.memory.greeted = true;
    const auto outcome = store.commit(turn);
    REQUIRE(outcome.has_value());
    CHECK(outcome->kind == Kind::Committed);
    CHECK(outcome->inbound_seq == 1);
    CHECK(outcome->last_seq == 2);

    const auto stored = store.conversation("peer1");
    CHECK(stored.version == 1);
    CHECK(stored.last_seq == 2);
    CHECK(stored.unread == 1);
    CHECK(stored.memory.topic == "T01");
    CHECK(stored.memory.greeted);
    CHECK(stored.key == turn.inbound.conversation);
    CHECK_FALSE(stored.contact.empty());
    CHECK(stored.started_at == store.clock.now());

    const auto second = store.commit(store.turn("peer1", "m2", "要多久"));
    REQUIRE(second.has_value());
    CHECK(second->inbound_seq == 3);
    CHECK(second->last_seq == 3);

    const auto messages = store.conversations.messages(stored.id, 0, 10, false);
    REQUIRE(messages.has_value());
    REQUIRE(messages->size() == 3);
    CHECK(messages->at(0).text == "老板不给钱");
    CHECK(messages->at(0).from == storage::From::Contact);
    CHECK(messages->at(1).text == "可以申请仲裁");
    CHECK(messages->at(1).from == storage::From::Bot);
    CHECK(messages->at(2).seq == 3);
    CHECK(store.conversations.messages(stored.id, 2, 10, false)->size() == 1);
    CHECK(store.conversations.messages(stored.id, 0, 2, false)->size() == 2);
    CHECK(store.number("SELECT COUNT(*) FROM event") == 0);  // a plain turn is its own record
    CHECK(store.conversations.find(stored.id)->value().memory == stored.memory);
    CHECK_FALSE(store.conversations.find(ConversationId("nobody"))->has_value());
}

TEST_CASE("the same message three times at once has one effect and one answer", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    std::vector<TurnCommit> copies;
    for (int i = 0; i < 3; ++i) copies.push_back(store.turn("peer1", "m1", "老板不给钱", "答复" + std::to_string(i)));
    std::vector<std::future<Result<CommitOutcome>>> running;
    for (auto& copy : copies) running.push_back(std::async(std::launch::async, [&] { return store.commit(copy); }));

    int committed = 0;
    std::set<std::string> bodies, messages;
    for (auto& one : running) {
        const auto outcome = one.get();
        REQUIRE(outcome.has_value());
        committed += outcome->kind == Kind::Committed;
        CHECK(outcome->kind != Kind::Conflict);
        bodies.insert(outcome->answer.body);
        messages.insert(outcome->answer.message.value);
        CHECK(outcome->answer.seq == 1);
    }
    CHECK(committed == 1);
    CHECK(bodies.size() == 1);
    CHECK(messages.size() == 1);
    CHECK(store.number("SELECT COUNT(*) FROM inbound_receipt") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM message") == 2);
    CHECK(store.number("SELECT COUNT(*) FROM conversation") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM contact") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM turn") == 1);
}

TEST_CASE("a repeat long after is answered with the first bytes and changes nothing", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.commit(store.turn("peer1", "m1", "老板不给钱", "第一次"))->kind == Kind::Committed);
    store.clock.advance(std::chrono::hours(48));
    const auto before = store.conversation("peer1");
    const auto repeat = store.commit(store.turn("peer1", "m1", "老板不给钱", "第二次"));
    REQUIRE(repeat.has_value());
    CHECK(repeat->kind == Kind::Duplicate);
    CHECK(repeat->answer.body == "<xml>第一次</xml>");
    CHECK(repeat->answer.content_type == "text/xml");
    CHECK(store.conversation("peer1").version == before.version);
    CHECK(store.number("SELECT COUNT(*) FROM message") == 2);

    const auto stored = store.conversations.stored_answer(store.inbox, ExternalId("m1"));
    REQUIRE(stored.has_value());
    REQUIRE(stored->has_value());
    CHECK(stored->value().body == "<xml>第一次</xml>");
    CHECK_FALSE(store.conversations.stored_answer(store.inbox, ExternalId("m2"))->has_value());
    CHECK_FALSE(store.conversations.stored_answer(InboxId("other"), ExternalId("m1"))->has_value());
}

TEST_CASE("two turns from the same reading: the second conflicts and leaves no trace", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.commit(store.turn("peer1", "m1", "你好", "您好"))->kind == Kind::Committed);
    const auto a = store.turn("peer1", "m2", "甲", "答甲");
    const auto b = store.turn("peer1", "m3", "乙", "答乙");
    CHECK(store.commit(a)->kind == Kind::Committed);
    CHECK(store.commit(b)->kind == Kind::Conflict);
    CHECK(store.number("SELECT COUNT(*) FROM inbound_receipt") == 2);  // the loser's receipt went with it
    CHECK(store.number("SELECT COUNT(*) FROM message") == 4);
    // Read again, plan again: now it goes through.
    CHECK(store.commit(store.turn("peer1", "m3", "乙", "答乙"))->kind == Kind::Committed);
}

TEST_CASE("two first turns of one person: the second conflicts, then finds the conversation", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    const auto a = store.turn("peer1", "m1", "甲", "答甲");
    const auto b = store.turn("peer1", "m2", "乙", "答乙");
    CHECK(store.commit(a)->kind == Kind::Committed);
    CHECK(store.commit(b)->kind == Kind::Conflict);
    CHECK(store.number("SELECT COUNT(*) FROM contact") == 1);
    CHECK(store.commit(store.turn("peer1", "m2", "乙", "答乙"))->last_seq == 4);
}

TEST_CASE("a turn without an id, or with NUL in it, is refused", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    CHECK(store.commit(store.turn("peer1", "", "甲")).error().code == ErrorCode::InvalidInput);
    const auto nul = store.commit(store.turn("peer1", std::string("a\0b", 3), "甲"));
    CHECK(nul.error().code == ErrorCode::InvalidInput);
    CHECK(store.number("SELECT COUNT(*) FROM message") == 0);
}

TEST_CASE("a handoff, a promise and an alert are stored with the turn and recorded", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    auto turn = store.turn("peer1", "m1", "我要找律师", "已转给律师");
    turn.after.ownership.owner = desk::Owner::Queued;
    turn.after.ownership.queued_at = store.clock.now();
    turn.after.ownership.waiting_since = store.clock.now();
    turn.after.memory.risks = {nlu::Risk::ViolenceNow};
    desk::Handover sheet;
    sheet.reason = "本人要求";
    sheet.matter = "被打";
    sheet.turns = 3;
    const TimePoint due = store.clock.now() + std::chrono::hours(2);
    turn.effects = {dialogue::QueueForLawyer{sheet, true}, dialogue::MakePromise{due, "reply"},
                    dialogue::AlertDesk{{nlu::Risk::ViolenceNow}}};
    REQUIRE(store.commit(turn)->kind == Kind::Committed);

    const auto id = store.conversation("peer1").id;
    const auto row = store.conversations.row(id);
    REQUIRE(row.has_value());
    REQUIRE(row->has_value());
    CHECK(row->value().handover == sheet);
    CHECK(row->value().risks == std::vector<std::string>{"violence_now"});
    CHECK(row->value().ownership == turn.after.ownership);
    CHECK(row->value().last_text == "我要找律师");
    CHECK(row->value().last_from == storage::From::Contact);
    CHECK(store.conversations.open_promise(id)->value() == due);
    const auto queue = store.conversations.queue();
    REQUIRE(queue->size() == 1);
    CHECK(queue->front().risk);
    CHECK(store.number("SELECT COUNT(*) FROM event") == 3);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'conversation.queue'") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'promise.make'") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'desk.alert'") == 1);
}

TEST_CASE("an application's serial taken meanwhile makes the turn conflict whole", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    auto first = store.turn("peer1", "m1", "确认提交", "已收到");
    first.effects = {dialogue::SubmitApplication{application("app1", 1)}};
    auto second = store.turn("peer2", "m2", "确认提交", "已收到");
    second.effects = {dialogue::SubmitApplication{application("app2", 1)}};
    CHECK(store.commit(first)->kind == Kind::Committed);
    CHECK(store.commit(second)->kind == Kind::Conflict);
    CHECK(store.number("SELECT COUNT(*) FROM application") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM conversation") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM event") == 1);
    CHECK(store.applications.next_serial("秦川", 2026).value() == 2);

    second.effects = {dialogue::SubmitApplication{application("app2", 2)}};
    CHECK(store.commit(second)->kind == Kind::Committed);
    CHECK(store.events.verify()->first_bad == std::nullopt);  // the chain went back with the conflict
}

TEST_CASE("feedback is kept once per message and only for messages of the conversation", "[storage][turn]") {
    Store store(GENERATE(from_range(engines())));
    const auto turn = store.turn("peer1", "m1", "甲", "答甲");
    REQUIRE(store.commit(turn)->kind == Kind::Committed);
    const auto own = store.conversation("peer1").id;
    const auto rate = [&](const ConversationId& conversation, const MessageId& message, bool useful) {
        return store.conversations.save_feedback(conversation, message, useful, "没说清楚", store.clock.now());
    };
    CHECK(rate(own, turn.outbound->id, false).has_value());
    CHECK(rate(own, turn.outbound->id, true).has_value());
    CHECK(store.number("SELECT COUNT(*) FROM feedback") == 1);
    CHECK(store.number("SELECT useful FROM feedback") == 1);
    CHECK(rate(own, MessageId("none"), true).error().code == ErrorCode::NotFound);
    REQUIRE(store.commit(store.turn("peer2", "m2", "乙", "答乙"))->kind == Kind::Committed);
    CHECK(rate(store.conversation("peer2").id, turn.outbound->id, false).error().code == ErrorCode::NotFound);
    CHECK(store.number("SELECT useful FROM feedback") == 1);
}
