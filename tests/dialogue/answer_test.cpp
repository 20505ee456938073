// Answers when sure, asks back when nearly sure, says so when not, and never ends in a dead end.
#include <catch2/catch.hpp>

#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;
using namespace std::chrono_literals;

namespace {

const kb::Hit kArrears = hit("T01-arrears", "老板拖欠工资不给，怎么要回来？", 10);
const kb::Hit kContractor = hit("T01-contractor", "包工头跑了，工钱找谁要？", 9.5);
const kb::Hit kDeposit = hit("T15-deposit", "房东不退押金怎么办？", 8);

}  // namespace

TEST_CASE("a clear question is answered with its law and what comes next", "[dialogue][answer]") {
    Talk talk;
    const auto& plan = talk.say("老板拖欠工资怎么办");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->search == "老板拖欠工资怎么办");
    CHECK(talk.looked_up->topic == "T01");
    CHECK(plan.decision == Decision::Answer);
    CHECK(plan.rule == "answer.entry");
    CHECK(plan.entry == EntryId{"T01-arrears"});
    CHECK(plan.confidence == 0.9);
    CHECK(plan.candidates.size() == 2);
    CHECK(plan.reply.kind == ReplyKind::Answer);
    CHECK(plan.reply.paragraphs.front() == "可以要回来。可以投诉，也可以仲裁。");
    REQUIRE(plan.reply.citations.size() == 1);
    CHECK(plan.reply.citations.front().in_force);
    CHECK(plan.reply.follow_ups == std::vector<std::string>{"没签合同怎么证明", "包工头跑了找谁", "申请法律援助"});
    CHECK(plan.reply.feedback);
    CHECK(plan.memory.topic == "T01");
}

TEST_CASE("the first reply says that a machine speaks, the second no more", "[dialogue][answer]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.says("我是法律援助中心的智能助手"));
    talk.say("房东不退押金怎么办");
    CHECK_FALSE(talk.says("智能助手"));
}

TEST_CASE("the introduction is never the headline", "[dialogue][answer]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kContractor, kDeposit});
    const auto said = GENERATE(as<std::string>{}, "老板拖欠工资怎么办", "是钱的事情吗", "彩礼退不退", "申请", "转人工",
                               "你好", "进度");
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.reply.note.find("智能助手") != std::string::npos);
    for (const auto& paragraph : talk.plan.reply.paragraphs)
        CHECK(paragraph.find("我是法律援助中心的智能助手") == std::string::npos);
}

TEST_CASE("a follow-up is asked by its number", "[dialogue][answer]") {
    Talk talk;
    talk.finds("没签合同", 0.7, {kArrears});
    talk.say("老板拖欠工资怎么办");
    talk.say("1");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->search == "没签合同怎么证明");
    CHECK(talk.plan.decision == Decision::Answer);
    CHECK(talk.plan.memory.asked.back() == "没签合同怎么证明");
}

TEST_CASE("the offer to apply stands after what aid covers, not after advice", "[dialogue][answer]") {
    Talk talk;
    talk.say("房东不退押金怎么办");
    CHECK(talk.plan.reply.follow_ups.back() != "申请法律援助");
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.plan.reply.follow_ups.back() == "申请法律援助");
    talk.say("3");
    CHECK(talk.plan.rule == "flow.start");
}

TEST_CASE("between the thresholds the bot asks back with titles", "[dialogue][clarify]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kContractor, kDeposit});
    talk.say("我说的是钱的事");
    CHECK(talk.plan.decision == Decision::Clarify);
    CHECK(talk.choices() ==
          std::vector<std::string>{kArrears.question, kContractor.question, kDeposit.question, "都不是"});
    SECTION("a number opens the entry") {
        talk.say("2");
        CHECK(talk.plan.decision == Decision::Answer);
        CHECK(talk.plan.entry == EntryId{"T01-contractor"});
        CHECK_FALSE(talk.looked_up.has_value());
    }
    SECTION("so does its text") {
        talk.say(kDeposit.question);
        CHECK(talk.plan.entry == EntryId{"T15-deposit"});
    }
    SECTION("so does a tap") {
        talk.tap(talk.plan.reply.choices[0].id, kArrears.question);
        CHECK(talk.plan.entry == EntryId{"T01-arrears"});
    }
    SECTION("none of these leads on") {
        talk.choose("都不是");
        CHECK(talk.plan.rule == "clarify.none_of_these");
        CHECK(talk.says("请直接说说经过"));
        CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    }
    SECTION("a short answer is read together with the question before it") {
        talk.say("工地上");
        REQUIRE(talk.looked_up.has_value());
        CHECK(talk.looked_up->search == "我说的是钱的事 工地上");
    }
}

TEST_CASE("a near tie of two entries is asked back, a certain answer is not", "[dialogue][clarify]") {
    Talk talk;
    const auto [confidence, decision] = GENERATE(table<double, Decision>(
        {{0.6, Decision::Clarify}, {0.9, Decision::Answer}, {0.3, Decision::Clarify}, {0.1, Decision::Fallback}}));
    CAPTURE(confidence);
    talk.finds("钱", confidence, {kArrears, kContractor});
    talk.say("老板欠钱找谁");
    CHECK(talk.plan.decision == decision);
}

TEST_CASE("two close hits on the same entry are no tie", "[dialogue][clarify]") {
    Talk talk;
    talk.finds("钱", 0.6, {kArrears, kArrears});
    talk.say("老板欠钱找谁");
    CHECK(talk.plan.decision == Decision::Answer);
}

TEST_CASE("a title typed word for word needs no asking back", "[dialogue][clarify]") {
    Talk talk;
    talk.finds("房东", 0.5, {kDeposit, kArrears});
    talk.say(kDeposit.question);
    CHECK(talk.plan.decision == Decision::Answer);
}

TEST_CASE("after two questions back a person is offered first", "[dialogue][clarify]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kDeposit});
    talk.say("钱的事吗");
    talk.say("就是钱吗");
    CHECK(talk.plan.rule == "clarify.choices");
    talk.say("还是钱吗");
    CHECK(talk.plan.rule == "clarify.human");
    CHECK(talk.choices().front() == "转人工");
}

TEST_CASE("unsure, the bot says so and shows the nearest questions", "[dialogue][fallback]") {
    Talk talk;
    talk.finds("彩礼", 0.1, {kArrears, kContractor, kDeposit, hit("T15-old", "房租涨了怎么办？", 7)});
    talk.say("彩礼退不退");
    CHECK(talk.plan.decision == Decision::Fallback);
    CHECK(talk.plan.reply.kind == ReplyKind::Unsure);
    CHECK(talk.says("这个问题我没有把握，怕说错耽误您。"));
    CHECK(talk.choices() ==
          std::vector<std::string>{kArrears.question, kContractor.question, kDeposit.question, "转人工"});
    SECTION("the second time in a row a person comes first") {
        talk.say("彩礼到底退不退");
        CHECK(talk.says("建议请值班律师看"));
        CHECK(talk.choices().front() == "转人工");
    }
    SECTION("an answer in between starts the count again") {
        talk.say("老板拖欠工资怎么办");
        talk.say("彩礼到底退不退");
        CHECK_FALSE(talk.says("建议请值班律师看"));
    }
}

TEST_CASE("hits far behind the best are not offered", "[dialogue][fallback]") {
    Talk talk;
    talk.finds("彩礼", 0.1, {kArrears, hit("T15-deposit", "房东不退押金怎么办？", 2)});
    talk.say("彩礼退不退");
    CHECK(talk.choices() == std::vector<std::string>{kArrears.question, "转人工"});
}

TEST_CASE("nothing found still leaves a door open", "[dialogue][fallback]") {
    Talk talk;
    talk.say("呼啦啦呼啦啦");
    CHECK(talk.plan.decision == Decision::Fallback);
    CHECK(talk.choices() == std::vector<std::string>{"转人工"});
}

TEST_CASE("an expired entry is not spoken with confidence", "[dialogue][fallback]") {
    Talk talk;
    talk.finds("房租", 0.9, {hit("T15-old", "房租涨了怎么办？", 9)});
    talk.say("房租涨了咋办");
    CHECK(talk.plan.decision == Decision::Fallback);
    CHECK(talk.plan.rule == "answer.expired");
    CHECK(talk.says("请律师回答更稳妥"));
}

TEST_CASE("wishes outside the knowledge base are met decently", "[dialogue][social]") {
    Talk talk;
    const auto [said, rule, words] = GENERATE(table<std::string, std::string, std::string>({
        {"你好", "social.greeting", "请直接说"},
        {"谢谢", "social.thanks", "不客气"},
        {"你真傻", "social.abuse", "转人工"},
        {"我要投诉你们", "service.complain", "12348"},
        {"想约个时间见律师", "service.appointment", "转人工"},
        {"股票涨不涨", "fallback.off_topic", "12345"},
        {"帮助", "command.help", "转人工"},
        {"取消", "command.cancel.nothing", "没有正在办的事"},
        {"上一步", "command.back.nothing", "没有正在办的事"},
    }));
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.rule == rule);
    CHECK(talk.says(words));
    CHECK(talk.plan.effects.empty());
}

TEST_CASE("a greeting offers topics that can be asked by number", "[dialogue][social]") {
    Talk talk;
    talk.say("你好");
    REQUIRE(talk.plan.reply.choices.size() == 7);  // six, and all others
    talk.say("1");
    CHECK(talk.plan.rule == "menu.groups");
}

TEST_CASE("a number without choices, and one beyond them, are explained", "[dialogue][choice]") {
    Talk talk;
    talk.say("3");
    CHECK(talk.plan.rule == "choice.none_offered");
    talk.say("老板拖欠工资怎么办");
    talk.say("9");
    CHECK(talk.plan.rule == "choice.out_of_range");
    CHECK(talk.says("1 到 3"));
    talk.say("1");
    CHECK(talk.looked_up->search == "没签合同怎么证明");
}

TEST_CASE("choices expire after a day, kindly", "[dialogue][choice]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kDeposit});
    talk.say("我说的是钱的事");
    const std::string id = talk.plan.reply.choices.front().id;
    SECTION("within the day they hold") {
        talk.clock.advance(24h);
        talk.say("1");
        CHECK(talk.plan.decision == Decision::Answer);
    }
    SECTION("by number") {
        talk.clock.advance(24h + 1s);
        talk.say("1");
        CHECK(talk.plan.rule == "choice.expired");
        CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    }
    SECTION("by tap") {
        talk.clock.advance(25h);
        talk.tap(id, kArrears.question);
        CHECK(talk.plan.rule == "choice.expired");
    }
    SECTION("by text they are simply asked again") {
        talk.clock.advance(25h);
        talk.say(kArrears.question);
        CHECK(talk.plan.decision == Decision::Answer);
    }
}

TEST_CASE("a button of an older card is read by its words", "[dialogue][choice]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kDeposit});
    talk.say("我说的是钱的事");
    const std::string old_id = talk.plan.reply.choices.back().id;
    talk.say("老板拖欠工资怎么办");
    talk.tap(old_id, "转人工");
    CHECK(talk.plan.rule == "command.human");
    talk.say("不等了");
    talk.tap("99.1", "");
    CHECK(talk.plan.rule == "choice.stale");
}

TEST_CASE("choice ids differ from those of every older card", "[dialogue][choice]") {
    Talk talk;
    talk.finds("钱", 0.4, {kArrears, kDeposit});
    talk.say("我说的是钱的事");
    const auto first = talk.plan.reply.choices;
    talk.say("钱的事吗");
    for (const auto& choice : talk.plan.reply.choices)
        for (const auto& old : first) CHECK(choice.id != old.id);
}

TEST_CASE("pictures and voice without words are answered with a way out", "[dialogue][media]") {
    Talk talk;
    talk.send({Media{.kind = Media::Kind::Image, .media_id = "m", .description = ""}});
    CHECK(talk.plan.rule == "notice.unreadable");
    CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    SECTION("the label of a place and the title of a link are no question") {
        const auto kind = GENERATE(Media::Kind::Location, Media::Kind::Link);
        talk.send({Media{.kind = kind, .media_id = "", .description = "老板拖欠工资怎么办"}});
        CHECK(talk.plan.rule == "notice.unreadable");
        CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    }
    SECTION("recognised speech is read like text") {
        talk.send({Media{.kind = Media::Kind::Voice, .media_id = "m", .description = "老板拖欠工资怎么办"}});
        CHECK(talk.plan.decision == Decision::Answer);
    }
}

TEST_CASE("whoever subscribes is welcomed with topics, entering again is silent", "[dialogue][event]") {
    Talk talk;
    talk.send({ContactEvent{ContactEvent::Kind::Subscribed, "subscribe"}});
    CHECK(talk.plan.rule == "event.welcome");
    CHECK(talk.choices().back() == "全部问题");
    CHECK(talk.says("智能助手"));
    talk.send({ContactEvent{ContactEvent::Kind::Entered, "enter"}});
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.plan.reply.empty());
    talk.send({ContactEvent{ContactEvent::Kind::Unsubscribed, "unsubscribe"}});
    CHECK(talk.plan.decision == Decision::Silent);
}

TEST_CASE("in a group general law is answered and nothing personal begins", "[dialogue][group]") {
    Talk talk;
    talk.conversation.key.group = true;
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.plan.decision == Decision::Answer);
    CHECK(talk.plan.reply.follow_ups == std::vector<std::string>{"没签合同怎么证明", "包工头跑了找谁"});
    const auto said = GENERATE(as<std::string>{}, "申请", "进度", "转人工");
    talk.say(said);
    CHECK(talk.plan.rule == "group.private");
    CHECK(talk.says("私聊"));
    CHECK_FALSE(talk.conversation.memory.flow.has_value());
    CHECK(talk.conversation.ownership.owner == desk::Owner::Bot);
    CHECK_FALSE(talk.looked_up.has_value());
}

TEST_CASE("a group's unsure answer offers no person there", "[dialogue][group]") {
    Talk talk;
    talk.conversation.key.group = true;
    talk.say("呼啦啦呼啦啦");
    CHECK(talk.choices().empty());
    CHECK(talk.says("私聊"));
    CHECK(talk.conversation.memory.recent.empty());
}

TEST_CASE("only the last few utterances and questions are remembered", "[dialogue][memory]") {
    Talk talk;
    for (int i = 0; i < 12; ++i) talk.say("问题" + std::to_string(i) + "工资怎么办");
    CHECK(talk.conversation.memory.recent.size() == 3);
    CHECK(talk.conversation.memory.asked.size() == 10);
    CHECK(talk.conversation.memory.asked.back() == "问题11工资怎么办");
    CHECK(talk.conversation.memory.turns == 12);
}

TEST_CASE("a question without a topic of its own borrows the last one", "[dialogue][answer]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    talk.say("要等多少天");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->topic == "T01");
}
