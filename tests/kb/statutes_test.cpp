// Articles are read however people write them, and only those that exist and are in force resolve.
#include "kb/statutes.hpp"

#include <catch2/catch.hpp>

#include "tests/kb/fixture.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::today;

namespace {

StatuteRegister fixture_register() {
    return StatuteRegister::from_toml(kb::test::fixture_sources().statutes_toml).value();
}

constexpr const char* kLaw = R"([[statute]]
name = "甲法"
articles = 3
status = "in_force"
effective = "2020-01-01"
)";

}  // namespace

TEST_CASE("an article number is read in every usual writing", "[kb][statutes]") {
    const auto [text, number, suffix] = GENERATE(table<std::string, int, int>({
        {"第三十条", 30, 0},
        {"第十条", 10, 0},
        {"第十五条", 15, 0},
        {"第二十条", 20, 0},
        {"第一百条", 100, 0},
        {"第一百零五条", 105, 0},
        {"第一百一十条", 110, 0},
        {"第二百七十六条之一", 276, 1},
        {"第一千条", 1000, 0},
        {"第一千零七十六条", 1076, 0},
        {"第一千一百六十五条", 1165, 0},
        {"第一千二百六十条", 1260, 0},
        {"第一〇七六条", 1076, 0},
        {"三十条", 30, 0},
        {"30", 30, 0},
        {"第30条", 30, 0},
        {"第３０条", 30, 0},
        {"276条之一", 276, 1},
        {"276之1", 276, 1},
        {"第四十七条第一款", 47, 0},
        {"第三十一条第（五）项", 31, 0},
        {"第二百七十六条之一第一款", 276, 1},
        {" 第三十条 ", 30, 0},
    }));
    INFO(text);
    const auto article = parse_article(text);
    REQUIRE(article.has_value());
    CHECK(article->number == number);
    CHECK(article->suffix == suffix);
}

TEST_CASE("what is no article number is not read as one", "[kb][statutes]") {
    const auto text = GENERATE(as<std::string>{}, "", "第条", "第零条", "0", "第三十页", "劳动合同法", "第三十条之",
                               "第99999条", "第十九九九条之x", "第三十条然后呢", "第三十条第款", "-3", "三十条三十条");
    INFO(text);
    CHECK_FALSE(parse_article(text).has_value());
}

TEST_CASE("an article number is printed as the law prints it and reads back", "[kb][statutes]") {
    CHECK(article_text({30, 0}) == "第三十条");
    CHECK(article_text({15, 0}) == "第十五条");
    CHECK(article_text({110, 0}) == "第一百一十条");
    CHECK(article_text({1001, 0}) == "第一千零一条");
    CHECK(article_text({1010, 0}) == "第一千零一十条");
    CHECK(article_text({276, 1}) == "第二百七十六条之一");
    for (int number = 1; number <= 1300; ++number) {
        const ArticleNumber article{number, number % 7};
        const auto again = parse_article(article_text(article));
        REQUIRE(again.has_value());
        CHECK(*again == article);
    }
}

TEST_CASE("a law is found by any of its names", "[kb][statutes]") {
    const auto statutes = fixture_register();
    const auto name = GENERATE(as<std::string>{}, "劳动合同法", "《劳动合同法》", "中华人民共和国劳动合同法", "劳合法",
                               "《劳动法合同》");
    INFO(name);
    const auto* statute = statutes.find(name);
    REQUIRE(statute);
    CHECK(statute->name == "劳动合同法");
    CHECK(statute->articles == 98);
    CHECK(statutes.find("月球法") == nullptr);
    CHECK(statutes.find("") == nullptr);
    CHECK(statutes.find("《》") == nullptr);
}

TEST_CASE("a citation carries the version it was resolved against", "[kb][statutes]") {
    const auto citation = fixture_register().resolve("《劳合法》", "30", today());
    REQUIRE(citation.has_value());
    CHECK(citation->law == "劳动合同法");
    CHECK(citation->article == "第三十条");
    CHECK(citation->full == "中华人民共和国劳动合同法");
    CHECK(citation->adopted == "2012-12-28");
    CHECK(citation->effective == "2013-07-01");
    CHECK(citation->in_force);
}

TEST_CASE("only articles that exist resolve", "[kb][statutes]") {
    const auto statutes = fixture_register();
    CHECK(statutes.resolve("劳动合同法", "第九十八条", today()).has_value());
    CHECK_FALSE(statutes.resolve("劳动合同法", "第九十九条", today()).has_value());
    CHECK_FALSE(statutes.resolve("月球法", "第一条", today()).has_value());
    CHECK_FALSE(statutes.resolve("劳动合同法", "第几条", today()).has_value());
    CHECK(statutes.resolve("刑法", "第二百七十六条之一", today()).has_value());
    CHECK_FALSE(statutes.resolve("刑法", "第二百七十六条之九十", today()).has_value());
}

TEST_CASE("in force is a question of status and day", "[kb][statutes]") {
    const auto statutes = fixture_register();
    const auto in_force = [&](const char* law, const char* day) {
        return statutes.resolve(law, "第一条", *parse_iso_date(day))->in_force;
    };
    CHECK(in_force("劳动合同法", "2013-07-01"));
    CHECK_FALSE(in_force("劳动合同法", "2013-06-30"));
    CHECK(in_force("刑法", "2026-11-24"));  // amended: the newest version is in force
    CHECK_FALSE(in_force("婚姻法", "2026-11-24"));
    CHECK_FALSE(in_force("未来法", "2026-12-31"));
    CHECK(in_force("未来法", "2027-01-01"));
}

TEST_CASE("a register with a mistake is refused and says where", "[kb][statutes]") {
    const auto [from, to, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"name = \"甲法\"", "", "name"},
        {"articles = 3", "articles = 0", "articles"},
        {"articles = 3", "articles = \"三\"", "articles"},
        {"\"in_force\"", "\"valid\"", "status"},
        {"2020-01-01", "2020年", "effective"},
        {"[[statute]]", "[[statute", "line 1"},
        {"[[statute]]", "[[law]]", "[[statute]]"},
    }));
    const auto statutes = StatuteRegister::from_toml(kb::test::replaced(kLaw, from, to));
    REQUIRE(statutes.has_error());
    CHECK(statutes.error().code == ErrorCode::InvalidInput);
    CHECK_THAT(statutes.error().detail, Catch::Contains(expected));
    CHECK_THAT(StatuteRegister::from_toml(std::string(kLaw) + kLaw).error().detail, Catch::Contains("twice"));
    CHECK(StatuteRegister::from_toml(kLaw).value().all().size() == 1);
}
