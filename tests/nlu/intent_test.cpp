// Commands must be understood in every wording, and a legal question must never be taken for one.
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;
using test::shipped_reader;

namespace {
std::string intent_of(const std::string& text) { return std::string{nlu::name_of(shipped_reader().read(text).intent)}; }
}  // namespace

TEST_CASE("what a person wants is understood", "[nlu][intent]") {
    const auto [intent, text] = GENERATE(table<std::string, std::string>({
        {"ask_human", "转人工"},
        {"ask_human", "转人工吧！"},
        {"ask_human", "人工客服"},
        {"ask_human", "能不能找个真人说"},
        {"ask_human", "我要找律师"},
        {"ask_human", "转人公"},
        {"ask_human", "轉人工"},
        {"apply", "我要申请法律援助"},
        {"apply", "申请法律援助"},
        {"apply", "给我派个律师"},
        {"progress", "进度"},
        {"progress", "我的申请办到哪一步了"},
        {"progress", "办理到哪一步咧"},
        {"complain", "我要投诉你们"},
        {"complain", "给我派的律师不接电话"},
        {"appointment", "想预约律师见面"},
        {"calculate", "十级工伤能赔多少"},
        {"calculate", "帮我算加班费"},
        {"greeting", "你好"},
        {"greeting", "您好，在吗"},
        {"thanks", "谢谢你"},
        {"thanks", "好的谢谢"},
        {"abuse", "傻逼机器人"},
        {"abuse", "滚"},
        {"yes", "是的"},
        {"yes", "好"},
        {"no", "不是"},
        {"no", "没有"},
        {"cancel", "取消"},
        {"cancel", "算了，不办了"},
        {"back", "上一步"},
        {"help", "你能做什么"},
        {"help", "你是机器人吗"},
        {"statute", "民法典1076条说的啥"},
        {"statute", "劳动合同法第八十二条"},
        {"off_topic", "今天天气怎么样"},
        {"off_topic", "帮我写一首情诗"},
        {"question", "老板拖欠工资怎么办"},
        {"question", "房东不退押金"},
        {"unknown", "哈哈哈哈"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}

TEST_CASE("words of a command inside a legal question do not make it one", "[nlu][intent]") {
    const std::string text = GENERATE(as<std::string>{}, "取消低保怎么申诉", "法院没有通知我开庭怎么办",
                                      "对方说谢谢我但不还钱怎么办", "对不起诉决定不服怎么申诉",
                                      "不是本人签的合同有效吗", "公司让我返回岗位合法吗", "刑事案件人工鉴定错了怎么办");
    INFO(text);
    CHECK(intent_of(text) == "question");
}

TEST_CASE("a question word is noticed with and without a mark", "[nlu][intent]") {
    const auto [text, asks] = GENERATE(table<std::string, bool>({
        {"工资咋办", true},
        {"能继承么", true},
        {"算工伤不", true},
        {"房东不退押金？", true},
        {"去哪申请", true},
        {"谁赔", true},
        {"老板欠我三个月工资", false},
        {"这么多钱都没给我", false},
    }));
    INFO(text);
    CHECK(shipped_reader().read(text).question_word == asks);
}

TEST_CASE("a choice is understood however it is numbered", "[nlu][choice]") {
    const auto [text, choice] = GENERATE(table<std::string, int>({
        {"2", 2},   {"②", 2},      {"２", 2},  {"2️⃣", 2}, {"二", 2},         {"第二个", 2},   {"第2个", 2},
        {"选2", 2}, {"2、", 2},    {"2.", 2},  {"(2)", 2},     {"我选第二个", 2}, {"选择2", 2},    {"回复2", 2},
        {"2号", 2}, {"第九项", 9}, {"1吧", 1}, {" 3 ", 3},     {"第一个问题", 1}, {"10", 0},       {"0", 0},
        {"22", 0},  {"两个", 0},   {"2个", 0}, {"2万", 0},     {"2年", 0},        {"第二条路", 0}, {"我有2个孩子", 0},
        {"", 0},    {"二哥", 0},   {"一", 1},  {"要3", 3},     {"2 3", 0},
    }));
    INFO(text);
    CHECK(shipped_reader().read(text).number_choice == choice);
}

TEST_CASE("names of intents, risks and kinds are stable and go both ways", "[nlu][names]") {
    CHECK(nlu::name_of(nlu::Intent::Unknown) == "unknown");
    CHECK(nlu::name_of(nlu::Entity::Kind::Number) == "number");
    for (const auto name : {"self_harm", "violence_now", "child", "wage_extreme", "missing_elder", "medical_fire",
                            "detained", "scam_now", "threat"}) {
        const auto risk = nlu::risk_from(name);
        REQUIRE(risk.has_value());
        CHECK(nlu::name_of(*risk) == name);
    }
    CHECK_FALSE(nlu::risk_from("none").has_value());
    CHECK(nlu::intent_from("ask_human") == nlu::Intent::AskHuman);
    CHECK_FALSE(nlu::intent_from("").has_value());
}
