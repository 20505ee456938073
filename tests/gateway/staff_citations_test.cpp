// Articles in a lawyer's words: found, held against the register, refused with a reason.
#include "gateway/staff/citations.hpp"

#include <catch2/catch.hpp>

#include "tests/support/files.hpp"

namespace yuanda::gateway::staff {
namespace {

const kb::StatuteRegister& statutes() {
    static const kb::StatuteRegister made = [] {
        auto read = kb::StatuteRegister::from_toml(yuanda::test::read_file("tests/fixtures/kb/config/statutes.toml"));
        REQUIRE(read.has_value());
        return std::move(*read);
    }();
    return made;
}

const Date kToday = *parse_iso_date("2026-11-24");

std::string shown(const std::vector<CitedArticle>& cited) {
    std::string out;
    for (const auto& one : cited) out += (out.empty() ? "" : " ") + one.law + "|" + one.article;
    return out;
}

}  // namespace

TEST_CASE("every article a text names is found", "[gateway][staff][citations]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"依据：《劳动合同法》第三十条、第八十五条", "劳动合同法|第三十条 劳动合同法|第八十五条"},
        {"《劳动合同法》第三十八条第一款第（二）项、第四十六条", "劳动合同法|第三十八条 劳动合同法|第四十六条"},
        {"《民法典》（2020年）第1079条", "民法典|第1079条"},
        {"《民法典》第 1079 条", "民法典|第1079条"},
        {"《刑法》第二百七十六条之一；《民法典》第五条", "刑法|第二百七十六条之一 民法典|第五条"},
        {"看《不存在的法》第三条", "不存在的法|第三条"},
        {"按劳动合同法第三十条办", "劳动合同法|第三十条"},
        {"民法典1079条说过", "民法典|1079条"},
        {"中华人民共和国民法典第五条至第七条", "中华人民共和国民法典|第五条 中华人民共和国民法典|第七条"},
        {"《民法典》第五条。第六条另说", "民法典|第五条"},
        {"劳动合同第三条写得很清楚", ""},
        {"请看合同第三条和《仲裁申请书》", ""},
        {"《劳动合同法》规定要按时发工资", ""},
        {"没有法条", ""},
        {"", ""},
        {"《没有关上的书名号第三条", ""},
    }));
    CAPTURE(text);
    CHECK(shown(cited_in(text, statutes())) == expected);
}

TEST_CASE("citations in force resolve to the register's own words, each once", "[gateway][staff][citations]") {
    const auto checked = check_citations(
        {{"中华人民共和国劳动合同法", "第30条"}, {"劳动合同法", "第三十条"}, {"刑法", "第二百七十六条之一"}},
        statutes(), kToday);
    CHECK_FALSE(checked.refusal);
    REQUIRE(checked.citations.size() == 2);
    CHECK(checked.citations[0].law == "劳动合同法");
    CHECK(checked.citations[0].article == "第三十条");
    CHECK(checked.citations[0].in_force);
}

TEST_CASE("what is not in force is refused with a reason a lawyer can act on", "[gateway][staff][citations]") {
    const auto [law, article, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"婚姻法", "第三十二条", "请改引《民法典》"},
        {"劳动合同法", "第九十九条", "共98条"},
        {"未来法", "第一条", "2027年1月1日起才施行"},
        {"天方夜谭法", "第一条", "查不到"},
        {"民法典", "第零条吧", "没有第零条吧"},
    }));
    const auto checked = check_citations({{"民法典", "第五条"}, {law, article}}, statutes(), kToday);
    CAPTURE(law, article, checked.refusal.value_or(""));
    REQUIRE(checked.refusal);
    CHECK(checked.refusal->find(reason) != std::string::npos);
    CHECK(checked.citations.empty());
}

TEST_CASE("a law that begins tomorrow may be cited from tomorrow on", "[gateway][staff][citations]") {
    CHECK(check_citations({{"未来法", "第一条"}}, statutes(), *parse_iso_date("2026-12-31")).refusal);
    CHECK_FALSE(check_citations({{"未来法", "第一条"}}, statutes(), *parse_iso_date("2027-01-01")).refusal);
}

TEST_CASE("the state of an article has a name", "[gateway][staff][citations]") {
    CHECK(status_of("劳动合同法", "第三十条", statutes(), kToday) == "现行有效");
    CHECK(status_of("刑法", "第一条", statutes(), kToday) == "现行有效");
    CHECK(status_of("婚姻法", "第一条", statutes(), kToday) == "已废止");
    CHECK(status_of("未来法", "第一条", statutes(), kToday) == "尚未施行");
    CHECK(status_of("没有法", "第一条", statutes(), kToday) == "查不到");
}

TEST_CASE("what a lawyer picked and did not write stands in a last line", "[gateway][staff][citations]") {
    const auto picked =
        check_citations({{"劳动合同法", "第三十条"}, {"劳动合同法", "第八十五条"}}, statutes(), kToday).citations;
    CHECK(with_basis("能要回来。", picked, statutes(), kToday) ==
          "能要回来。\n\n依据：《劳动合同法》第三十条、第八十五条");
    CHECK(with_basis("《劳动合同法》第30条说能要。", picked, statutes(), kToday) ==
          "《劳动合同法》第30条说能要。\n\n依据：《劳动合同法》第八十五条");
    CHECK(with_basis("能要回来。", {}, statutes(), kToday) == "能要回来。");
}

}  // namespace yuanda::gateway::staff
