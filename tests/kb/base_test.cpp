// The base resolves references, answers with law in force, and refuses to be confident about anything else.
#include "kb/base.hpp"

#include <catch2/catch.hpp>

#include "tests/kb/fixture.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::test;

namespace {

std::optional<Reply> answer_with(const std::string& from, const std::string& to, Date day = today()) {
    const auto base = Base::build(sources_with(from, to)).value();
    return base->answer(*base->find(EntryId{"T01-arrears"}), day);
}

}  // namespace

TEST_CASE("lengths of deadlines are said as people say them", "[kb][base]") {
    const auto sources = fixture_sources();
    const auto references = References::from_json(sources.deadlines_json, sources.hotlines_json).value();
    const auto [id, text] = GENERATE(table<std::string, std::string>({
        {"labour.arb_limit", "1年"},
        {"divorce.cooling", "30日"},
        {"dv.urgent", "72小时"},
        {"gov.reply", "15个工作日"},
        {"divorce.again", "6个月"},
    }));
    REQUIRE(references.deadlines.contains(id));
    CHECK(references.deadlines.at(id) == text);
    CHECK_FALSE(references.deadlines.contains("support.none"));
}

TEST_CASE("only hotlines that somebody confirmed exist", "[kb][base]") {
    const auto sources = fixture_sources();
    const auto references = References::from_json(sources.deadlines_json, sources.hotlines_json).value();
    CHECK(references.hotlines == decltype(references.hotlines){{"110", "报警"}, {"12333", "人社咨询"}});
}

TEST_CASE("tables that are not tables are refused", "[kb][base]") {
    const auto good = fixture_sources();
    CHECK_THAT(References::from_json("{", good.hotlines_json).error().detail, Catch::Contains("deadlines"));
    CHECK_THAT(References::from_json("[]", good.hotlines_json).error().detail, Catch::Contains("deadlines"));
    CHECK_THAT(References::from_json(good.deadlines_json, "{\"hotlines\":{}}").error().detail,
               Catch::Contains("hotlines"));
}

TEST_CASE("the shipped folders are read in a fixed order without their README", "[kb][base]") {
    const auto sources = fixture_sources();
    REQUIRE(sources.entries.size() == 4);
    CHECK(sources.entries[0].first == "kb/entries/T01-wages/arrears.md");
    CHECK(sources.entries[3].first == "kb/entries/T17-debt/loan.md");
    const auto missing = load_base_sources(fixture_root() + "/nowhere");
    REQUIRE(missing.has_error());
    CHECK(missing.error().code == ErrorCode::NotFound);
    CHECK_THAT(missing.error().detail, Catch::Contains("nowhere"));
}

TEST_CASE("a base is found by id and never holds one id twice", "[kb][base]") {
    const auto base = fixture_base();
    REQUIRE(base->entries().size() == 4);
    REQUIRE(base->find(EntryId{"T15-deposit"}));
    CHECK(base->find(EntryId{"T15-deposit"})->question == "房东不退押金怎么办？");
    CHECK(base->find(EntryId{"T99-none"}) == nullptr);
    CHECK(base->statutes().all().size() == 5);

    auto sources = fixture_sources();
    sources.entries.push_back(sources.entries.front());
    CHECK_THAT(Base::build(sources).error().detail, Catch::Contains("T01-arrears"));
    sources = sources_with("topic = \"T01\"", "topic = 1");
    CHECK_THAT(Base::build(sources).error().detail, Catch::StartsWith("kb/entries/T01-wages/arrears.md: line 3"));
}

TEST_CASE("references become their values", "[kb][base]") {
    const auto base = fixture_base();
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"没有引用。", "没有引用。"},
        {"{期限:labour.arb_limit}内申请", "1年内申请"},
        {"打{热线:12333}或{热线:110}。", "打12333或110。"},
        {"要按时发。[劳动合同法 第三十条]", "要按时发。"},
        {"写[今天]和{姓名}", "写[今天]和{姓名}"},
        {"写{期限:labour.arb_limit", "写{期限:labour.arb_limit"},
        {"[劳动合同法 第三十条", "[劳动合同法 第三十条"},
        {"{期限:nowhere}内", ""},
        {"打{热线:12385}", ""},
        {"", ""},
    }));
    CHECK(base->resolve(text) == expected);
}

TEST_CASE("an entry is answered whole", "[kb][base]") {
    const auto base = fixture_base();
    const auto reply = base->answer(*base->find(EntryId{"T01-arrears"}), today());
    REQUIRE(reply.has_value());
    CHECK(reply->kind == ReplyKind::Answer);
    CHECK(reply->paragraphs ==
          std::vector<std::string>{"可以要。老板拖欠工资，您能向劳动监察投诉，也能申请劳动仲裁。"});
    REQUIRE(reply->sections.size() == 3);
    CHECK(reply->sections[0].title == "怎么办");
    CHECK(reply->sections[0].ordered);
    CHECK(reply->sections[0].items[1] == "打12333，或到劳动监察大队投诉。");
    CHECK(reply->sections[0].items[2] == "离开单位后1年内要申请仲裁。");
    REQUIRE(reply->citations.size() == 2);
    CHECK(reply->citations[0].law == "劳动合同法");
    CHECK(reply->citations[0].article == "第三十条");
    CHECK(reply->citations[0].plain == "工资要按时足额发，不能拖。");
    CHECK(reply->citations[0].in_force);
    CHECK(reply->follow_ups == std::vector<std::string>{"别人欠钱不还怎么办", "押金不退怎么办"});
    CHECK(reply->updated == "2026-11-24");
    CHECK(reply->feedback);
    CHECK(reply->choices.empty());
}

TEST_CASE("a conclusion of two paragraphs stays two", "[kb][base]") {
    const auto reply = answer_with("\n## 怎么办", "\n第二段。\n\n## 怎么办");
    REQUIRE(reply.has_value());
    CHECK(reply->paragraphs.size() == 2);
    CHECK(reply->paragraphs[1] == "第二段。");
}

TEST_CASE("law that is not in force never leaves the base", "[kb][base]") {
    SECTION("one such citation keeps the whole answer back") {
        CHECK_FALSE(
            answer_with("law = \"刑法\", article = \"第二百七十六条之一\"", "law = \"婚姻法\", article = \"第一条\"")
                .has_value());
    }
    SECTION("so does an article that does not exist") {
        CHECK_FALSE(answer_with("article = \"第二百七十六条之一\"", "article = \"第九百条\"").has_value());
    }
    SECTION("an answer left without any law is no answer") {
        auto sources = fixture_sources();
        auto& deposit = sources.entries[2].second;
        deposit = replaced(deposit, "law = \"民法典\", article = \"第七百三十三条\"",
                           "law = \"婚姻法\", article = \"第一条\"");
        const auto base = Base::build(sources).value();
        CHECK_FALSE(base->answer(*base->find(EntryId{"T15-deposit"}), today()).has_value());
    }
    SECTION("an answer that never rested on law is one") {
        Entry plain;
        plain.id = EntryId{"Q1"};
        plain.question = "几点上班？";
        plain.conclusion = "九点。\n周末休息。";
        const auto base = Base::from_entries({plain}, {}, {}, {}).value();
        const auto reply = base->answer(base->entries().front(), today());
        REQUIRE(reply.has_value());
        CHECK(reply->paragraphs == std::vector<std::string>{"九点。", "周末休息。"});
        CHECK(reply->citations.empty());
    }
}

TEST_CASE("an entry answers up to and on its last day", "[kb][base]") {
    CHECK(answer_with("可以要", "可以要", *parse_iso_date("2027-11-23")).has_value());
    CHECK_FALSE(answer_with("可以要", "可以要", *parse_iso_date("2027-11-24")).has_value());
    CHECK(answer_with("expires_on = \"2027-11-23\"", "expires_on = \"\"", *parse_iso_date("2040-01-01")).has_value());
}

TEST_CASE("an unknown deadline or hotline never reaches a citizen as a blank", "[kb][base]") {
    CHECK_FALSE(answer_with("{期限:labour.arb_limit}", "{期限:labour.nothing}").has_value());
    CHECK_FALSE(answer_with("{热线:12333}", "{热线:12385}").has_value());
    CHECK_FALSE(answer_with("可以要。", "可以要。{期限:support.none}").has_value());
}
