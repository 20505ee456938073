// Every rule of lint fires on the one mistake it is for, and the clean base is clean.
#include "kb/lint.hpp"

#include <catch2/catch.hpp>

#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::test;

namespace {

std::string shown(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const auto& f : findings) text += f.entry + " " + f.field + " " + f.rule + ": " + f.message + "\n";
    return text;
}

/// Findings after one change in T01-arrears.
std::vector<LintFinding> findings_with(const std::string& from, const std::string& to) {
    return lint(sources_with(from, to), today());
}

}  // namespace

TEST_CASE("the fixture base has nothing to find", "[kb][lint]") {
    const auto findings = lint(fixture_sources(), today());
    INFO(shown(findings));
    CHECK(findings.empty());
}

TEST_CASE("a rule fires on its mistake and no other does", "[kb][lint]") {
    const auto [rule, field, from, to] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"missing_field", "subtopic", "subtopic = \"拖欠工资\"\n", ""},
        {"missing_field", "audience", "audience = \"劳动者\"", "audience = \"\""},
        {"missing_field", "keywords", "keywords = [\"拖欠工资\", \"讨薪\", \"证据\"]\n", ""},
        {"missing_field", "follow_ups", "follow_ups = [\"别人欠钱不还怎么办\", \"押金不退怎么办\"]\n", ""},
        {"missing_field", "reviewed_on", "reviewed_on = \"2026-11-24\"\n", ""},
        {"missing_field", "expires_on", "expires_on = \"2027-11-23\"\n", ""},
        {"few_variants", "variants", "  \"老板不给钱\",\n", ""},
        {"repeated_variant", "variants", "\"老板不给钱\"", "\"干了活，一分钱莫给！\""},
        {"near_duplicate", "question", "\"老板不给钱\"", "\"房东 不退押金怎么办\""},  // the later entry is told
        {"unknown_law", "citations", "law = \"劳动合同法\", article = \"第三十条\", plain",
         "law = \"月球法\", article = \"第三十条\", plain"},
        {"bad_article", "citations", "law = \"劳动合同法\", article = \"第三十条\"",
         "law = \"劳动合同法\", article = \"第几条\""},
        {"article_beyond_last", "citations", "law = \"劳动合同法\", article = \"第三十条\"",
         "law = \"劳动合同法\", article = \"第九十九条\""},
        {"repealed_law", "citations", "law = \"劳动合同法\", article = \"第三十条\"",
         "law = \"婚姻法\", article = \"第三十条\""},
        {"not_yet_in_force", "citations", "law = \"劳动合同法\", article = \"第三十条\"",
         "law = \"未来法\", article = \"第三条\""},
        {"citation_without_plain", "citations", "plain = \"工资要按时足额发，不能拖。\"", "plain = \"\""},
        {"repeated_citation", "citations", "citations = [",
         "citations = [{ law = \"劳动合同法\", article = \"30\", plain = \"按时发。\" },"},
        {"unknown_deadline", "deadlines", "[\"labour.arb_limit\"]", "[\"labour.nothing\"]"},
        {"unknown_deadline", "怎么办", "{期限:labour.arb_limit}", "{期限:labour.nothing}"},
        {"unknown_hotline", "怎么办", "{热线:12333}", "{热线:12385}"},
        {"unknown_calculator", "calculator", "calculator = \"\"", "calculator = \"horoscope\""},
        {"unknown_risk", "risk", "risk = \"wage_extreme\"", "risk = \"bad_mood\""},
        {"unknown_aid", "aid", "aid = \"31(5)\"", "aid = \"33\""},
        {"unknown_related", "related", "[\"T17-loan\"]", "[\"T17-nothing\"]"},
        {"unknown_related", "related", "[\"T17-loan\"]", "[\"T01-arrears\"]"},
        {"expired", "expires_on", "2027-11-23", "2026-11-23"},
        {"exclamation", "怎么办", "聊天记录。", "聊天记录！"},
        {"exclamation", "conclusion", "可以要。", "可以要!"},
        {"emoji", "带什么", "身份证", "身份证😀"},
        {"emoji", "question", "怎么要回来？", "怎么要回来☀️？"},
        {"reference_not_cited", "注意", "[刑法 第二百七十六条之一]", "[刑法 第二百七十七条]"},
        {"bad_reference", "注意", "[刑法 第二百七十六条之一]", "[刑法]"},
        {"follow_up_count", "follow_ups", ", \"押金不退怎么办\"]", "]"},
        {"long_follow_up", "follow_ups", "别人欠钱不还怎么办", "别人欠了我好多好多钱一直赖着不还怎么办"},
        {"long_plain", "citations", "工资要按时足额发",
         "工资要按时足额发工资要按时足额发工资要按时足额发工资要按时足额发工资要按时足额发"},
        {"file_name", "id", "id = \"T01-arrears\"", "id = \"T01-wages\""},
        {"number_contradicts", "怎么办", "离开单位后{期限:labour.arb_limit}内要申请仲裁。",
         "离开单位后2年内要申请仲裁。[劳动合同法 第三十条]"},
        {"number_by_hand", "怎么办", "离开单位后{期限:labour.arb_limit}内要申请仲裁。",
         "离开单位后1年内要申请仲裁。[劳动合同法 第三十条]"},
    }));
    // Two entries point to T01-arrears, so renaming it breaks their references too.
    const auto findings = findings_with(from, to);
    INFO(rule << " in " << field << "\n" << shown(findings));
    REQUIRE_FALSE(findings.empty());
    const bool renamed = rule == "file_name";
    std::size_t fired = 0;
    for (const auto& finding : findings) {
        if (finding.rule == rule && finding.field == field) ++fired;
        // Changing what is cited leaves the text's own reference without its citation.
        else
            CHECK((finding.rule == "reference_not_cited" || (renamed && finding.rule == "unknown_related")));
    }
    CHECK(fired == 1);
}

TEST_CASE("an unknown topic is found, as is the folder it does not fit", "[kb][lint]") {
    const auto findings = findings_with("topic = \"T01\"", "topic = \"T23\"");
    INFO(shown(findings));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "file_name");
    CHECK(findings[1].rule == "unknown_topic");
    CHECK(findings[1].level == LintFinding::Level::Error);
}

TEST_CASE("a conclusion may be 120 characters and no more", "[kb][lint]") {
    const auto conclusion = [](int characters) {
        std::string text;
        for (int i = 0; i < characters; ++i) text += "好";
        return lint(sources_with("可以要。老板拖欠工资，您能向劳动监察投诉，也能申请劳动仲裁。", text), today());
    };
    CHECK(conclusion(120).empty());
    REQUIRE(conclusion(121).size() == 1);
    CHECK(conclusion(121)[0].rule == "long_conclusion");
}

TEST_CASE("a reference counts as what is read, the mark of an article as nothing", "[kb][lint]") {
    std::string text;
    for (int i = 0; i < 115; ++i) text += "好";
    const auto conclusion = "可以要。老板拖欠工资，您能向劳动监察投诉，也能申请劳动仲裁。";
    CHECK(findings_with(conclusion, text + "{热线:12333}").empty());  // 115 + 5
    CHECK(findings_with(conclusion, text + "好{热线:12333}").size() == 1);
}

TEST_CASE("marks that are no emoji are left alone", "[kb][lint]") {
    const auto mark = GENERATE(as<std::string>{}, "①", "→", "·", "…", "“”", "℃", "㎡", "✓", "★");
    INFO(mark);
    CHECK(findings_with("身份证", "身份证" + mark).empty());
}

TEST_CASE("marks that are emoji are found", "[kb][lint]") {
    const auto mark = GENERATE(as<std::string>{}, "😀", "👍🏽", "🇨🇳", "⚠", "☎", "✅", "❌", "❤", "⭐", "❗");
    INFO(mark);
    REQUIRE(findings_with("身份证", "身份证" + mark).size() == 1);
    CHECK(findings_with("身份证", "身份证" + mark).front().rule == "emoji");
}

TEST_CASE("a citizen's own wording may shout", "[kb][lint]") {
    CHECK(findings_with("\"老板不给钱\"", "\"老板不给钱！！！\"").empty());
    CHECK(findings_with("\"老板不给钱\"", "\"老板不给钱😭\"").empty());
}

TEST_CASE("every clause of aid, calculator and risk of the format is known", "[kb][lint]") {
    const auto aid = GENERATE(as<std::string>{}, "31(1)", "31(9)", "32(3)", "24", "25", "29", "advice");
    const auto calculator = GENERATE(as<std::string>{}, "", "severance", "work_injury", "injury_death", "deadline");
    INFO(aid << " " << calculator);
    auto sources = sources_with("aid = \"31(5)\"", "aid = \"" + aid + "\"");
    sources.entries[0].second =
        replaced(sources.entries[0].second, "calculator = \"\"", "calculator = \"" + calculator + "\"");
    CHECK(lint(sources, today()).empty());
}

TEST_CASE("an entry is expired on the day after its last", "[kb][lint]") {
    CHECK(lint(fixture_sources(), *parse_iso_date("2027-11-23")).empty());
    const auto late = lint(fixture_sources(), *parse_iso_date("2027-11-24"));
    REQUIRE(late.size() == 4);
    for (const auto& finding : late) CHECK(finding.rule == "expired");
}

TEST_CASE("a law that comes into force is no mistake from that day on", "[kb][lint]") {
    const auto sources =
        sources_with("law = \"刑法\", article = \"第二百七十六条之一\"", "law = \"未来法\", article = \"第三条\"");
    const auto count = [&](const char* day) {
        const auto findings = lint(sources, *parse_iso_date(day));
        return std::count_if(findings.begin(), findings.end(),
                             [](const auto& f) { return f.rule == "not_yet_in_force"; });
    };
    CHECK(count("2026-12-31") == 1);
    CHECK(count("2027-01-01") == 0);
}

TEST_CASE("seven citations are one too many", "[kb][lint]") {
    std::string more = "citations = [";
    for (const auto* article : {"1", "2", "3", "4", "5"})
        more += std::string("{ law = \"劳动合同法\", article = \"") + article + "\", plain = \"好。\" },";
    const auto findings = findings_with("citations = [", more);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "many_citations");
    CHECK(findings[0].level == LintFinding::Level::Warning);
}

TEST_CASE("what cannot be read is a finding, and the rest is still checked", "[kb][lint]") {
    SECTION("an entry") {
        const auto findings = findings_with("topic = \"T01\"", "topic = 1");
        REQUIRE(findings.size() == 3);  // and two entries that name it as related
        CHECK(findings[0].entry == "kb/entries/T01-wages/arrears.md");
        CHECK(findings[0].rule == "unreadable");
        CHECK(findings[1].rule == "unknown_related");
    }
    SECTION("an id that stands twice") {
        auto sources = fixture_sources();
        sources.entries.emplace_back("kb/entries/T01-wages/arrears.md", sources.entries[0].second);
        const auto findings = lint(sources, today());
        REQUIRE_FALSE(findings.empty());
        CHECK(findings[0].rule == "duplicate_id");
    }
    SECTION("a table") {
        auto sources = fixture_sources();
        sources.statutes_toml = "[[";
        sources.hotlines_json = "[]";
        const auto findings = lint(sources, today());
        REQUIRE(findings.size() > 2);
        CHECK(findings[0].field == "statutes");
        CHECK(findings[1].field == "references");
    }
}

TEST_CASE("levels have names", "[kb][lint]") {
    CHECK(name_of(LintFinding::Level::Error) == "error");
    CHECK(name_of(LintFinding::Level::Warning) == "warning");
}

TEST_CASE("a wording that is nearly one of another entry is found", "[kb][lint]") {
    auto sources = fixture_sources();
    for (auto& [name, text] : sources.entries) {
        if (name.ends_with("arrears.md"))
            text = replaced(text, "工资 欠 半年", "朋友借了我的钱拖了两年多一直都不肯还给我");
        if (name.ends_with("loan.md"))
            text = replaced(text, "variants = [", "variants = [\n  \"朋友借了我的钱拖了两年多一直都不肯还给\",");
    }
    const auto findings = lint(sources, today());
    INFO(shown(findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "alike_variant");
    CHECK(findings[0].entry == "T17-loan");
}

TEST_CASE("golden questions name an entry and keep their own words", "[kb][lint]") {
    auto sources = fixture_sources();
    const auto found = [&](const std::string& query, const std::string& target) {
        sources.golden_jsonl = R"({"id":"G-T01-1","query":")" + query + R"(","target":")" + target + "\"}\n";
        return lint(sources, today());
    };
    CHECK(found("给人家砌墙大半年没见着钱", "T01-arrears").empty());
    REQUIRE(found("厂子倒闭了还欠额三个月钱", "T01-arrears").size() == 1);
    CHECK(found("厂子倒闭了还欠额三个月钱", "T01-arrears")[0].rule == "golden_overlap");
    REQUIRE(found("给人家砌墙大半年没见着钱", "T01-nothing").size() == 1);
    CHECK(found("给人家砌墙大半年没见着钱", "T01-nothing")[0].rule == "unknown_target");
    sources.golden_jsonl = "{\n";
    REQUIRE(lint(sources, today()).size() == 1);
    CHECK(lint(sources, today())[0].rule == "unreadable");
}

TEST_CASE("a period beside an article without one of its own is nobody's contradiction", "[kb][lint]") {
    CHECK(findings_with("{期限:labour.arb_limit}内要", "6个月内要").empty());
    CHECK(findings_with("{期限:labour.arb_limit}内要申请仲裁。", "30日内要申请仲裁。[劳动合同法 第三十条]").empty());
}
