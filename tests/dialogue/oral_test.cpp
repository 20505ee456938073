// What people drop in passing is heard only where no doubt is left.
#include <catch2/catch.hpp>

#include "dialogue/detail/field_answer.hpp"
#include "dialogue/detail/oral.hpp"
#include "tests/dialogue/talk.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;

namespace {

const Date kToday = *parse_iso_date("2026-11-24");

Divisions shipped_divisions() { return Divisions::from_json(shipped_sources().divisions).value(); }

}  // namespace

TEST_CASE("numbers are read as digits and as numerals", "[dialogue][oral]") {
    const auto [said, value] = GENERATE(table<std::string, int>({{"62", 62},
                                                                 {"６２", 62},
                                                                 {"六十二", 62},
                                                                 {"十", 10},
                                                                 {"十八", 18},
                                                                 {"二十", 20},
                                                                 {"一百零三", 103},
                                                                 {"两", 2},
                                                                 {"0", 0}}));
    CAPTURE(said);
    CHECK(spoken_number(said) == value);
}

TEST_CASE("what is no number is none", "[dialogue][oral]") {
    const auto said = GENERATE(as<std::string>{}, "", "很多", "6a", "六十二岁", "12345");
    CAPTURE(said);
    CHECK_FALSE(spoken_number(said).has_value());
}

TEST_CASE("names, ages, homes and phones are heard in one sentence", "[dialogue][oral]") {
    const auto& divisions = shipped_divisions();
    const auto [said, name, age, home, phone] =
        GENERATE(table<std::string, std::string, int, std::string, std::string>({
            {"我叫王秀英，六十二了，周至的", "王秀英", 62, "610124", ""},
            {"额叫赵铁柱，今年58岁，家在户县，电话13812345678", "赵铁柱", 58, "", "13812345678"},
            {"我叫李四今年四十岁住在蓝田县", "李四", 40, "610122", ""},
            {"姓名：古丽·买买提 33岁", "古丽·买买提", 33, "", ""},
            {"我叫不出名字来的那个人", "", 0, "", ""},
            {"老板欠了我两个月了", "", 0, "", ""},
            {"干了三十年了", "", 0, "", ""},
            {"在周至县法院开庭", "", 0, "", ""},
            {"周至县法院的人说", "", 0, "", ""},
        }));
    CAPTURE(said);
    const auto oral = listen_for_facts(said, divisions);
    CHECK(oral.name == name);
    CHECK(oral.age.value_or(0) == age);
    CHECK((oral.home ? oral.home->code : "") == home);
    CHECK(oral.phone == phone);
}

TEST_CASE("ages are read with and without their word", "[dialogue][oral]") {
    const auto [said, age] = GENERATE(table<std::string, int>(
        {{"62", 62}, {"六十二了", 62}, {"今年62岁", 62}, {"我62岁", 62}, {"8", 8}, {"九岁半", 9}}));
    CAPTURE(said);
    CHECK(spoken_age(said) == age);
    CHECK_FALSE(spoken_age("很老了").has_value());
    CHECK_FALSE(spoken_age("500").has_value());
}

TEST_CASE("dates are read the way people say them", "[dialogue][oral]") {
    const auto [said, date] = GENERATE(table<std::string, std::string>({{"2026年12月2日", "2026-12-02"},
                                                                        {"2026-12-2", "2026-12-02"},
                                                                        {"2026/12/02", "2026-12-02"},
                                                                        {"12月2日", "2026-12-02"},
                                                                        {"12月2号开庭", "2026-12-02"},
                                                                        {"1月5日", "2027-01-05"},
                                                                        {"今天", "2026-11-24"},
                                                                        {"明天就到期", "2026-11-25"},
                                                                        {"后天", "2026-11-26"},
                                                                        {"大后天", "2026-11-27"},
                                                                        {"还有三天", "2026-11-27"},
                                                                        {"还剩10天", "2026-12-04"},
                                                                        {"三天后到期", "2026-11-27"},
                                                                        {"十天", "2026-12-04"},
                                                                        {"收到判决5天了，还有10天", "2026-12-04"}}));
    CAPTURE(said);
    const auto read = spoken_date(said, {}, kToday);
    REQUIRE(read.has_value());
    CHECK(iso_date(*read) == date);
}

TEST_CASE("a date that cannot be is none", "[dialogue][oral]") {
    const auto said = GENERATE(as<std::string>{}, "13月2日", "2月30日", "2026年2月30日", "快了", "", "3天前收到",
                               "收到判决10天了", "已经拿到通知书七天");
    CAPTURE(said);
    CHECK_FALSE(spoken_date(said, {}, kToday).has_value());
}

TEST_CASE("a date nlu has understood is taken over", "[dialogue][oral]") {
    nlu::Understanding heard;
    heard.entities = {{.kind = nlu::Entity::Kind::Date, .text = "下周一", .value = "2026-11-30", .begin = 0}};
    CHECK(iso_date(spoken_date("下周一", heard, kToday).value()) == "2026-11-30");
    heard.entities[0].value = "-3m";
    CHECK_FALSE(spoken_date("三个月前", heard, kToday).has_value());
}

TEST_CASE("each kind of field reads its own answers", "[dialogue][form]") {
    const auto& divisions = shipped_divisions();
    static const auto form = parse_form(shipped_sources().form).value();
    static const auto texts =
        Texts::from_toml(shipped_sources().texts,
                         kb::References::from_json(R"({"deadlines":[]})", shipped_sources().hotlines).value().hotlines)
            .value();
    const auto [key, said, value] = GENERATE(table<std::string, std::string, std::string>({
        {"who", "给我妈申请", "other"},
        {"who", "我", "self"},
        {"name", "我叫王秀英", "王秀英"},
        {"phone", "我的手机是13812345678", "13812345678"},
        {"phone", "029-87654321", "029-87654321"},
        {"home", "周至", "西安市周至县"},
        {"place", "周至县人民法院在办我的案子", "西安市周至县（周至县人民法院在办我的案子）"},
        {"topic", "讨工资", "T01"},
        {"topic", "老板不给工资", "T01"},
        {"hardship", "我是农民工", "migrant"},
        {"hardship", "没有收入", "no_income"},
        {"hardship", "吃低保", "support"},
        {"hardship", "都不是", "none"},
        {"consent", "同意", "yes"},
        {"consent", "不同意", "no"},
        {"opponent", "张老板", "张老板"},
    }));
    CAPTURE(key, said);
    const auto heard = FakeReader{}.read(said);
    const auto answer = parse_answer(*form.find(key), {said, heard, kToday}, divisions, texts);
    REQUIRE(answer.has_value());
    CHECK(answer->at(key) == value);
}

TEST_CASE("money and identity numbers are read where a form asks for them", "[dialogue][form]") {
    const auto& divisions = shipped_divisions();
    const auto texts = Texts::from_toml("[words]\nyes = [\"是\"]\nno = [\"不\"]\n", {}).value();
    Field field;
    field.key = "x";
    nlu::Understanding heard;
    SECTION("money from nlu") {
        field.kind = FieldKind::Money;
        heard.entities = {{.kind = nlu::Entity::Kind::Money, .text = "2万元", .value = "2000000", .begin = 0}};
        CHECK(parse_answer(field, {"欠我2万元", heard, kToday}, divisions, texts)->at("x") == "2万元");
    }
    SECTION("a bare number of yuan") {
        field.kind = FieldKind::Money;
        CHECK(parse_answer(field, {"800", heard, kToday}, divisions, texts)->at("x") == "800元");
    }
    SECTION("an identity number") {
        field.kind = FieldKind::Identity;
        CHECK(parse_answer(field, {"61010120121112000x", heard, kToday}, divisions, texts)->at("x") ==
              "61010120121112000X");
        CHECK(parse_answer(field, {"610101199001010004", heard, kToday}, divisions, texts).error().detail ==
              "identity");
    }
}
