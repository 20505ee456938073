// What an editor's page rests on: an entry written back as a file, checked alone, and served without a whole rebuild.
#include <catch2/catch.hpp>

#include "kb/entry_text.hpp"
#include "kb/index.hpp"
#include "kb/neighbours.hpp"
#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::test;

namespace {

const Entry& arrears(const Base& base) { return *base.find(EntryId{"T01-arrears"}); }

std::string rules_of(const std::vector<LintFinding>& findings) {
    std::string rules;
    for (const auto& f : findings) rules += (rules.empty() ? "" : " ") + f.rule;
    return rules;
}

/// A large base, so that the databases have to propose: entry N asks for thing N.
std::vector<Entry> many_entries(int count) {
    std::vector<Entry> all;
    for (int i = 0; i < count; ++i) {
        Entry entry;
        entry.id = EntryId{"N" + std::to_string(i)};
        entry.question = "编号x" + std::to_string(i) + "的押金怎么办？";
        entry.conclusion = "找当地的人问。";
        all.push_back(std::move(entry));
    }
    return all;
}

std::string best(const Index& index, const std::string& question) {
    const auto hits = index.search(nlu::normalise(question), "", 3);
    REQUIRE(hits.has_value());
    return hits->hits.empty() ? "" : hits->hits.front().entry.value;
}

}  // namespace

TEST_CASE("every shipped entry survives being written back as a file", "[kb][editing]") {
    const auto sources = load_base_sources(yuanda::test::source_path(""));
    REQUIRE(sources.has_value());
    for (const auto& [name, text] : sources->entries) {
        const auto entry = parse_entry(text);
        REQUIRE(entry.has_value());
        const auto again = parse_entry(entry_text(*entry));
        if (!again || *again != *entry) FAIL(name << " reads differently: " << entry_text(*entry));
    }
}

TEST_CASE("an entry keeps quotes, backslashes and paragraphs as a file", "[kb][editing]") {
    auto entry = arrears(*fixture_base());
    entry.question = R"(老板说"等等\再说"怎么办)";
    entry.variants = {"带\t制表符", "#井号", "+++"};
    entry.conclusion = "第一段。\n第二段。";
    entry.sections = {{"注意", false, {"1. 像编号的话"}}, {"怎么办", true, {"第一步", "- 第二步"}}};
    const auto again = parse_entry(entry_text(entry));
    REQUIRE(again.has_value());
    CHECK(*again == entry);
}

TEST_CASE("a text that pretends to be a mark of the file is noticed by reading it again", "[kb][editing]") {
    auto entry = arrears(*fixture_base());
    entry.conclusion = "可以。\n## 冒充的小节\n- 内容";
    const auto again = parse_entry(entry_text(entry));
    REQUIRE(again.has_value());
    CHECK_FALSE(*again == entry);
}

TEST_CASE("an entry is checked alone as it would be within the whole base", "[kb][editing]") {
    const auto base = fixture_base();
    const Neighbours neighbours(base, nullptr);
    auto entry = arrears(*base);
    CHECK(rules_of(neighbours.lint(entry, today())).empty());

    SECTION("a neighbour's wording is named with the neighbour") {
        entry.variants[3] = "房东 不退押金怎么办";
        const auto findings = neighbours.lint(entry, today());
        REQUIRE(rules_of(findings) == "near_duplicate");
        CHECK(findings[0].field == "variants");
        CHECK(findings[0].value == "房东 不退押金怎么办");
        CHECK(findings[0].other == "T15-deposit");
    }
    SECTION("a wording that stands twice is a warning") {
        entry.variants.push_back("老板，不给钱");
        const auto findings = neighbours.lint(entry, today());
        REQUIRE(rules_of(findings) == "repeated_variant");
        CHECK(findings[0].level == LintFinding::Level::Warning);
        CHECK(findings[0].value == "老板，不给钱");
    }
    SECTION("an article of a law that is repealed is named as it stands") {
        entry.citations[0].law = "婚姻法";
        const auto findings = neighbours.lint(entry, today());
        CHECK(findings[0].rule == "repealed_law");
        CHECK(findings[0].field == "citations");
        CHECK(findings[0].value == "婚姻法 第三十条");
    }
    SECTION("a finding in a section names the section") {
        entry.sections[0].items[0] = "先打{热线:99999}";
        const auto findings = neighbours.lint(entry, today());
        REQUIRE(rules_of(findings) == "unknown_hotline");
        CHECK(findings[0].field == "怎么办");
        CHECK(findings[0].value == "99999");
    }
    SECTION("a new entry may not take a name that no file can have") {
        entry.id = EntryId{"T02-Arrears!"};
        for (auto& variant : entry.variants) variant += "甲乙丙丁戊己庚辛";
        entry.question = "一个全新的问题是什么样子的呢";
        const auto findings = neighbours.lint(entry, today());
        REQUIRE(rules_of(findings) == "bad_id");
    }
}

TEST_CASE("neighbours of the next generation see what has changed", "[kb][editing]") {
    const auto base = fixture_base();
    const Neighbours before(base, nullptr);
    auto entries = base->entries();
    for (auto& entry : entries)
        if (entry.id.value == "T15-deposit") entry.variants.push_back("押金一分都没退回来");
    const auto next = Base::from_entries(entries, base->statutes(), base->references(), {}).value();
    const Neighbours after(next, &before);
    auto entry = arrears(*base);
    entry.variants.push_back("押金一分都没退回来");
    CHECK(rules_of(before.lint(entry, today())).empty());
    CHECK(rules_of(after.lint(entry, today())) == "near_duplicate");
}

TEST_CASE("a patched index answers as one that was built anew", "[kb][editing]") {
    auto entries = many_entries(300);
    const auto base = Base::from_entries(entries, {}, {}, {}).value();
    const auto whole = build_index(*base, "").value();
    entries[7].question = "邻居的狗咬了人谁负责？";
    entries[7].conclusion = "由养狗的人负责。";
    Entry added;
    added.id = EntryId{"NEW"};
    added.question = "高空抛物砸坏了车找谁？";
    added.conclusion = "找扔的人，找不到就找物业。";
    entries.push_back(added);
    const auto edited = Base::from_entries(entries, {}, {}, {}).value();
    const auto patched = patched_index(*whole, *edited, {7, 300}).value();
    const auto anew = build_index(*edited, "").value();

    CHECK(best(*patched, "狗咬了人") == "N7");
    CHECK(best(*patched, "高空抛物砸坏了车") == "NEW");
    CHECK(best(*whole, "狗咬了人") != "N7");
    for (const std::string question : {"狗咬了人谁负责", "高空抛物", "编号x41的押金", "编号x7的押金怎么办"}) {
        CAPTURE(question);
        const auto a = patched->search(nlu::normalise(question), "", 3).value();
        const auto b = anew->search(nlu::normalise(question), "", 3).value();
        REQUIRE_FALSE(a.hits.empty());
        CHECK(a.hits.front() == b.hits.front());
        CHECK(a.confidence == b.confidence);
    }
    SECTION("what does not fit is refused") {
        CHECK_FALSE(patched_index(*whole, *Base::from_entries(many_entries(2), {}, {}, {}).value(), {}).has_value());
        CHECK_FALSE(patched_index(*whole, *edited, {301}).has_value());
        CHECK_FALSE(patched_index(*patched, *edited, {7}).has_value());
    }
}
