// Danger as people really tell it, in whole conversations: heard once, not heard again in old words, answered rightly.
#include <catch2/catch.hpp>

#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;
using namespace std::chrono_literals;
using nlu::Risk;

TEST_CASE("danger once met is not met again in what is said afterwards", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    talk.say("老板拖欠工资怎么办");
    talk.say("我不想活了");
    REQUIRE(talk.plan.rule == "safety.self_harm");
    SECTION("an order is carried out") {
        talk.say("转人工");
        CHECK(talk.plan.rule == "command.human.again");
        CHECK_FALSE(talk.says("12333"));
    }
    SECTION("small words get their own answer") {
        talk.conversation.ownership = {};
        talk.say("今天天气");
        CHECK(talk.plan.decision != Decision::Safety);
    }
    SECTION("another danger is another alarm") {
        talk.say("他正在打我");
        CHECK(talk.plan.rule == "safety.violence_now");
    }
}

TEST_CASE("pieces of one burst are heard together, a whole question between ends it", "[dialogue][safety]") {
    Talk talk;
    talk.say("老板就是不给钱");
    SECTION("at once") {
        talk.say("我就跳下去");
        CHECK(talk.plan.rule == "safety.wage_extreme");
    }
    SECTION("with an order between") {
        talk.say("帮助");
        talk.say("我就跳下去");
        CHECK(talk.plan.rule == "safety.wage_extreme");
    }
    SECTION("not across a question") {
        talk.say("押金怎么退");
        talk.say("我就跳下去");
        CHECK(talk.plan.decision != Decision::Safety);
    }
    SECTION("not the next day") {
        talk.clock.advance(24h);
        talk.say("我就跳下去");
        CHECK(talk.plan.decision != Decision::Safety);
    }
    SECTION("and an order is no piece") {
        talk.say("转人工");
        CHECK(talk.plan.rule == "command.human");
    }
}

TEST_CASE("danger told character by character is heard", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    talk.say("他正在");
    talk.say("打我");
    CHECK(talk.plan.rule == "safety.violence_now");
}

TEST_CASE("whoever takes poison is given the doctor and somebody to talk to", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    const auto said = GENERATE(as<std::string>{}, "我准备喝农药", "吃了安眠药", "我割腕了");
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.rule == "safety.self_harm");
    CHECK(talk.plan.reply.paragraphs.front().find("120") != std::string::npos);
    CHECK(talk.says("12356"));
    CHECK_FALSE(talk.says("119"));
}

TEST_CASE("a child gets the child's card", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    const auto said = GENERATE(as<std::string>{}, "孩子被他爸锁在家里不给饭吃", "我妈把我锁在家里，不让我上学，我13岁",
                               "14岁被老师强奸", "我今年12岁，我爸打我");
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.rule == "safety.child");
    CHECK(talk.says("12355"));
}

TEST_CASE("a climb for wages is met although nobody names them", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    talk.say("我要去堵门爬塔吊");
    CHECK(talk.plan.rule == "safety.wage_extreme");
}

TEST_CASE("a blow told as past is answered with what the beaten need", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    const auto said = GENERATE(as<std::string>{}, "额屋里那口子天天打额，额想离婚", "我老公昨天打我了，我该咋办");
    CAPTURE(said);
    SECTION("though the index is not sure") {
        talk.finds("离婚", 0.2, {hit("T15-deposit", "房东不退押金怎么办？", 9)});
        talk.say(said);
        REQUIRE(talk.looked_up.has_value());
        CHECK(talk.looked_up->topic == "T07");
        CHECK(talk.plan.decision == Decision::Answer);
        CHECK(talk.plan.rule == "answer.told");
        CHECK(talk.plan.entry == EntryId{"T07-beaten"});
        CHECK(talk.says("110"));
        CHECK_FALSE(talk.conversation.memory.quiet);
    }
    SECTION("and with the index's own answer where it has one") {
        talk.finds("打我", 0.9, {hit("T07-order", "挨打了怎么申请人身安全保护令？", 9)});
        talk.say(said);
        CHECK(talk.plan.entry == EntryId{"T07-order"});
    }
}

TEST_CASE("a blow by nobody named is asked about with care", "[dialogue][safety]") {
    Talk talk(shipped_reader());
    talk.say("他昨天打我了");
    CHECK(talk.plan.rule == "clarify.told");
    CHECK(talk.says("马上打110"));
    CHECK(talk.choices().front() == "被家里人打了，现在该怎么办？");
}

TEST_CASE("who has been told that a lawyer looks is not offered one", "[dialogue][safety]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    talk.say("我不想活了");
    CHECK(talk.says("已经请值班律师看您的消息"));
    CHECK(talk.choices().empty());
    SECTION("and no number opens what stood there before") {
        talk.say("1");
        CHECK(talk.plan.rule != "answer.entry");
    }
}

TEST_CASE("the lawyer's sheet says what the danger was", "[dialogue][safety]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    talk.say("我不想活了");
    REQUIRE(talk.effect<QueueForLawyer>());
    CHECK(talk.effect<QueueForLawyer>()->handover.matter == "欠薪：老板拖欠工资怎么办；我不想活了");
}
