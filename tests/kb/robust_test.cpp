// Whatever bytes come, the parsers answer with a value or an Error.
#include <catch2/catch.hpp>
#include <random>

#include "kb/detail/markup.hpp"
#include "kb/evaluation.hpp"
#include "kb/index.hpp"
#include "kb/lint.hpp"
#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::fixture_entry;

namespace {

/// Pieces that matter to the parsers, in random order.
std::string soup(std::mt19937& random, const std::vector<std::string>& pieces, int length) {
    std::string text;
    for (int i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
    return text;
}

}  // namespace

TEST_CASE("an entry cut off anywhere is an error or an entry", "[kb][robust]") {
    const auto whole = fixture_entry("T05-divorce/refuse");
    int parsed = 0;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const auto entry = parse_entry(whole.substr(0, length));
        if (entry)
            ++parsed;
        else
            CHECK_FALSE(entry.error().detail.empty());
    }
    CHECK(parsed > 0);
    CHECK(parsed < static_cast<int>(whole.size()) / 2);
}

TEST_CASE("an entry with any byte replaced is an error or an entry", "[kb][robust]") {
    const auto whole = fixture_entry("T15-housing/deposit");
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char byte : {'\0', '"', '\n', '\xff', '+'}) {
            auto text = whole;
            text[at] = byte;
            const auto entry = parse_entry(text);
            if (entry)
                CHECK_FALSE(entry->question.empty());
            else
                CHECK(entry.error().code == ErrorCode::InvalidInput);
        }
}

TEST_CASE("any mixture of numerals is a number or nothing", "[kb][robust]") {
    std::mt19937 random(7);
    const std::vector<std::string> pieces{"第", "条", "之", "一", "二", "十", "百", "千", "零", "〇",
                                          "款", "项", "（", "）", "3",  "0",  "9",  "万", " ",  "x"};
    for (int i = 0; i < 20'000; ++i) {
        const auto text = soup(random, pieces, static_cast<int>(random() % 9));
        const auto article = parse_article(text);
        if (!article) continue;
        INFO(text);
        CHECK(article->number > 0);
        CHECK(article->number < 20'000);
        CHECK(article->suffix >= 0);
    }
}

TEST_CASE("the pieces of a text are the text", "[kb][robust]") {
    std::mt19937 random(8);
    const std::vector<std::string> pieces{
        "{", "}", "[", "]", "{期限:", "{热线:", "110", "劳动合同法", " ", "第三条", "的"};
    for (int i = 0; i < 5'000; ++i) {
        const auto text = soup(random, pieces, static_cast<int>(random() % 12));
        std::string again;
        for (const auto& span : detail::spans(text)) {
            CHECK_FALSE(span.text.empty());
            again += span.text;
        }
        REQUIRE(again == text);
    }
}

TEST_CASE("evaluation lines cut off anywhere are an error or lines", "[kb][robust]") {
    const std::string whole =
        "{\"id\":\"1\",\"question\":\"甲\",\"keyword\":\"乙\",\"answer\":\"丙\",\"gold\":[\"S1\"]}\n";
    for (std::size_t length = 1; length + 1 < whole.size(); ++length) {
        CHECK(parse_plain_entries(whole.substr(0, length)).has_error());
        CHECK(parse_queries(whole.substr(0, length)).has_error());
    }
    CHECK(parse_plain_entries(whole)->size() == 1);
    CHECK(parse_plain_entries("")->empty());
    CHECK(parse_queries("\n\n \n")->empty());
}

TEST_CASE("any utterance can be searched for", "[kb][robust]") {
    const auto index = build_index(*kb::test::fixture_base(), "").value();
    std::mt19937 random(9);
    const std::vector<std::string> pieces{"工资",     "押金",    "?",   "！",     "\n",         "ａ",
                                          "𠮷",       "e\u0301", "😀",   "\u200b", "{热线:110}", "%s",
                                          "' OR 1=1", "AND",     "NOT", "*",      ":",          "W工资"};
    for (int i = 0; i < 300; ++i) {
        const auto hits =
            index->search(nlu::normalise(soup(random, pieces, static_cast<int>(random() % 30))), "T01", 5);
        REQUIRE(hits.has_value());
        CHECK(hits->hits.size() <= 5);
        CHECK(hits->confidence >= 0);
        CHECK(hits->confidence <= 1);
    }
    std::string long_story;
    for (int i = 0; i < 2'000; ++i) long_story += "老板不给";
    CHECK(index->search(nlu::normalise(long_story), "", 5).has_value());
}

TEST_CASE("lint of broken files names each of them", "[kb][robust]") {
    BaseSources sources;
    for (int i = 0; i < 20; ++i) sources.entries.emplace_back("file" + std::to_string(i), std::string(i, '+') + "\n");
    const auto findings = lint(sources, kb::test::today());
    std::size_t unreadable = 0;
    for (const auto& finding : findings)
        unreadable += finding.rule == "unreadable" && finding.entry.starts_with("file");
    CHECK(unreadable == 20);
}
