// An entry's file becomes an Entry, or an error that names the line and the field.
#include "kb/entry.hpp"

#include <catch2/catch.hpp>

#include "tests/kb/fixture.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::fixture_entry;
using kb::test::replaced;

namespace {

std::string arrears() { return fixture_entry("T01-wages/arrears"); }

std::string problem_of(const std::string& text) {
    const auto entry = parse_entry(text);
    return entry ? "parsed" : entry.error().detail;
}

}  // namespace

TEST_CASE("a whole entry is read field by field", "[kb][entry]") {
    const auto parsed = parse_entry(arrears());
    REQUIRE(parsed.has_value());
    const auto& entry = *parsed;
    CHECK(entry.id == EntryId{"T01-arrears"});
    CHECK(entry.topic == "T01");
    CHECK(entry.subtopic == "拖欠工资");
    CHECK(entry.question == "老板拖欠工资不给，怎么要回来？");
    REQUIRE(entry.variants.size() == 8);
    CHECK(entry.variants[2] == "工资 欠 半年");
    CHECK(entry.keywords == std::vector<std::string>{"拖欠工资", "讨薪", "证据"});
    CHECK(entry.audience == "劳动者");
    CHECK(entry.region == "全国");
    REQUIRE(entry.citations.size() == 2);
    CHECK(entry.citations[1] == EntryCitation{"刑法", "第二百七十六条之一", "有钱不发、责令了还不发，可能坐牢。"});
    CHECK(entry.deadlines == std::vector<std::string>{"labour.arb_limit"});
    CHECK(entry.calculator.empty());
    CHECK(entry.aid == "31(5)");
    CHECK(entry.risk == "wage_extreme");
    CHECK(entry.related == std::vector<EntryId>{EntryId{"T17-loan"}});
    CHECK(entry.follow_ups.size() == 2);
    CHECK(entry.reviewed_on == "2026-11-24");
    CHECK(entry.expires_on == "2027-11-23");
}

TEST_CASE("the body is a conclusion and sections", "[kb][entry]") {
    const auto entry = parse_entry(arrears()).value();
    CHECK(entry.conclusion == "可以要。老板拖欠工资，您能向劳动监察投诉，也能申请劳动仲裁。[劳动合同法 第三十条]");
    REQUIRE(entry.sections.size() == 3);

    SECTION("numbered lines make an ordered list") {
        CHECK(entry.sections[0].title == "怎么办");
        CHECK(entry.sections[0].ordered);
        REQUIRE(entry.sections[0].items.size() == 3);
        CHECK(entry.sections[0].items[1] == "打{热线:12333}，或到劳动监察大队投诉。");
    }
    SECTION("dashes make an unordered one, a wrapped line goes on with its item") {
        CHECK_FALSE(entry.sections[1].ordered);
        CHECK(entry.sections[1].items == std::vector<std::string>{"身份证", "工资转账记录，没有的话带考勤。"});
    }
    SECTION("plain words are an item") {
        CHECK_FALSE(entry.sections[2].ordered);
        CHECK(entry.sections[2].items.size() == 1);
    }
}

TEST_CASE("paragraphs before the first section are all conclusion", "[kb][entry]") {
    const auto entry = parse_entry(replaced(arrears(), "\n## 怎么办", "\n第二段。\n接着说。\n\n## 怎么办")).value();
    CHECK(entry.conclusion.ends_with("第三十条]\n第二段。接着说。"));
}

TEST_CASE("two paragraphs of a section are two items", "[kb][entry]") {
    const auto entry = parse_entry(arrears() + "\n另起一段。\n").value();
    CHECK(entry.sections[2].items.size() == 2);
    CHECK(entry.sections[2].items[1] == "另起一段。");
}

TEST_CASE("an editor's line ends and byte order mark do not matter", "[kb][entry]") {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : arrears()) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto entry = parse_entry(windows);
    REQUIRE(entry.has_value());
    CHECK(*entry == parse_entry(arrears()).value());
}

TEST_CASE("a mistake is named with its line and field", "[kb][entry]") {
    const auto [from, to, line, field] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"topic = \"T01\"", "topic = 1", "line 3:", "topic"},
        {"subtopic =", "subtpic =", "line 4:", "subtpic"},
        {"keywords = [", "keywords = [3, ", "line 16:", "keywords"},
        {"plain = \"工资", "palin = \"工资", "line 20:", "palin"},
        {"expires_on = \"2027-11-23\"", "expires_on = \"明年\"", "line 30:", "expires_on"},
        {"reviewed_on = \"2026-11-24\"", "reviewed_on = \"2026-02-30\"", "line 29:", "reviewed_on"},
        {"aid = \"31(5)\"", "aid = \"31(5)", "line 25:", ""},
        {"id = \"T01-arrears\"\n", "", "", "id"},
        {"question = \"老板拖欠工资不给，怎么要回来？\"\n", "", "", "question"},
        {"## 带什么", "### 带什么", "line 40:", "heading"},
        {"2. 打", "- 打", "line 37:", "one list"},
        {"## 怎么办\n", "", "line 35:", "section"},
    }));
    const auto problem = problem_of(replaced(arrears(), from, to));
    INFO(to);
    CHECK_THAT(problem, Catch::Contains(line));
    CHECK_THAT(problem, Catch::Contains(field));
    CHECK(problem != "parsed");
}

TEST_CASE("a file without its fences, its conclusion or its items is refused", "[kb][entry]") {
    CHECK_THAT(problem_of(""), Catch::Contains("+++"));
    CHECK_THAT(problem_of("id = \"x\"\n"), Catch::Contains("+++"));
    CHECK_THAT(problem_of("+++\nid = \"x\"\n"), Catch::Contains("+++"));
    CHECK_THAT(problem_of("+++\n+++\n"), Catch::Contains("id"));
    CHECK_THAT(problem_of("+++\nid = \"x\"\nquestion = \"y\"\n+++\n"), Catch::Contains("conclusion"));
    CHECK_THAT(problem_of("+++\nid = \"x\"\nquestion = \"y\"\n+++\n好。\n\n## 空\n"), Catch::Contains("空"));
    CHECK_THAT(problem_of("+++\nid = \"x\xff\"\n+++\n"), Catch::Contains("UTF-8"));
}
