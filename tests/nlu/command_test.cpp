// The same command in many mouths: a person who cannot reach a lawyer because of a wording is lost.
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;

namespace {
std::string intent_of(const std::string& text) {
    return std::string{nlu::name_of(test::shipped_reader().read(text).intent)};
}
}  // namespace

// clang-format off
TEST_CASE("asking for a person is understood", "[nlu][intent]") {
    const std::string text = GENERATE(as<std::string>{},
        "人工",
        "转人工服务",
        "我要人工客服",
        "帮我转接人工",
        "不想跟机器说话",
        "有没有真人啊",
        "我想跟律师聊聊",
        "给我打电话行不",
        "找个活人跟我说",
        "让律师来跟我说",
        "转接值班律师",
        "你听不懂我说的，叫人来",
        "请转人工谢谢",
        "人呢",
        "有人吗",
        "不要机器人",
        "叫个人来",
        "来个真人",
        "找个律师说话");
    INFO(text);
    CHECK(intent_of(text) == "ask_human");
}

TEST_CASE("asking the service for its hours, number and door is understood", "[nlu][intent]") {
    const auto [text, intent] = GENERATE(table<std::string, std::string>({
        {"电话多少", "centre"},
        {"你们电话", "centre"},
        {"你们电话是多少？", "centre"},
        {"几点下班", "centre"},
        {"周末上班吗", "centre"},
        {"地址在哪", "centre"},
        {"在哪里", "centre"},
        {"你们在哪", "centre"},
        {"去哪申请劳动仲裁", "question"},
        {"劳动局电话多少", "question"},
        {"公司让我周末上班吗", "question"},
        {"对方地址不知道怎么起诉", "question"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}

TEST_CASE("asking how far it has come is understood", "[nlu][intent]") {
    const std::string text = GENERATE(as<std::string>{},
        "查一下进度",
        "我上周申请的法律援助批下来了吗",
        "我的申请通过了吗",
        "我的案子到哪一步了",
        "给我指派律师了吗",
        "审批到哪了",
        "什么时候给我派律师");
    INFO(text);
    CHECK(intent_of(text) == "progress");
}

TEST_CASE("wanting to apply is told from asking about it", "[nlu][intent]") {
    const auto [text, intent] = GENERATE(table<std::string, std::string>({
        {"我要申请", "apply"},
        {"我想申请法律援助", "apply"},
        {"帮我申请法律援助", "apply"},
        {"给我安排一个律师", "apply"},
        {"我要填表", "apply"},
        {"替我妈申请", "apply"},
        {"继续上次的申请", "apply"},
        {"法律援助需要什么条件", "question"},
        {"申请仲裁要什么材料", "question"},
        {"申请低保被拒了怎么办", "question"},
        {"怎么申请取保候审", "question"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}

TEST_CASE("a sum to work out is told from a rule to know", "[nlu][intent]") {
    const auto [text, intent] = GENERATE(table<std::string, std::string>({
        {"帮我算一下经济补偿", "calculate"},
        {"干了五年被辞退能赔多少", "calculate"},
        {"抚养费一个月多少", "calculate"},
        {"诉讼费要多少", "calculate"},
        {"加班费怎么算", "calculate"},
        {"年假有几天", "calculate"},
        {"工伤谁来认定", "question"},
        {"房东不退押金咋办", "question"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}

TEST_CASE("short words steer a running form", "[nlu][intent]") {
    const auto [text, intent] = GENERATE(table<std::string, std::string>({
        {"嗯", "yes"},
        {"对的", "yes"},
        {"好的。", "yes"},
        {"没问题", "yes"},
        {"确认提交", "yes"},
        {"不用了", "no"},
        {"没有。", "no"},
        {"不对", "no"},
        {"返回", "back"},
        {"填错了", "back"},
        {"退出", "cancel"},
        {"取消申请", "cancel"},
        {"不办了", "cancel"},
        {"我不申请了", "cancel"},
        {"帮助", "help"},
        {"菜单", "help"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}

TEST_CASE("complaints, appointments and insults are heard for what they are", "[nlu][intent]") {
    const auto [text, intent] = GENERATE(table<std::string, std::string>({
        {"援助律师不负责任我要投诉", "complain"},
        {"律师问我要钱", "complain"},
        {"你们工作人员态度太差", "complain"},
        {"我要换律师", "complain"},
        {"我想预约周三面谈", "appointment"},
        {"能约个时间当面谈吗", "appointment"},
        {"你个废物", "abuse"},
        {"垃圾客服", "abuse"},
        {"投诉商家不退款", "question"},
        {"邻居骂我傻子能告吗", "question"},
    }));
    INFO(text);
    CHECK(intent_of(text) == intent);
}
// clang-format on
