// The application interview, told as conversations.
#include <catch2/catch.hpp>

#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;
using namespace std::chrono_literals;

TEST_CASE("applying begins with one question and why it is asked", "[dialogue][intake]") {
    Talk talk;
    const auto said = GENERATE(as<std::string>{}, "申请", "申请法律援助", "我想申请法律援助");
    talk.say(said);
    CHECK(talk.plan.decision == Decision::Flow);
    CHECK(talk.plan.rule == "flow.start");
    CHECK(talk.plan.reply.kind == ReplyKind::Intake);
    CHECK(talk.says("只给办案的人看"));
    CHECK(talk.plan.reply.paragraphs.back() == "这次是给谁申请？");
    CHECK(talk.plan.reply.why == "为什么要问：替别人申请，要多看一份关系证明。");
    CHECK(talk.plan.reply.progress == Progress{1, 7, "您的情况"});
    CHECK(talk.choices() == std::vector<std::string>{"我自己", "替家里人或别人"});
    CHECK(talk.step() == "who");
}

TEST_CASE("how to apply is a question, not an order", "[dialogue][intake]") {
    Talk talk;
    talk.say("想申请法律援助要多少钱");
    CHECK_FALSE(talk.conversation.memory.flow.has_value());
    REQUIRE(talk.looked_up.has_value());
}

TEST_CASE("a whole application from the first word to its number", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("review");
    CHECK(talk.plan.reply.progress == Progress{7, 7, "核对"});
    REQUIRE(talk.plan.reply.sections.size() == 1);
    const auto& items = talk.plan.reply.sections[0].items;
    CHECK(items[1] == "姓名：王秀英");
    CHECK(items[3] == "现在住哪里：西安市周至县");
    CHECK(items[4] == "什么事：讨工资");
    CHECK(items[10] == "电话：138****5678");
    CHECK_FALSE(talk.says("13812345678"));

    talk.say("确认");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.looked_up->next_serial);
    CHECK(talk.plan.rule == "flow.submit");
    CHECK(talk.says("已提交，不等于已批准。您的编号：秦川援申〔2026〕第7号。"));
    CHECK(talk.says("最晚12月1日"));
    CHECK(talk.says("很可能符合条件"));
    CHECK(talk.says("工资条、考勤或转账记录"));
    CHECK_FALSE(talk.says("病历"));
    CHECK_FALSE(talk.conversation.memory.flow.has_value());

    const auto* submitted = talk.effect<SubmitApplication>();
    REQUIRE(submitted);
    const auto& application = submitted->application;
    CHECK(application.state == casework::State::Submitted);
    CHECK(application.id == ApplicationId{"application"});
    CHECK(application.number == "秦川援申〔2026〕第7号");
    CHECK(application.serial == 7);
    CHECK(application.year == 2026);
    CHECK(application.topic == "T01");
    CHECK(application.matter == "请求支付劳动报酬");
    CHECK(application.contact == ContactId{"contact"});
    CHECK(application.submitted_at == talk.clock.now());
    CHECK(application.facts.at("name") == "王秀英");
    CHECK(application.facts.at("phone") == "13812345678");
    CHECK(application.facts.at("home_code") == "610124");
    CHECK(application.facts.at("hardship") == "migrant");
    CHECK_FALSE(application.facts.contains("relation"));
    CHECK_FALSE(application.urgent);
    CHECK(talk.effect<AlertDesk>() == nullptr);
}

TEST_CASE("one sentence may answer several questions", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("name");
    talk.say("我叫王秀英，六十二了，周至的");
    CHECK(talk.facts().at("name") == "王秀英");
    CHECK(talk.facts().at("age") == "62");
    CHECK(talk.facts().at("home") == "西安市周至县");
    CHECK(talk.facts().at("home_code") == "610124");
    CHECK(talk.step() == "topic");
    CHECK(talk.says("记下了：年龄62、现在住哪里西安市周至县。"));
}

TEST_CASE("what the conversation was about is not asked again", "[dialogue][intake]") {
    Talk talk;
    talk.say("老板拖欠工资怎么办");
    talk.apply_until("story");
    CHECK(talk.facts().at("topic") == "T01");
}

TEST_CASE("applying for somebody asks for the relation", "[dialogue][intake]") {
    Talk talk;
    talk.say("申请");
    talk.say("给我妈申请");
    CHECK(talk.step() == "relation");
    talk.say("儿子");
    CHECK(talk.step() == "name");
    CHECK(talk.facts().at("relation") == "儿子");
}

TEST_CASE("a question in between is answered and the step asked again", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("phone");
    talk.say("对了，押金能不能退");
    REQUIRE(talk.looked_up.has_value());
    CHECK(talk.plan.decision == Decision::Answer);
    CHECK(talk.plan.rule == "flow.digression");
    CHECK(talk.plan.entry == EntryId{"T15-deposit"});
    CHECK(talk.says("押金应当退。"));
    CHECK(talk.says("咱们接着填申请。"));
    CHECK(talk.plan.reply.paragraphs.back() == "打哪个电话能找到您？");
    CHECK(talk.step() == "phone");
    talk.say("13812345678");
    CHECK(talk.step() == "consent");
}

TEST_CASE("the story may sound like a question or an order and is still the story", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("story");
    const auto told = GENERATE(as<std::string>{}, "老板拖欠工资八个月怎么办", "我想申请法律援助把工资要回来",
                               "一直没找到人，也想找个人跟我说说这件事");
    talk.say(told);
    CHECK(talk.facts().at("story") == told);
    CHECK(talk.step() == "opponent");
}

TEST_CASE("a question the index does not know is not a digression", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("phone");
    talk.say("这个要多少时间");
    CHECK(talk.plan.rule == "flow.phone");
    CHECK(talk.says("手机号是11位"));
}

TEST_CASE("going back keeps the answers and shows the one before", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("home");
    talk.say("上一步");
    CHECK(talk.step() == "age");
    CHECK(talk.says("您刚才填的是：62。"));
    talk.say("上一步");
    CHECK(talk.step() == "name");
    CHECK(talk.says("您刚才填的是：王秀英。"));
    talk.say("王秀兰");
    CHECK(talk.step() == "home");
    CHECK(talk.facts().at("name") == "王秀兰");
    CHECK(talk.facts().at("age") == "62");
}

TEST_CASE("an answer is read back in the words it was given in", "[dialogue][intake]") {
    Talk talk;
    const auto [next, words] = GENERATE(table<std::string, std::string>({
        {"review", "您刚才填的是：同意。"},
        {"phone", "您刚才填的是：进城打工，讨工资或受了工伤。"},
        {"hardship", "您刚才填的是：没有。"},
        {"story", "您刚才填的是：讨工资。"},
        {"name", "您刚才填的是：我自己。"},
    }));
    talk.apply_until(next);
    talk.say("上一步");
    CHECK(talk.says(words));
}

TEST_CASE("a date is read back as people write it", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("deadline");
    talk.say("12月2日开庭");
    talk.say("上一步");
    CHECK(talk.says("您刚才填的是：2026年12月2日。"));
}

TEST_CASE("in quiet mode nothing read back names violence", "[dialogue][intake]") {
    Talk talk;
    talk.conversation.memory.quiet = true;
    talk.apply_until("topic");
    talk.choose("家里的事");
    talk.say("上一步");
    CHECK(talk.says("您刚才填的是：家里的事。"));
    CHECK_FALSE(talk.says("动手"));
}

TEST_CASE("whoever does not want to tell is told why it is asked, and of a person", "[dialogue][intake]") {
    Talk talk(shipped_reader());
    const auto step = GENERATE(as<std::string>{}, "name", "home", "story", "phone");
    talk.apply_until(step);
    const auto said =
        GENERATE(as<std::string>{}, "我不想说", "不告诉你", "为什么", "问这个干嘛", "不方便说", "为什么要问这个");
    if (step == "story" && said != "为什么") return;  // a story may hold such words; alone they refuse
    CAPTURE(step, said);
    talk.say(said);
    CHECK(talk.plan.rule == "flow.refused");
    CHECK(talk.step() == step);
    CHECK_FALSE(talk.facts().contains(step));
    CHECK(talk.says("有顾虑是正常的"));
    CHECK_FALSE(talk.plan.reply.why.empty());
    CHECK(talk.choices().back() == "转人工");
}

TEST_CASE("what need not be told is skipped when it is refused", "[dialogue][intake]") {
    Talk talk(shipped_reader());
    talk.apply_until("opponent");
    talk.say("不想说");
    CHECK(talk.step() == "place");
    CHECK(talk.facts().at("opponent").empty());
}

TEST_CASE("a sentence is nobody's name, a rare name is somebody's", "[dialogue][intake]") {
    Talk talk(shipped_reader());
    talk.apply_until("name");
    SECTION("a sentence") {
        const auto said = GENERATE(as<std::string>{}, "他叫啥来着", "吃过饭了", "妈妈", "名字不重要");
        CAPTURE(said);
        talk.say(said);
        CHECK(talk.step() == "name");
        CHECK_FALSE(talk.facts().contains("name"));
    }
    SECTION("a name") {
        const auto said = GENERATE(as<std::string>{}, "那英", "欧阳娜娜", "古丽·买买提", "我叫王秀英", "我是王秀英");
        CAPTURE(said);
        talk.say(said);
        CHECK(talk.facts().contains("name"));
    }
}

TEST_CASE("danger inside the form is heard as outside", "[dialogue][intake]") {
    Talk talk(shipped_reader());
    const auto step = GENERATE(as<std::string>{}, "name", "story", "opponent");
    talk.apply_until(step);
    talk.say("我爸打她");
    CHECK(talk.plan.rule == "safety.violence_now");
    CHECK(talk.conversation.memory.flow->paused);
}

TEST_CASE("the articles of an answer in between stand with it, above the question", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("phone");
    talk.say("对了，押金能不能退");
    const std::string text = talk.text();
    CHECK(text.find("押金应当退。") < text.find("依据："));
    CHECK(text.find("依据：") < text.find("咱们接着填申请。"));
    CHECK(text.find("打哪个电话能找到您？") < text.find("为什么要问："));
}

TEST_CASE("at the first question there is no going back", "[dialogue][intake]") {
    Talk talk;
    talk.say("申请");
    talk.say("返回");
    talk.say("上一步");
    CHECK(talk.says("这已经是第一题了"));
    CHECK(talk.step() == "who");
}

TEST_CASE("optional questions can be skipped, required ones cannot", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("age");
    CHECK(talk.choices() == std::vector<std::string>{"跳过", "上一步"});
    SECTION("by tap") { talk.choose("跳过"); }
    SECTION("by word") { talk.say("不知道"); }
    CHECK(talk.step() == "home");
    CHECK(talk.facts().at("age").empty());
    talk.say("跳过");
    CHECK(talk.step() == "home");
    CHECK(talk.says("提交时要用"));
}

TEST_CASE("an age is a number, not a choice", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("age");
    talk.say("2");
    CHECK(talk.facts().at("age") == "2");
    CHECK(talk.step() == "home");
}

TEST_CASE("cancelling asks once and then forgets everything", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.say("取消");
    CHECK(talk.says("要放弃填写吗"));
    CHECK(talk.choices() == std::vector<std::string>{"放弃填写", "继续填", "转人工"});
    CHECK(talk.conversation.memory.flow->leaving);
    SECTION("said again") { talk.say("取消"); }
    SECTION("tapped") { talk.choose("放弃填写"); }
    SECTION("confirmed") { talk.say("是的"); }
    CHECK_FALSE(talk.conversation.memory.flow.has_value());
    CHECK(talk.says("填过的都删了"));
    CHECK(memory_to_json(talk.conversation.memory).find("王秀英") == std::string::npos);
}

TEST_CASE("whoever does not want to cancel goes on where they were", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.say("取消");
    SECTION("by tap") { talk.choose("继续填"); }
    SECTION("by word") { talk.say("不"); }
    CHECK(talk.step() == "topic");
    CHECK_FALSE(talk.conversation.memory.flow->leaving);
}

TEST_CASE("an answer after cancelling once counts as an answer", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.say("取消");
    talk.say("讨工资");
    CHECK(talk.step() == "story");
    CHECK_FALSE(talk.conversation.memory.flow->leaving);
}

TEST_CASE("a deadline below seven days is marked and told", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("deadline");
    const auto [said, stored, words] = GENERATE(table<std::string, std::string, std::string>({
        {"11月30日开庭", "2026-11-30", "还剩6天"},
        {"2026年11月24日", "2026-11-24", "还剩0天"},
        {"后天到期", "2026-11-26", "还剩2天"},
        {"没有收到通知，12月1日开庭", "2026-12-01", ""},
        {"2026-11-20就过了", "2026-11-20", "已经过了"},
    }));
    CAPTURE(said);
    talk.say(said);
    CHECK(talk.step() == "hardship");
    CHECK(talk.facts().at("deadline") == stored);
    if (words.empty())
        CHECK_FALSE(talk.says("时间较紧"));
    else
        CHECK(talk.says(words));
    talk.apply_until("review");
    talk.say("确认");
    REQUIRE(talk.effect<SubmitApplication>());
    CHECK(talk.effect<SubmitApplication>()->application.urgent == !words.empty());
    CHECK((talk.effect<AlertDesk>() != nullptr) == !words.empty());
}

TEST_CASE("no deadline and an unknown one are answers too", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("deadline");
    const auto [said, stored] = GENERATE(
        table<std::string, std::string>({{"没有", "none"}, {"1", "none"}, {"2", "unknown"}, {"不清楚", "unknown"}}));
    talk.say(said);
    CHECK(talk.facts().at("deadline") == stored);
    CHECK(talk.step() == "hardship");
}

TEST_CASE("what cannot be read is asked again with an example, then a person is offered", "[dialogue][intake]") {
    Talk talk;
    const auto [step, said, words] = GENERATE(table<std::string, std::string, std::string>({
        {"name", "13812345678", "请只写姓名"},
        {"name", "吃过饭了", "请只写姓名"},
        {"name", "他叫啥来着", "请只写姓名"},
        {"opponent", "。。。", "请多写几个字"},
        {"story", "工工工工", "请多写几个字"},
        {"age", "很大了", "请写多大岁数"},
        {"home", "老地方", "请写县或区"},
        {"deadline", "快了", "请写年月日"},
        {"deadline", "3天前收到的判决", "请写年月日"},
        {"deadline", "收到判决10天了", "请写年月日"},
        {"hardship", "就那样", "请从下面选一项"},
        {"phone", "1381234", "手机号是11位"},
    }));
    CAPTURE(step);
    talk.apply_until(step);
    talk.say(said);
    CHECK(talk.says(words));
    CHECK(talk.step() == step);
    CHECK(talk.conversation.memory.flow->attempts == 1);
    talk.say(said);
    CHECK(talk.says("填不了也没关系"));
    CHECK(talk.choices().back() == "转人工");
}

TEST_CASE("without consent nothing is submitted and nothing kept", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("consent");
    SECTION("by tap") { talk.choose("不同意"); }
    SECTION("by word") { talk.say("不同意"); }
    CHECK(talk.plan.rule == "flow.no_consent");
    CHECK_FALSE(talk.conversation.memory.flow.has_value());
    CHECK(talk.effect<SubmitApplication>() == nullptr);
    CHECK(talk.choices() == std::vector<std::string>{"转人工"});
}

TEST_CASE("at the review a field is changed by number, by name or from a list", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("review");
    CHECK(talk.choices() == std::vector<std::string>{"确认提交", "修改一项"});
    const auto said = GENERATE(as<std::string>{}, "改2", "改第2项", "修改姓名", "list");
    CAPTURE(said);
    if (said == "list") {
        talk.say("2");
        CHECK(talk.plan.rule == "flow.edit");
        talk.say("2");
    } else {
        talk.say(said);
    }
    CHECK(talk.plan.rule == "flow.edit.name");
    CHECK(talk.step() == "name");
    talk.say("赵铁柱");
    CHECK(talk.step() == "review");
    CHECK(talk.says("姓名：赵铁柱"));
}

TEST_CASE("a change that opens a new question asks it before the review", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("review");
    talk.say("改1");
    talk.say("替家里人或别人");
    CHECK(talk.step() == "relation");
    talk.say("女儿");
    CHECK(talk.step() == "review");
}

TEST_CASE("anything else at the review shows it again", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("review");
    talk.say("这样啊");
    CHECK(talk.plan.rule == "flow.review");
    CHECK(talk.effect<SubmitApplication>() == nullptr);
    talk.say("改99");
    CHECK(talk.plan.rule == "flow.review");
}

TEST_CASE("an interview waits while a person was asked for and goes on afterwards", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.say("转人工");
    CHECK(talk.plan.ownership.owner == desk::Owner::Queued);
    CHECK(talk.says("回复“申请”接着填"));
    REQUIRE(talk.effect<QueueForLawyer>());
    CHECK(talk.effect<QueueForLawyer>()->handover.wish == "申请法律援助");
    talk.say("讨工资");
    CHECK(talk.plan.rule == "queued.noted");
    CHECK(talk.step() == "topic");
    SECTION("at once, while waiting") {
        talk.say("申请");
        CHECK(talk.says("接着上次填"));
        talk.say("讨工资");
        CHECK(talk.step() == "story");
    }
    SECTION("when the lawyer has given it back") {
        talk.conversation.ownership = {};
        talk.say("讨工资");
        CHECK(talk.step() == "story");
    }
}

TEST_CASE("danger interrupts the interview without losing it", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("story");
    talk.say("我不想活了");
    CHECK(talk.plan.decision == Decision::Safety);
    CHECK(talk.conversation.memory.flow->paused);
    CHECK(talk.facts().at("name") == "王秀英");
    CHECK(talk.facts().at("story") == "我不想活了");  // told once
    CHECK(talk.choices() == std::vector<std::string>{"申请法律援助"});
    talk.choose("申请法律援助");
    CHECK(talk.step() == "opponent");
    CHECK(talk.plan.ownership.owner == desk::Owner::Queued);
}

TEST_CASE("a relative in custody is what the interview is about, and the desk hears of it", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("story");
    talk.say("我老公昨天被抓走了");
    CHECK(talk.plan.decision == Decision::Flow);
    CHECK(talk.step() == "opponent");
    CHECK(talk.effect<AlertDesk>());
    CHECK(talk.effect<QueueForLawyer>() == nullptr);
}

TEST_CASE("help and progress inside the interview come back to the question", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    const auto said = GENERATE(as<std::string>{}, "帮助", "进度");
    talk.say(said);
    CHECK(talk.plan.reply.paragraphs.back() == "想办的是哪一类事？");
    CHECK(talk.step() == "topic");
}

TEST_CASE("a picture inside the interview keeps the question open", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.send({Media{.kind = Media::Kind::Image, .media_id = "m", .description = ""}});
    CHECK(talk.says("我还看不懂"));
    CHECK(talk.plan.reply.paragraphs.back() == "想办的是哪一类事？");
}

TEST_CASE("a button of an earlier question does not answer the present one", "[dialogue][intake]") {
    Talk talk;
    talk.say("申请");
    const std::string old_id = talk.plan.reply.choices.back().id;
    talk.say("我自己");
    talk.tap(old_id, "替家里人或别人");
    CHECK(talk.says("这是前面的选项"));
    CHECK(talk.step() == "name");
}

TEST_CASE("a number takes a numbered choice, never the way back", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("phone");
    CHECK(talk.choices() == std::vector<std::string>{"上一步"});
    CHECK(talk.text().ends_with("· 上一步"));
    talk.say("1");
    CHECK(talk.step() == "phone");
    CHECK(talk.says("手机号是11位"));
    talk.say("上一步");
    CHECK(talk.step() == "hardship");
    talk.say("5");
    CHECK(talk.facts().at("hardship") == "none");
}

TEST_CASE("consent is shown in words, to the applicant and to staff", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("consent");
    CHECK(talk.choices() == std::vector<std::string>{"同意", "不同意", "上一步"});
    talk.choose("同意");
    CHECK(talk.says("同意使用这些信息：同意"));
}

TEST_CASE("the next day the interview is still there", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("topic");
    talk.clock.advance(25h);
    talk.say("1");
    CHECK(talk.step() == "topic");
    CHECK(talk.plan.reply.paragraphs.back() == "想办的是哪一类事？");
    talk.say("1");
    CHECK(talk.facts().at("topic") == "T01");
}

TEST_CASE("a matter out of scope is worded as a way on, never as a refusal", "[dialogue][intake]") {
    Talk talk;
    talk.conversation.memory.topic = "T17";
    talk.apply_until("review");
    talk.say("确认");
    REQUIRE(talk.effect<SubmitApplication>());
    CHECK(talk.says("但您可以免费咨询"));
    CHECK_FALSE(talk.says("不符合"));
}

TEST_CASE("a form that has lost a step goes on with the next open one", "[dialogue][intake]") {
    Talk talk;
    talk.apply_until("age");
    talk.conversation.memory.flow->step = "removed_field";
    talk.say("62");
    CHECK(talk.conversation.memory.flow.has_value());
    CHECK_FALSE(talk.plan.reply.empty());
    CHECK(talk.effect<SubmitApplication>() == nullptr);
}
