// Messages that come in pieces, name only a topic, or mean nothing: nobody is told that we could not help.
#include <catch2/catch.hpp>

#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;
using namespace std::chrono_literals;

TEST_CASE("whoever has not asked yet is nodded to once and then heard out", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    talk.say("我想问");
    CHECK(talk.plan.rule == "fragment.listening");
    CHECK(talk.text() == "您接着说，我听着。");
    CHECK(talk.plan.waits);
    CHECK_FALSE(talk.looked_up.has_value());
    talk.say("一下");
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.plan.waits);
    talk.say("那个");
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.conversation.memory.unsure == 0);
    CHECK(talk.conversation.memory.asked.empty());
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.looked_up->search == "老板拖欠工资怎么办");  // the throat cleared before it blurs nothing
    CHECK(talk.plan.decision == Decision::Answer);
    CHECK_FALSE(talk.plan.waits);
    CHECK(talk.says("智能助手"));  // said with the first real answer
    CHECK_FALSE(talk.conversation.memory.fragment.has_value());
}

TEST_CASE("a question told in pieces is searched for as one", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    talk.say("那个人");
    CHECK(talk.plan.rule == "fragment.listening");
    talk.say("这个");
    talk.say("不退我押金");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->search == "那个人不退我押金");
    CHECK(talk.looked_up->topic == "T15");
    CHECK(talk.conversation.memory.asked.back() == "那个人 不退我押金");
}

TEST_CASE("a sentence that breaks off waits for its end", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    talk.say("老板欠我三个月工资，");
    CHECK(talk.plan.rule == "fragment.listening");
    talk.say("怎么才能要回来");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->search == "老板欠我三个月工资,怎么才能要回来");
    CHECK(talk.plan.decision == Decision::Answer);
}

TEST_CASE("pieces are joined within a minute", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    talk.say("那个");
    SECTION("at its end they still are") {
        talk.clock.advance(60s);
        talk.say("一下");
        CHECK(talk.plan.decision == Decision::Silent);
    }
    SECTION("later it is a new beginning") {
        talk.clock.advance(61s);
        talk.say("一下");
        CHECK(talk.plan.rule == "fragment.listening");
    }
}

TEST_CASE("an order, a greeting and a danger are no fragments", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    talk.say("我想问");
    const auto [said, rule] = GENERATE(table<std::string, std::string>({
        {"转人工", "command.human"},
        {"人呢", "command.human"},
        {"你好", "social.greeting"},
        {"谢谢", "social.thanks"},
        {"救命", "safety.violence_now"},
        {"几点下班", "centre.info"},
    }));
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.rule == rule);
    CHECK_FALSE(talk.plan.waits);
    CHECK_FALSE(talk.conversation.memory.fragment.has_value());
}

TEST_CASE("a short answer to our question is an answer", "[dialogue][burst]") {
    Talk talk;
    talk.finds("钱", 0.4, {hit("T01-arrears", "老板拖欠工资不给，怎么要回来？", 10)});
    talk.say("我说的是钱的事");
    REQUIRE(talk.plan.decision == Decision::Clarify);
    talk.say("工地上");
    REQUIRE(talk.looked_up.has_value());
    CHECK_FALSE(talk.plan.waits);
}

TEST_CASE("what means nothing is not searched for", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    const auto said =
        GENERATE(as<std::string>{}, "长长长长", "工工工工", "。。。", "？？？", "😀", "啊啊啊啊", "1111111");
    CAPTURE(said);
    talk.say(said);
    CHECK_FALSE(talk.looked_up.has_value());
    CHECK(talk.plan.rule == "notice.unclear");
    CHECK(talk.says("没看懂您的意思"));
    CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    CHECK(talk.conversation.memory.unsure == 0);
}

TEST_CASE("a person is found in every wording", "[dialogue][burst]") {
    Talk talk(shipped_reader());
    const auto said =
        GENERATE(as<std::string>{}, "不要机器人", "叫个人来", "来个真人", "人呢", "有人吗", "找个律师说话");
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.rule == "command.human");
}

TEST_CASE("the service tells its own hours, number and door", "[dialogue][centre]") {
    Talk talk(shipped_reader());
    const auto said =
        GENERATE(as<std::string>{}, "电话多少", "你们电话", "几点下班", "周末上班吗", "地址在哪", "在哪里");
    CAPTURE(said);
    SECTION("asked of the bot") {
        talk.say(said);
        CHECK_FALSE(talk.looked_up.has_value());
        CHECK(talk.plan.rule == "centre.info");
        CHECK(talk.says("这里是秦川县法律援助中心。"));
        CHECK(talk.says("周一到周五，9:00到17:30。"));
        CHECK(talk.says("现在有律师值班"));
        CHECK(talk.says("电话：12348。"));
        CHECK(talk.says("请打12348问"));
        CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    }
    SECTION("asked while waiting, nobody is queued twice") {
        talk.say("转人工");
        talk.say(said);
        CHECK(talk.plan.rule == "centre.info");
        CHECK(talk.choices().empty());
    }
    SECTION("asked inside the interview, the question stays open") {
        talk.apply_until("topic");
        talk.say(said);
        CHECK(talk.plan.rule == "centre.info");
        CHECK(talk.plan.reply.paragraphs.back() == "想办的是哪一类事？");
    }
    SECTION("out of hours") {
        talk.findings.desk.on_duty = false;
        talk.findings.desk.next_opening = start_of_china_day(*parse_iso_date("2026-11-25")) + 9h;
        talk.say(said);
        CHECK(talk.says("现在没有律师值班，明天9:00上班。"));
    }
}

TEST_CASE("the address is told where the centre has given one", "[dialogue][centre]") {
    auto sources = shipped_sources();
    sources.centre_address = "人民路1号";
    sources.hours = {.opens = 8h + 30min, .closes = 18h, .weekends = true};
    const auto planner = make_planner(sources, shipped_calendar(), shipped_reader()).value();
    Message message;
    message.parts = {Text{"你们在哪"}};
    const auto plan = planner->plan({}, message, shipped_reader()->read("你们在哪"), {}, *fixture_base(), {}, {});
    const std::string text = plain_text(plan.reply, {});
    CHECK(text.find("地址：人民路1号。") != std::string::npos);
    CHECK(text.find("每天8:30到18:00") != std::string::npos);
}

TEST_CASE("whoever names a topic is shown what it has", "[dialogue][clarify]") {
    Talk talk;
    const kb::Hit deposit = hit("T15-deposit", "房东不退押金怎么办？", 9);
    const kb::Hit contractor = hit("T01-contractor", "包工头跑了，工钱找谁要？", 8);
    const std::string arrears = "老板拖欠工资不给，怎么要回来？";
    SECTION("by its name alone, whatever sounds alike") {
        talk.finds("工资方面", 0.9, {deposit, contractor});
        talk.say("工资方面");
        CHECK(talk.plan.rule == "clarify.topic");
        CHECK(talk.says("您说的是欠薪方面的事"));
        CHECK(talk.choices() == std::vector<std::string>{arrears, contractor.question, "都不是"});
        talk.say("1");
        CHECK(talk.plan.entry == EntryId{"T01-arrears"});
    }
    SECTION("clearly enough: its titles come first") {
        talk.finds("工资的事", 0.4, {deposit, contractor});
        talk.say("我说的是工资的事");
        CHECK(talk.choices() == std::vector<std::string>{contractor.question, deposit.question, "都不是"});
    }
    SECTION("what the index found of other topics is neither filled up nor called by the topic's name") {
        talk.finds("工资的事", 0.4, {deposit});
        talk.say("我说的是工资的事");
        CHECK(talk.choices() == std::vector<std::string>{deposit.question, "都不是"});
        CHECK_FALSE(talk.says("欠薪方面"));
    }
}

TEST_CASE("the lawyer's sheet holds all that was asked and what it speaks of most", "[dialogue][handoff]") {
    Talk talk;
    talk.say("工地上受伤摔断了腿怎么赔");
    talk.say("受伤以后老板不管");
    talk.say("房东不退押金怎么办");
    talk.say("转人工");
    const auto* queue = talk.effect<QueueForLawyer>();
    REQUIRE(queue);
    CHECK(queue->handover.matter == "干活受伤：工地上受伤摔断了腿怎么赔；受伤以后老板不管；房东不退押金怎么办");
}
