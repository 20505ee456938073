// Facts as people say them, and the one value each of them means.
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;
using Kind = nlu::Entity::Kind;

namespace {

/// "text=value" of each entity of a kind, joined by blanks.
std::string found(const std::string& utterance, Kind kind) {
    std::string out;
    for (const auto& entity : test::shipped_reader().read(utterance).entities) {
        if (entity.kind != kind) continue;
        if (!out.empty()) out += ' ';
        out += entity.text + "=" + entity.value;
    }
    return out;
}

}  // namespace

TEST_CASE("money is read in fen", "[nlu][entity]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"欠我2万", "2万=2000000"},
        {"欠我八千五", "八千五=850000"},
        {"一共38400元", "38400元=3840000"},
        {"还差三千多", "三千多=300000"},
        {"1.5万块", "1.5万块=1500000"},
        {"两万三没给", "两万三=2300000"},
        {"借了十二万", "十二万=12000000"},
        {"3万5的彩礼", "3万5=3500000"},
        {"工资4500", "4500=450000"},
        {"赔我1,200元", "1,200元=120000"},
        {"一百零五块", "一百零五块=10500"},
        {"扣了50块钱", "50块钱=5000"},
        {"十几万没了", "十几万=10000000"},
        {"三四万的货款", "三四万=3000000"},
        {"每月给5k", "5k=500000"},
        {"一斤八块五", "八块五=850"},
        {"两百来块", "两百来块=20000"},
        {"欠他两千块钱左右", "两千块钱左右=200000"},
    }));
    INFO(text);
    CHECK(found(text, Kind::Money) == expected);
}

TEST_CASE("other large numbers are not money", "[nlu][entity]") {
    const std::string text = GENERATE(as<std::string>{}, "三百个工人", "一千米外", "2025年的事",
                                      "民法典第一千零七十六条", "公司有500人", "十分着急", "万一出事", "120平");
    INFO(text);
    CHECK(found(text, Kind::Money).empty());
}

TEST_CASE("dates are absolute when the year is said, else relative to the clock", "[nlu][entity]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"2025年11月30日离职", "2025年11月30日=2025-11-30"},
        {"2025年3月入职", "2025年3月=2025-03"},
        {"2019年的欠条", "2019年=2019"},
        {"二零二五年三月", "二零二五年三月=2025-03"},
        {"2025-11-30到期", "2025-11-30=2025-11-30"},
        {"2025/1/5开庭", "2025/1/5=2025-01-05"},
        {"2025.11.30到期", "2025.11.30=2025-11-30"},
        {"去年10月", "去年10月=y-1m10"},
        {"今年三月开始", "今年三月=y+0m3"},
        {"前年5月8号", "前年5月8号=y-2m5d8"},
        {"去年的事", "去年=y-1"},
        {"上个月15号", "上个月15号=m-1d15"},
        {"上个月", "上个月=m-1"},
        {"昨天摔的", "昨天=d-1"},
        {"明天开庭", "明天=d+1"},
        {"上周五", "上周五=w-1u5"},
        {"11月30日前", "11月30日=m11d30"},
        {"三月份", "三月份=m3"},
        {"三个月前", "三个月前=m-3"},
        {"半年前", "半年前=m-6"},
        {"10天以前", "10天以前=d-10"},
        {"两年前", "两年前=y-2"},
    }));
    INFO(text);
    CHECK(found(text, Kind::Date) == expected);
}

TEST_CASE("durations are amounts of y m w d h", "[nlu][entity]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"欠了八个月", "八个月=8m"},
        {"仨月没发", "仨月=3m"},
        {"拖了半年", "半年=6m"},
        {"干了两年", "两年=2y"},
        {"一年半", "一年半=1y6m"},
        {"1年3个月", "1年3个月=1y3m"},
        {"15天", "15天=15d"},
        {"半个月", "半个月=15d"},
        {"加班3小时", "3小时=3h"},
        {"两个星期", "两个星期=2w"},
        {"三年多", "三年多=3y"},
    }));
    INFO(text);
    CHECK(found(text, Kind::Duration) == expected);
}

TEST_CASE("articles are cited by law and Chinese number", "[nlu][entity]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"劳动合同法第八十二条", "劳动合同法第八十二条=劳动合同法 第八十二条"},
        {"民法典1076条说的啥", "民法典1076条=民法典 第一千零七十六条"},
        {"民法典第1042条", "民法典第1042条=民法典 第一千零四十二条"},
        {"《中华人民共和国劳动法》第五十条", "《中华人民共和国劳动法》第五十条=劳动法 第五十条"},
        {"刑法第二百七十六条之一", "刑法第二百七十六条之一=刑法 第二百七十六条之一"},
        {"劳动合同法第三十条、第八十五条", "劳动合同法第三十条=劳动合同法 第三十条 第八十五条=劳动合同法 第八十五条"},
        {"《某某管理条例》第3条", "《某某管理条例》第3条=某某管理条例 第三条"},
        {"消法55条", "消法55条=消费者权益保护法 第五十五条"},
        {"按民法典怎么说", "民法典=民法典"},
        {"民法典第10条", "民法典第10条=民法典 第十条"},
        {"民法典第1110条", "民法典第1110条=民法典 第一千一百一十条"},
    }));
    INFO(text);
    CHECK(found(text, Kind::Statute) == expected);
}

TEST_CASE("identity numbers and phones are found and nothing else is taken for one", "[nlu][entity]") {
    CHECK(found("身份证61010120121112000x", Kind::Identity) == "61010120121112000x=61010120121112000X");
    CHECK(found("610101199001010005", Kind::Identity) == "610101199001010005=610101199001010005");
    CHECK(found("610101199001010005", Kind::Phone).empty());
    CHECK(found("610101199013010005", Kind::Identity).empty());  // month 13
    CHECK(found("电话13812345678", Kind::Phone) == "13812345678=13812345678");
    CHECK(found("138-1234-5678", Kind::Phone) == "138-1234-5678=13812345678");
    CHECK(found("打029-87654321", Kind::Phone) == "029-87654321=02987654321");
    CHECK(found("+8613812345678", Kind::Phone) == "8613812345678=13812345678");
    CHECK(found("订单号138123456789", Kind::Phone).empty());
    CHECK(found("工资38400", Kind::Phone).empty());
}

TEST_CASE("people, places and organisations are told by role, division and kind", "[nlu][entity]") {
    CHECK(found("包工头欠我工钱", Kind::Person) == "包工头=contractor");
    CHECK(found("老公打我", Kind::Person) == "老公=spouse");
    CHECK(found("我叫张三，老板不给钱", Kind::Person) == "张三=name 老板=employer");
    CHECK(found("在蓝田打工", Kind::Place) == "蓝田=蓝田县");
    CHECK(found("陕西省西安市雁塔区", Kind::Place) == "陕西省=陕西省 西安市=西安市 雁塔区=雁塔区");
    CHECK(found("我在户县", Kind::Place) == "户县=鄠邑区");
    CHECK(found("延长合同", Kind::Place).empty());  // a county's name that is a verb
    CHECK(found("派出所不立案", Kind::Organisation) == "派出所=派出所");
    CHECK(found("单位不交社保", Kind::Organisation) == "单位=公司");
}

TEST_CASE("an entity's begin is its byte offset in the normalised text", "[nlu][entity]") {
    const auto u = test::shipped_reader().read("老板，去年10月 欠我２万，电话13812345678");
    REQUIRE(u.entities.size() == 4);
    for (const auto& entity : u.entities) {
        INFO(entity.text);
        CHECK(u.normalised.substr(entity.begin, entity.text.size()) == entity.text);
    }
}

TEST_CASE("a whole story gives its facts in order and without overlap", "[nlu][entity]") {
    const auto u = test::shipped_reader().read(
        "我在西安给包工头干了8个月，2025年11月30日走的，欠我3万8，劳动合同法第八十二条能用吗");
    std::string kinds;
    std::size_t end = 0;
    for (const auto& entity : u.entities) {
        kinds += std::string{nlu::name_of(entity.kind)} + " ";
        CHECK(entity.begin >= end);
        end = entity.begin + entity.text.size();
    }
    CHECK(kinds == "place person duration date money statute ");
}
