// Lawyers' acts and lists: one owner, the right order, nothing twice.
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;
using storage::DeskAct;
using storage::DeskList;

namespace {

DeskAct act_on(Store& store, const dialogue::Conversation& conversation, desk::Owner owner, const std::string& action,
               const std::string& lawyer = "s1") {
    DeskAct act;
    act.conversation = conversation.id;
    act.version = conversation.version;
    act.ownership = conversation.ownership;
    act.ownership.owner = owner;
    act.ownership.lawyer = StaffId(owner == desk::Owner::Human ? lawyer : "");
    act.ownership.queued_at = std::nullopt;
    act.action = action;
    act.staff = StaffId(lawyer);
    act.now = store.clock.now();
    return act;
}

DeskAct with_message(DeskAct act, const std::string& text, const std::string& cmid, bool note = false) {
    act.message.emplace();
    act.message->from = storage::From::Lawyer;
    act.message->author = act.staff;
    act.message->author_name = "王律师";
    act.message->text = text;
    act.message->cmid = cmid;
    act.message->note = note;
    return act;
}

std::vector<std::string> peers(Store& store, DeskList list, const std::string& staff = "s1", int limit = 50,
                               const std::string& after = "") {
    const auto rows = store.conversations.list(list, StaffId(staff), {}, store.clock.now(), limit, after);
    if (!rows) FAIL("cannot list: " << rows.error());
    std::vector<std::string> names;
    for (const auto& row : *rows) names.push_back(row.peer.value);
    return names;
}
using Peers = std::vector<std::string>;

}  // namespace

TEST_CASE("one lawyer gets a conversation, the second hears of the conflict", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    const auto conversation = store.queued("a");
    CHECK(store.conversations.act(act_on(store, conversation, desk::Owner::Human, "accept", "s1")).has_value());
    const auto second = store.conversations.act(act_on(store, conversation, desk::Owner::Human, "accept", "s2"));
    CHECK(second.error().code == ErrorCode::Conflict);
    CHECK(store.conversation("a").ownership.lawyer.value == "s1");
    CHECK(store.conversation("a").version == conversation.version + 1);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'conversation.accept'") == 1);

    dialogue::Conversation nobody;
    nobody.id = ConversationId("none");
    nobody.version = 1;
    CHECK(store.conversations.act(act_on(store, nobody, desk::Owner::Human, "accept")).error().code ==
          ErrorCode::NotFound);
}

TEST_CASE("a lawyer's reply is stored, delivered, keeps the promise and is not repeated", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    auto turn = store.turn("a", "m0", "请回电", "今天17:00前回复您");
    turn.after.ownership = desk::request_human({}, store.clock.now());
    turn.effects = {dialogue::MakePromise{store.clock.now() + 1h, "reply"}};
    REQUIRE(store.commit(turn).has_value());
    const auto conversation = store.conversation("a");
    CHECK(store.conversations.open_promise(conversation.id)->has_value());

    auto act = with_message(act_on(store, conversation, desk::Owner::Human, "reply"), "您好，我是王律师", "c1");
    act.deliver = true;
    act.mark_read = true;
    const auto sent = store.conversations.act(act);
    REQUIRE(sent.has_value());
    REQUIRE(sent->has_value());
    CHECK(sent->value().seq == 3);
    CHECK(sent->value().delivery == "queued");
    const auto again = store.conversations.act(act);  // the browser's second try, same cmid, old version
    REQUIRE(again.has_value());
    CHECK(again->value().id == sent->value().id);
    CHECK(again->value().text == "您好，我是王律师");
    CHECK(store.number("SELECT COUNT(*) FROM message") == 3);

    const auto row = store.conversations.row(conversation.id)->value();
    CHECK(row.last_text == "您好，我是王律师");
    CHECK(row.last_from == storage::From::Lawyer);
    CHECK(row.unread == 0);
    CHECK_FALSE(store.conversations.open_promise(conversation.id)->has_value());
    const auto due = store.outbox.claim(store.clock.now(), 10);
    REQUIRE(due->size() == 1);
    CHECK(due->front().lawyer);
    CHECK(due->front().text == "您好，我是王律师");
}

TEST_CASE("a list shows what a person said last, never the bot, an order or a line of the system", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.commit(store.turn("a", "m1", "转人工", "好的")).has_value());
    const auto id = store.conversation("a").id;
    const auto last = [&] { return store.conversations.row(id)->value().last_text; };
    CHECK(last() == "转人工");  // better than nothing
    REQUIRE(store.commit(store.turn("a", "m2", "老板欠我三万块", "可以要回来")).has_value());
    CHECK(last() == "老板欠我三万块");
    auto order = store.turn("a", "m3", "不等了", "好的");
    order.tells = false;
    order.after.ownership.owner = desk::Owner::Queued;
    REQUIRE(store.commit(order).has_value());
    CHECK(last() == "老板欠我三万块");
    auto line = with_message(act_on(store, store.conversation("a"), desk::Owner::Human, "accept"), "律师来了", "");
    line.message->from = storage::From::System;
    REQUIRE(store.conversations.act(line).has_value());
    CHECK(last() == "老板欠我三万块");
    CHECK(store.conversations.row(id)->value().last_from == storage::From::Contact);
    CHECK(store.conversations.row(id)->value().unread == 3);
    auto followed = store.turn("a", "m4", "［关注了公众号］");
    followed.tells = false;
    followed.inbound.parts = {ContactEvent{ContactEvent::Kind::Subscribed, "subscribe"}};
    REQUIRE(store.commit(followed).has_value());
    CHECK(store.conversations.row(id)->value().unread == 3);  // nobody has to read it
}

TEST_CASE("a private note is seen by staff alone and leaves the list's last line", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    const auto conversation = store.queued("a");
    auto note = with_message(act_on(store, conversation, desk::Owner::Queued, "note"), "可能有家暴", "c1", true);
    note.deliver = true;  // must not matter
    REQUIRE(store.conversations.act(note).has_value());
    CHECK(store.conversations.messages(conversation.id, 0, 10, false)->size() == 2);
    const auto all = store.conversations.messages(conversation.id, 0, 10, true);
    REQUIRE(all->size() == 3);
    CHECK(all->back().note);
    CHECK(all->back().author_name == "王律师");
    CHECK(store.conversations.row(conversation.id)->value().last_text == "转人工");
    CHECK(store.outbox.claim(store.clock.now(), 10)->empty());
}

TEST_CASE("the queue shows risk first, then the longest wait", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    for (const char* peer : {"a", "b", "c"}) {
        store.queued(peer, std::string(peer) == "c");
        store.clock.advance(1min);
    }
    CHECK(peers(store, DeskList::Queued) == Peers{"c", "a", "b"});
    CHECK(store.conversations.queue()->size() == 3);

    SECTION("page by page") {
        CHECK(peers(store, DeskList::Queued, "s1", 2) == Peers{"c", "a"});
        CHECK(peers(store, DeskList::Queued, "s1", 2, store.conversation("a").id.value) == Peers{"b"});
        CHECK(peers(store, DeskList::Queued, "s1", 2, store.conversation("b").id.value) == Peers{});
    }
    SECTION("a lawyer's list holds what that lawyer owns") {
        REQUIRE(store.conversations.act(act_on(store, store.conversation("a"), desk::Owner::Human, "accept", "s1"))
                    .has_value());
        REQUIRE(store.conversations.act(act_on(store, store.conversation("b"), desk::Owner::Human, "accept", "s2"))
                    .has_value());
        CHECK(peers(store, DeskList::Queued) == Peers{"c"});
        CHECK(peers(store, DeskList::Mine, "s1") == Peers{"a"});
        CHECK(peers(store, DeskList::Mine, "s2") == Peers{"b"});
    }
    SECTION("waiting and overdue go by the wait, whoever owns it") {
        store.clock.advance(18min);  // a has waited 21, b 20, c 19 minutes
        CHECK(peers(store, DeskList::Waiting) == Peers{"c", "a", "b"});
        CHECK(peers(store, DeskList::Overdue) == Peers{"a", "b"});
        const auto counts = store.conversations.counts(StaffId("s1"), {}, store.clock.now());
        CHECK(counts->queued == 3);
        CHECK(counts->waiting == 3);
        CHECK(counts->overdue == 2);
        CHECK(counts->mine == 0);
        CHECK(counts->closed == 0);
    }
    SECTION("closed ones are listed newest first") {
        for (const char* peer : {"a", "c"}) {
            auto act = with_message(act_on(store, store.conversation(peer), desk::Owner::Closed, "close"), "再见", "");
            act.ownership.waiting_since = std::nullopt;
            act.reason = "solved";
            REQUIRE(store.conversations.act(act).has_value());
            store.clock.advance(1min);
        }
        CHECK(peers(store, DeskList::Closed) == Peers{"c", "a"});
        CHECK(store.conversations.counts(StaffId("s1"), {}, store.clock.now())->closed == 2);
    }
}

TEST_CASE("what is overdue is what the clock of its row says", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    const desk::SlaPolicy policy{.first_response = 20min, .next_response = 60min};
    const auto now = store.clock.now();
    const auto waits = [&](const std::string& peer, const desk::Ownership& ownership,
                           std::optional<TimePoint> promise = std::nullopt) {
        auto turn = store.turn(peer, peer, "在吗");
        turn.after.ownership = ownership;
        if (promise) turn.effects = {dialogue::MakePromise{*promise, "reply"}};
        REQUIRE(store.commit(turn).has_value());
    };
    const StaffId s1("s1");
    waits("first", {desk::Owner::Queued, {}, now, now});
    waits("taken", {desk::Owner::Human, s1, now, now});
    waits("next", {desk::Owner::Human, s1, now, std::nullopt});
    waits("promised", {desk::Owner::Queued, {}, now, now}, now + 14h);
    waits("answered", {desk::Owner::Human, s1, std::nullopt, std::nullopt});

    const auto [after, overdue] =
        GENERATE(table<std::chrono::milliseconds, Peers>({{20min - 1ms, {}},
                                                          {20min, {"first", "taken"}},
                                                          {60min, {"first", "next", "taken"}},
                                                          {14h - 1ms, {"first", "next", "taken"}},
                                                          {14h, {"first", "next", "promised", "taken"}}}));
    const TimePoint later = now + after;
    const auto rows = store.conversations.list(DeskList::Overdue, s1, policy, later, 50, "");
    REQUIRE(rows.has_value());
    Peers listed;
    for (const auto& row : *rows) listed.push_back(row.peer.value);
    std::sort(listed.begin(), listed.end());
    CHECK(listed == overdue);
    CHECK(store.conversations.counts(s1, policy, later)->overdue == static_cast<std::int64_t>(overdue.size()));
    const auto waiting = store.conversations.list(DeskList::Waiting, s1, policy, later, 50, "");
    REQUIRE(waiting->size() == 4);
    for (const auto& row : *waiting) {
        CAPTURE(row.peer.value);
        const auto due = desk::due_at(row.ownership, row.promise, policy);
        REQUIRE(due.has_value());
        const bool late = desk::sla_state(*row.ownership.waiting_since, *due, later) == desk::SlaState::Breached;
        CHECK(late == (std::find(overdue.begin(), overdue.end(), row.peer.value) != overdue.end()));
    }
}

TEST_CASE("a promise stands as long as the wait it was made in", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    const auto due = store.clock.now() + 14h;
    auto turn = store.turn("a", "m0", "转人工", "明天9:30前给您回复");
    turn.after.ownership = desk::request_human({}, store.clock.now());
    turn.effects = {dialogue::MakePromise{due, "reply"}};
    REQUIRE(store.commit(turn).has_value());
    const auto id = store.conversation("a").id;
    REQUIRE(store.conversations.open_promise(id).value() == due);
    CHECK(store.conversations.row(id)->value().promise == due);
    store.clock.advance(1min);

    SECTION("a lawyer who takes it has still to answer in time") {
        REQUIRE(
            store.conversations.act(act_on(store, store.conversation("a"), desk::Owner::Human, "accept")).has_value());
        CHECK(store.conversations.open_promise(id).value() == due);
    }
    SECTION("it ends when the contact cancels, and does not come back with the next wait") {
        auto cancelled = store.turn("a", "m1", "取消", "好的");
        cancelled.after.ownership = desk::stop_waiting(cancelled.before.ownership);
        REQUIRE(store.commit(cancelled).has_value());
        CHECK_FALSE(store.conversations.open_promise(id)->has_value());
        store.clock.advance(1min);
        auto again = store.turn("a", "m2", "转人工", "好的");
        again.after.ownership = desk::request_human(again.before.ownership, store.clock.now());
        REQUIRE(store.commit(again).has_value());
        CHECK_FALSE(store.conversations.open_promise(id)->has_value());
        CHECK(store.number("SELECT COUNT(*) FROM promise WHERE kept_at IS NOT NULL") == 0);  // it was not kept either
    }
    SECTION("it ends when the conversation is closed") {
        auto act = act_on(store, store.conversation("a"), desk::Owner::Closed, "close");
        act.ownership.waiting_since = std::nullopt;
        REQUIRE(store.conversations.act(act).has_value());
        CHECK_FALSE(store.conversations.open_promise(id)->has_value());
        CHECK_FALSE(store.conversations.row(id)->value().promise.has_value());
    }
}

TEST_CASE("a contact's conversations are counted", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    const auto conversation = store.queued("a");
    store.queued("b");
    CHECK(store.conversations.count_of_contact(conversation.contact).value() == 1);
    CHECK(store.conversations.count_of_contact(ContactId("none")).value() == 0);
}

TEST_CASE("a row shows contact and lawyer by name once they are known", "[storage][desk]") {
    Store store(GENERATE(from_range(engines())));
    storage::Staff staff;
    staff.id = StaffId("s1");
    staff.login = "wang";
    staff.name = "王毅";
    REQUIRE(store.people.add_staff(staff, {}, store.clock.now()).has_value());
    const auto conversation = store.queued("a");
    CHECK(store.conversations.row(conversation.id)->value().contact_name.empty());
    auto turn = store.turn("a", "m2", "提交", "已收到");
    turn.effects = {dialogue::SubmitApplication{application("app1", 1)}};
    REQUIRE(store.commit(turn).has_value());
    REQUIRE(store.conversations.act(act_on(store, store.conversation("a"), desk::Owner::Human, "accept")).has_value());

    const auto row = store.conversations.row(conversation.id)->value();
    CHECK(row.contact_name == "王秀英");
    CHECK(row.contact_phone == "13812345678");
    CHECK(row.lawyer_name == "王毅");
    CHECK(row.handover->matter == "被拖欠工资三万元");
    CHECK(row.unread == 2);
    REQUIRE(store.conversations.mark_read(conversation.id).has_value());
    CHECK(store.conversations.row(conversation.id)->value().unread == 0);
    CHECK(store.conversations.row(conversation.id)->value().version == row.version);
    CHECK(store.conversations.list(DeskList::Mine, StaffId("s1"), {}, store.clock.now(), 10, "")->front().lawyer_name ==
          "王毅");
}

TEST_CASE("lists are named as the interface names them", "[storage][desk]") {
    const auto [name, list] = GENERATE(table<std::string, std::optional<DeskList>>({{"queued", DeskList::Queued},
                                                                                    {"mine", DeskList::Mine},
                                                                                    {"waiting", DeskList::Waiting},
                                                                                    {"overdue", DeskList::Overdue},
                                                                                    {"closed", DeskList::Closed},
                                                                                    {"everything", std::nullopt}}));
    CHECK(storage::desk_list_from(name) == list);
}
