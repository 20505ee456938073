// The way to a person: queue, honest waits, promises, silence; and danger, which goes before everything.
#include <catch2/catch.hpp>

#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;
using namespace std::chrono_literals;
using desk::Owner;
using nlu::Risk;

namespace {

void close_the_desk(Talk& talk) {
    talk.findings.desk.on_duty = false;
    talk.findings.desk.lawyers_online = 0;
    talk.findings.desk.next_opening = start_of_china_day(*parse_iso_date("2026-11-25")) + 9h;
}

}  // namespace

TEST_CASE("asking for a person queues the conversation with its sheet", "[dialogue][handoff]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    talk.say("转人工");
    CHECK(talk.plan.decision == Decision::Handoff);
    CHECK(talk.plan.rule == "command.human");
    CHECK(talk.plan.ownership.owner == Owner::Queued);
    CHECK(talk.plan.ownership.waiting_since == talk.clock.now());
    CHECK(talk.says("前面还有2位，大约等15分钟。"));
    CHECK(talk.says("不用重说"));
    CHECK_FALSE(talk.looked_up.has_value());
    const auto* queue = talk.effect<QueueForLawyer>();
    REQUIRE(queue);
    CHECK_FALSE(queue->risk);
    CHECK(queue->handover.reason == "咨询人要求转人工");
    CHECK(queue->handover.matter == "欠薪：老板拖欠工资怎么办");
    CHECK(queue->handover.answered == "老板拖欠工资不给，怎么要回来？");
    CHECK(queue->handover.unclear.empty());
    CHECK(queue->handover.turns == 1);
    CHECK(talk.effect<MakePromise>() == nullptr);
}

TEST_CASE("what was left open is on the sheet, and nothing is on it twice", "[dialogue][handoff]") {
    Talk talk;
    SECTION("where nothing was answered, all of it is open") {
        talk.say("彩礼退不退");
        talk.say("找个人跟我说");
        const auto* queue = talk.effect<QueueForLawyer>();
        REQUIRE(queue);
        CHECK(queue->handover.reason == "智能助手没有把握，咨询人要求转人工");
        CHECK(queue->handover.matter.ends_with("彩礼退不退"));
        CHECK(queue->handover.unclear.empty());
    }
    SECTION("after an answer, what came later") {
        talk.say("老板拖欠工资怎么办");
        talk.say("彩礼退不退");
        talk.say("找个人跟我说");
        const auto* queue = talk.effect<QueueForLawyer>();
        REQUIRE(queue);
        CHECK(queue->handover.matter == "欠薪：老板拖欠工资怎么办");
        CHECK(queue->handover.unclear == "彩礼退不退");
    }
}

TEST_CASE("the wait is told as it is", "[dialogue][handoff]") {
    Talk talk;
    const auto [position, online, words] = GENERATE(table<int, int, std::string>({
        {1, 1, "下一位就是您，大约等5分钟。"},
        {4, 2, "前面还有3位，大约等10分钟。"},
        {3, 0, "前面还有2位，要等多久现在说不准。"},
        {1, 0, "下一位就是您，要等多久现在说不准。"},
    }));
    talk.findings.queue_position = position;
    talk.findings.desk.lawyers_online = online;
    talk.say("转人工");
    CHECK(talk.says(words));
}

TEST_CASE("out of hours the true time is told and becomes a stored promise", "[dialogue][handoff]") {
    Talk talk;
    close_the_desk(talk);
    talk.say("转人工");
    CHECK(talk.plan.ownership.owner == Owner::Queued);
    CHECK(talk.says("现在没有律师值班，明天9:00上班。"));
    CHECK(talk.says("明天9:30前给您回复"));
    const auto* promise = talk.effect<MakePromise>();
    REQUIRE(promise);
    CHECK(promise->kind == "reply");
    CHECK(promise->due == talk.findings.desk.next_opening + 30min);
    CHECK(talk.choices() == std::vector<std::string>{"留言", "申请法律援助", "打12348", "不等了"});
    SECTION("a message can be left and is confirmed once") {
        talk.choose("留言");
        CHECK(talk.says("请把事情写下来"));
        talk.say("在工地干了八个月");
        CHECK(talk.says("已经记下"));
        talk.say("还有工友三个");
        CHECK(talk.plan.decision == Decision::Silent);
    }
    SECTION("the application can be filled while waiting") {
        talk.choose("申请法律援助");
        CHECK(talk.plan.rule == "flow.start");
        CHECK(talk.plan.ownership.owner == Owner::Queued);
        talk.say("我自己");
        CHECK(talk.step() == "name");
    }
    SECTION("the number is told") {
        talk.choose("打12348");
        CHECK(talk.says("请拨12348"));
    }
    SECTION("nobody has to wait") {
        talk.choose("不等了");
        CHECK(talk.plan.ownership.owner == Owner::Bot);
    }
}

TEST_CASE("times are told as today, tomorrow or a date", "[dialogue][handoff]") {
    Talk talk;
    close_the_desk(talk);
    const auto [date, words] = GENERATE(table<const char*, std::string>({{"2026-11-24", "今天9:30前"},
                                                                         {"2026-11-25", "明天9:30前"},
                                                                         {"2026-11-30", "11月30日9:30前"},
                                                                         {"2027-01-04", "2027年1月4日9:30前"}}));
    talk.findings.desk.next_opening = start_of_china_day(*parse_iso_date(date)) + 9h;
    talk.say("转人工");
    CHECK(talk.says(words));
}

TEST_CASE("while waiting the bot notes once and then keeps silent", "[dialogue][queue]") {
    Talk talk;
    talk.say("转人工");
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.plan.rule == "queued.noted");
    CHECK(talk.says("律师接入后会看到"));
    talk.say("房东不退押金怎么办");
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.plan.reply.empty());
    SECTION("asked again, it tells the place without queueing twice") {
        talk.findings.queue_position = 2;
        talk.say("转人工");
        CHECK(talk.plan.rule == "command.human.again");
        CHECK(talk.says("前面还有1位"));
        CHECK(talk.effect<QueueForLawyer>() == nullptr);
    }
    SECTION("progress tells the place too") {
        talk.say("进度");
        CHECK(talk.says("您正在排队等律师"));
        CHECK(talk.says("前面还有2位"));
    }
    SECTION("cancelling gives the conversation back to the bot") {
        talk.say("取消");
        CHECK(talk.plan.ownership.owner == Owner::Bot);
        talk.say("老板拖欠工资怎么办");
        CHECK(talk.plan.decision == Decision::Answer);
    }
    SECTION("danger is always answered") {
        talk.say("他正在打我");
        CHECK(talk.plan.decision == Decision::Safety);
    }
}

TEST_CASE("while a lawyer owns the conversation the bot is silent", "[dialogue][queue]") {
    Talk talk;
    talk.conversation.ownership = {
        .owner = Owner::Human, .lawyer = StaffId{"wang"}, .waiting_since = {}, .queued_at = {}};
    const auto said = GENERATE(as<std::string>{}, "老板拖欠工资怎么办", "我想找个人跟我说", "你好", "取消", "1");
    talk.say(said);
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.plan.reply.empty());
    CHECK(talk.plan.effects.empty());
    CHECK_FALSE(talk.looked_up.has_value());
    CHECK(talk.plan.ownership.owner == Owner::Human);
    CHECK(talk.plan.ownership.waiting_since == talk.clock.now());
}

TEST_CASE("an order given to a lawyer's conversation is noted, not carried out", "[dialogue][queue]") {
    Talk talk;
    talk.conversation.ownership = {
        .owner = Owner::Human, .lawyer = StaffId{"wang"}, .waiting_since = {}, .queued_at = {}};
    const auto [said, words, wants] = GENERATE(table<std::string, std::string, bool>({
        {"转人工", "律师已经在和您说话，直接说就行。", false},
        {"查询我的申请", "申请的进度请直接问律师", false},
        {"我想申请法律援助", "律师和您说完后，我接着帮您办申请。", true},
    }));
    talk.say(said);
    CHECK(talk.plan.decision == Decision::Notice);
    CHECK(talk.says(words));
    CHECK(talk.plan.reply.paragraphs.size() == 1);
    CHECK(talk.plan.reply.note.empty());
    CHECK(talk.plan.effects.empty());
    CHECK(talk.plan.ownership.owner == Owner::Human);
    CHECK(talk.conversation.memory.wants_to_apply == wants);
    talk.conversation.ownership = {};  // the lawyer has left
    talk.say("申请");
    CHECK(talk.plan.rule == "flow.start");
    CHECK_FALSE(talk.conversation.memory.wants_to_apply);
}

TEST_CASE("lists show what people tell, not what they order or tap", "[dialogue][queue]") {
    Talk talk;
    CHECK(talk.say("老板拖欠工资怎么办").tells);
    CHECK_FALSE(talk.say("1").tells);
    CHECK_FALSE(talk.say("转人工").tells);
    CHECK_FALSE(talk.choose("不等了").tells);
    CHECK_FALSE(talk.send({ContactEvent{ContactEvent::Kind::Subscribed, ""}}).tells);
    CHECK(talk.send({Media{Media::Kind::Image, "m", ""}}).tells);
    talk.apply_until("story");
    CHECK(talk.say("在工地干了八个月，老板没给钱").tells);
    CHECK_FALSE(talk.say("张老板").tells);
    CHECK_FALSE(talk.say("雁塔区").tells);
}

TEST_CASE("danger in a lawyer's conversation alerts the desk without a second voice", "[dialogue][safety]") {
    Talk talk;
    talk.conversation.ownership = {
        .owner = Owner::Human, .lawyer = StaffId{"wang"}, .waiting_since = {}, .queued_at = {}};
    talk.say("我不想活了");
    CHECK(talk.plan.decision == Decision::Silent);
    CHECK(talk.plan.reply.empty());
    REQUIRE(talk.effect<AlertDesk>());
    CHECK(talk.effect<AlertDesk>()->risks == std::vector<Risk>{Risk::SelfHarm});
}

TEST_CASE("a closed conversation wakes up with the bot", "[dialogue][queue]") {
    Talk talk;
    talk.conversation.ownership.owner = Owner::Closed;
    talk.say("老板拖欠工资怎么办");
    CHECK(talk.plan.decision == Decision::Answer);
    CHECK(talk.plan.ownership.owner == Owner::Bot);
}

TEST_CASE("each danger is met with its number first and a person", "[dialogue][safety]") {
    Talk talk;
    const auto [said, rule, number] = GENERATE(table<std::string, std::string, std::string>({
        {"我不想活了", "safety.self_harm", "12356"},
        {"老公正在打我", "safety.violence_now", "110"},
        {"孩子被人欺负", "safety.child", "110"},
        {"再不给钱，我就跳楼", "safety.wage_extreme", "110"},
        {"老人走丢了", "safety.missing_elder", "110"},
        {"家里着火了", "safety.medical_fire", "119"},
        {"我老公被抓走了", "safety.detained", "12348"},
        {"我正在转账给客服", "safety.scam_now", "110"},
        {"我要弄死他", "safety.threat", "110"},
    }));
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.plan.decision == Decision::Safety);
    CHECK(talk.plan.rule == rule);
    CHECK(talk.plan.reply.kind == ReplyKind::Safety);
    CHECK(talk.plan.reply.paragraphs.front().find(number) != std::string::npos);
    CHECK(talk.plan.reply.citations.empty());
    REQUIRE(talk.effect<AlertDesk>());
    REQUIRE(talk.effect<QueueForLawyer>());
    CHECK(talk.effect<QueueForLawyer>()->risk);
    CHECK(talk.plan.ownership.owner == Owner::Queued);
    CHECK_FALSE(talk.says("智能助手"));  // the number stands alone
    CHECK_FALSE(talk.looked_up.has_value());
}

TEST_CASE("of several dangers the one where minutes count is answered", "[dialogue][safety]") {
    Talk talk;
    talk.say("老人走丢了，家里着火");
    CHECK(talk.plan.rule == "safety.medical_fire");
    CHECK(talk.effect<AlertDesk>()->risks.size() == 2);
}

TEST_CASE("danger told in pieces is heard", "[dialogue][safety]") {
    Talk talk;
    talk.say("老板就是不给钱");
    CHECK(talk.plan.decision != Decision::Safety);
    talk.say("我就跳下去");
    CHECK(talk.plan.rule == "safety.wage_extreme");
    SECTION("and is not raised again by the next ordinary message") {
        talk.say("好");
        CHECK(talk.plan.decision != Decision::Safety);
    }
}

TEST_CASE("out of hours danger gets the true time as a promise", "[dialogue][safety]") {
    Talk talk;
    close_the_desk(talk);
    talk.say("我不想活了");
    CHECK(talk.says("明天9:30前律师会回复您"));
    REQUIRE(talk.effect<MakePromise>());
    CHECK(talk.effect<MakePromise>()->due == talk.findings.desk.next_opening + 30min);
}

TEST_CASE("in quiet mode nothing on the screen names violence", "[dialogue][safety]") {
    Talk talk;
    talk.finds("保护令", 0.9, {hit("T07-order", "挨打了怎么申请人身安全保护令？", 9)});
    talk.finds("怎么离开", 0.4,
               {hit("T07-order", "挨打了怎么申请人身安全保护令？", 9), hit("T15-deposit", "房东不退押金怎么办？", 8)});
    const auto names_violence = [&] { return talk.says("暴") || talk.says("打人") || talk.says("挨打"); };
    talk.say("老公正在打我");
    CHECK(talk.conversation.memory.quiet);
    CHECK_FALSE(names_violence());
    talk.conversation.ownership = {};  // a lawyer has given it back to the bot
    SECTION("an entry on violence is left to the lawyer") {
        talk.say("保护令怎么申请");
        CHECK(talk.plan.rule == "answer.quiet");
        CHECK_FALSE(names_violence());
        CHECK(talk.choices() == std::vector<std::string>{"转人工"});
    }
    SECTION("its title is not offered") {
        talk.say("怎么离开");
        CHECK_FALSE(names_violence());
        CHECK(talk.choices() == std::vector<std::string>{"房东不退押金怎么办？", "都不是"});
    }
    SECTION("the form veils its topic") {
        talk.apply_until("topic");
        CHECK_FALSE(talk.says("动手"));
        CHECK(talk.says("家里的事"));
    }
    SECTION("other law is answered as always") {
        talk.say("房东不退押金怎么办");
        CHECK(talk.plan.decision == Decision::Answer);
    }
}

TEST_CASE("whoever cancels after danger stays in the lawyers' view", "[dialogue][safety]") {
    Talk talk;
    talk.say("老公正在打我");
    talk.say("取消");
    CHECK(talk.plan.ownership.owner == Owner::Queued);
    CHECK(talk.says("不会打电话给您"));
}

TEST_CASE("in a group danger gets the number and an alert but no queue", "[dialogue][safety]") {
    Talk talk;
    talk.conversation.key.group = true;
    talk.say("我不想活了");
    CHECK(talk.plan.decision == Decision::Safety);
    CHECK(talk.says("12356"));
    CHECK(talk.effect<AlertDesk>());
    CHECK(talk.effect<QueueForLawyer>() == nullptr);
    CHECK(talk.plan.ownership.owner == Owner::Bot);
}

TEST_CASE("progress lists the contact's applications with state and due day", "[dialogue][progress]") {
    Talk talk;
    SECTION("none yet") {
        talk.say("进度");
        REQUIRE(talk.looked_up.has_value());
        CHECK(talk.looked_up->applications);
        CHECK(talk.looked_up->search.empty());
        CHECK(talk.says("还没有查到您的申请"));
        CHECK(talk.choices() == std::vector<std::string>{"申请法律援助", "转人工"});
    }
    casework::Application application;
    application.number = "秦川援申〔2026〕第7号";
    application.matter = "请求支付劳动报酬";
    application.state = casework::State::UnderReview;
    application.submitted_at = talk.clock.now();
    application.facts = {{"name", "王秀英"}};
    SECTION("one under review") {
        talk.findings.applications = {application};
        talk.say("进度");
        CHECK(talk.says("秦川援申〔2026〕第7号，请求支付劳动报酬：审查中。最晚12月1日前有决定。"));
        CHECK_FALSE(talk.says("王秀英"));
    }
    SECTION("one that waits for papers") {
        application.state = casework::State::Supplement;
        application.paused_at = talk.clock.now();
        application.missing = {"身份证复印件", "收入证明"};
        talk.findings.applications = {application};
        talk.say("进度");
        CHECK(talk.says("办理时间暂停"));
        CHECK(talk.says("还缺：身份证复印件、收入证明。"));
        CHECK_FALSE(talk.says("最晚"));
    }
    SECTION("at most three") {
        talk.findings.applications = {application, application, application, application};
        talk.say("进度");
        REQUIRE(talk.plan.reply.sections.size() == 1);
        CHECK(talk.plan.reply.sections[0].items.size() == 3);
    }
}
