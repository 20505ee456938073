// The shipped tables: every sentence is there, speaks plainly, and names only confirmed numbers.
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>

#include "core/json.hpp"
#include "core/text.hpp"
#include "dialogue/detail/divisions.hpp"
#include "dialogue/detail/texts.hpp"
#include "dialogue/form.hpp"
#include "kb/base.hpp"
#include "tests/dialogue/talk.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;

namespace {

Hotlines shipped_hotlines() {
    return kb::References::from_json(R"({"deadlines":[]})", shipped_sources().hotlines).value().hotlines;
}

Texts shipped_texts() { return Texts::from_toml(shipped_sources().texts, shipped_hotlines()).value(); }

std::vector<std::string> spoken_lines() {
    std::vector<std::string> out;
    const auto texts = shipped_texts();
    for (const auto& key : texts.keys())
        if (key.rfind("words.", 0) != 0)
            for (auto& line : texts.lines(key)) out.push_back(std::move(line));
    const auto form = parse_form(shipped_sources().form).value();
    for (const auto& field : form.fields) {
        out.push_back(field.ask);
        out.push_back(field.why);
    }
    for (const auto& line : form.bring) out.push_back(line.text);
    return out;
}

std::vector<std::string> sentences(const std::string& line) {
    std::vector<std::string> out{""};
    for (const char32_t c : to_utf32(line)) {
        if (c == U'。' || c == U'？' || c == U'：')
            out.emplace_back();
        else
            out.back() += to_utf8(std::u32string(1, c));
    }
    return out;
}

/// Every key written in the sources of this room: say("…"), text("…"), lists("…"), notice(turn, "…", "…").
std::set<std::string> keys_in_the_code() {
    static const std::regex literal("\"([a-z_]+\\.[a-z_]+)\"");
    const auto texts = shipped_texts();
    std::set<std::string> tables, out;
    for (const auto& key : texts.keys()) tables.insert(key.substr(0, key.find('.')));
    for (const auto& file : std::filesystem::directory_iterator(yuanda::test::source_path("dialogue/detail"))) {
        if (file.path().extension() != ".cpp") continue;
        const std::string code = yuanda::test::read_file("dialogue/detail/" + file.path().filename().string());
        for (std::sregex_iterator at(code.begin(), code.end(), literal), end; at != end; ++at)
            if (tables.contains((*at)[1].str().substr(0, (*at)[1].str().find('.')))) out.insert((*at)[1].str());
    }
    return out;
}

/// Names of rules look like keys of texts.
bool is_rule_name(const std::string& key) {
    static const std::set<std::string> rules{
        "clarify.topic",     "centre.info",  "clarify.choices", "clarify.none_of_these", "fallback.unsure",
        "choice.entry_gone", "choice.stale", "choice.expired",  "choice.out_of_range",   "choice.none_offered"};
    return rules.contains(key);
}

}  // namespace

TEST_CASE("every text the code asks for exists", "[dialogue][texts]") {
    const auto texts = shipped_texts();
    const auto keys = keys_in_the_code();
    CHECK(keys.size() > 80);
    for (const auto& key : keys) {
        CAPTURE(key);
        CHECK((texts.has(key) || is_rule_name(key)));
    }
}

TEST_CASE("texts whose key is put together at run time exist", "[dialogue][texts]") {
    const auto texts = shipped_texts();
    for (int risk = 0; risk <= static_cast<int>(nlu::Risk::Threat); ++risk)
        CHECK(texts.has("safety." + std::string(nlu::name_of(static_cast<nlu::Risk>(risk)))));
    for (const auto* kind : {"name", "phone", "identity", "division", "age", "date", "money", "choice", "text"})
        CHECK(texts.has(std::string("intake.bad.") + kind));
    for (const auto* outlook : {"likely", "needs_person", "out_of_scope"})
        CHECK(texts.has(std::string("submitted.") + outlook));
}

TEST_CASE("every answer kind of the form has its words for a bad answer", "[dialogue][texts]") {
    const auto texts = shipped_texts();
    for (const auto& field : parse_form(shipped_sources().form).value().fields) {
        CAPTURE(field.key);
        CHECK(texts.has("intake.bad." + std::string(name_of(field.kind))));
    }
}

TEST_CASE("the entry for the beaten is one of the base", "[dialogue][texts]") {
    const std::string id = shipped_texts().say("entry.beaten");
    const std::string file = yuanda::test::read_file("kb/entries/T07-domestic-violence/beaten.md");
    CHECK(file.find("id = \"" + id + "\"") != std::string::npos);
}

TEST_CASE("sentences keep the voice", "[dialogue][texts]") {
    for (const auto& line : spoken_lines()) {
        CAPTURE(line);
        for (const auto* never :
             {"！", "!", "亲", "哦", "作为机器人", "不符合", "你的", "你好像", "保证您", "一定能", "*", "#"})
            CHECK(line.find(never) == std::string::npos);
        for (const auto& sentence : sentences(line)) CHECK(code_points(sentence) <= 26);
    }
}

TEST_CASE("a text names only numbers somebody has confirmed", "[dialogue][texts]") {
    const auto hotlines = shipped_hotlines();
    static const std::regex number("(^|[^0-9])(1[12][0-9]|1[0-9]{4}|96110)([^0-9]|$)");
    for (const auto& line : spoken_lines()) {
        std::smatch match;
        if (!std::regex_search(line, match, number)) continue;
        CAPTURE(line);
        CHECK(hotlines.contains(match[2].str()));
    }
}

TEST_CASE("an unconfirmed number takes its line along", "[dialogue][texts]") {
    const auto texts = Texts::from_toml("[a]\nb = [\"打{热线:110}。\", \"打{热线:12385}。\"]\n", {{"110", "报警"}});
    REQUIRE(texts.has_value());
    CHECK(texts->lines("a.b") == std::vector<std::string>{"打110。"});
    SECTION("and nothing may be left with nothing to say") {
        const auto emptied = Texts::from_toml("[a]\nb = \"打{热线:12385}。\"\n", {{"110", "报警"}});
        REQUIRE_FALSE(emptied.has_value());
        CHECK(emptied.error().detail.find("a.b") != std::string::npos);
    }
}

TEST_CASE("placeholders are filled by name and never left standing", "[dialogue][texts]") {
    const auto [text, result] = GENERATE(table<std::string, std::string>(
        {{"前面{n}位", "前面2位"}, {"{n}{n}", "22"}, {"没有", "没有"}, {"{other}到", "到"}, {"半个{", "半个{"}}));
    CHECK(filled(text, {{"n", "2"}}) == result);
}

TEST_CASE("bad tables are refused with their place", "[dialogue][texts]") {
    CHECK_FALSE(Texts::from_toml("a = ", {}).has_value());
    CHECK(parse_form("id = ").error().detail.find("line") != std::string::npos);
    const std::string head =
        "id = \"f\"\nsections = [\"甲\"]\n[[field]]\nkey = \"a\"\nsection = \"甲\"\nlabel = \"x\"\n"
        "ask = \"x\"\nwhy = \"x\"\n";
    const auto form_read = parse_form(head + "kind = \"text\"\n");
    REQUIRE(form_read.has_value());
    CHECK(form_read->staff_sections == form_read->sections);
    CHECK_FALSE(parse_form("staff_sections = []\n" + head + "kind = \"yes_no\"\n").has_value());
    CHECK_FALSE(parse_form("staff_sections = [\"甲\", \"乙\"]\n" + head + "kind = \"text\"\n").has_value());
    const auto bad = GENERATE(as<std::string>{}, "kind = \"poem\"\n", "kind = \"choice\"\n", "",
                              "kind = \"text\"\nonly_if = { key = \"b\", value = \"c\" }\n");
    CAPTURE(bad);
    const auto form = parse_form(head + bad);
    REQUIRE_FALSE(form.has_value());
    CHECK(form.error().detail.find("field a") != std::string::npos);
}

TEST_CASE("a planner is not made from tables that do not hold", "[dialogue]") {
    auto sources = shipped_sources();
    const auto reader = std::make_shared<FakeReader>();
    CHECK(make_planner(sources, shipped_calendar(), reader).has_value());
    CHECK_FALSE(make_planner(sources, nullptr, reader).has_value());
    CHECK_FALSE(make_planner(sources, shipped_calendar(), nullptr).has_value());
    sources.divisions = "{}";
    CHECK_FALSE(make_planner(sources, shipped_calendar(), reader).has_value());
    sources = shipped_sources();
    sources.hotlines = "[]";
    CHECK_FALSE(make_planner(sources, shipped_calendar(), reader).has_value());
    sources = shipped_sources();
    sources.form = "";
    CHECK_FALSE(make_planner(sources, shipped_calendar(), reader).has_value());
}

TEST_CASE("the form walks its fields in order and minds its conditions", "[dialogue][form]") {
    const auto form = parse_form(shipped_sources().form).value();
    CHECK(form.next_step({}) == "who");
    CHECK(form.next_step({{"who", "self"}}) == "name");
    CHECK(form.next_step({{"who", "other"}}) == "relation");
    CHECK(form.previous_step("name", {{"who", "self"}}) == "who");
    CHECK(form.previous_step("name", {{"who", "other"}}) == "relation");
    CHECK(form.previous_step("who", {}).empty());
    CHECK(form.matter_of("T01") == "请求支付劳动报酬");
    CHECK(form.matter_of("T99") == "其他法律事务");
}

TEST_CASE("personal values are shown masked", "[dialogue][form]") {
    const auto form = parse_form(shipped_sources().form).value();
    CHECK(form.masked(*form.find("name"), "王秀英") == "王*英");
    CHECK(form.masked(*form.find("phone"), "13812345678") == "138****5678");
    CHECK(form.masked(*form.find("hardship"), "support") == "低保、特困或优抚对象");
    CHECK(form.shown(*form.find("topic"), "T17") == "债务纠纷");
}

TEST_CASE("what to bring follows matter and hardship", "[dialogue][form]") {
    const auto form = parse_form(shipped_sources().form).value();
    const auto wages = form.to_bring({{"topic", "T01"}, {"hardship", "migrant"}, {"who", "self"}});
    const auto injury = form.to_bring({{"topic", "T03"}, {"hardship", "support"}, {"who", "other"}});
    CHECK(wages.size() == 3);
    CHECK(injury.size() == 5);
    CHECK(injury.back() == "低保证、特困证或优抚证明。");
}

TEST_CASE("counties are found by full and short names", "[dialogue][divisions]") {
    const auto divisions = Divisions::from_json(shipped_sources().divisions).value();
    const auto [said, code] = GENERATE(table<std::string, std::string>({{"周至县", "610124"},
                                                                        {"额是周至的", "610124"},
                                                                        {"西安市雁塔区小寨", "610113"},
                                                                        {"西安市", "610100"},
                                                                        {"杨陵区", "610403"},
                                                                        {"韩城", "610581"}}));
    CAPTURE(said);
    const auto match = divisions.find(said);
    REQUIRE(match.has_value());
    CHECK(match->code == code);
    CHECK_FALSE(divisions.find("北京").has_value());
    CHECK_FALSE(divisions.find("").has_value());
}
