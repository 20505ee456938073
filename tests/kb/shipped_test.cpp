// The shipped base as a whole: every entry is clean, answers today, and the golden questions find their entries.
#include <catch2/catch.hpp>
#include <set>

#include "kb/evaluation.hpp"
#include "kb/index.hpp"
#include "kb/lint.hpp"
#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::today;

namespace {

const BaseSources& sources() {
    static const auto loaded = load_base_sources(yuanda::test::source_path("")).value();
    return loaded;
}

const Base& base() {
    static const auto built = Base::build(sources()).value();
    return *built;
}

const Index& index() {
    static const auto built = build_index(base(), "").value();
    return *built;
}

Hits ask(const std::string& text) { return index().search(nlu::normalise(text), "", 5).value(); }

std::set<std::string> pairs_of(const std::string& text) {
    std::set<std::string> pairs;
    for (const auto& term : nlu::terms(nlu::normalise(text)))
        if (term.kind == nlu::Term::Kind::Bigram) pairs.insert(term.text);
    return pairs;
}

}  // namespace

TEST_CASE("lint finds no error in the shipped base", "[kb][shipped]") {
    for (const auto& finding : lint(sources(), today())) {
        INFO(finding.entry << " " << finding.field << " " << finding.rule << ": " << finding.message);
        CHECK(finding.level == LintFinding::Level::Warning);
    }
}

TEST_CASE("every shipped entry answers with law in force", "[kb][shipped]") {
    REQUIRE(base().entries().size() >= 66);
    std::set<std::string> topics;
    for (const auto& entry : base().entries()) {
        INFO(entry.id.value);
        const auto reply = base().answer(entry, today());
        REQUIRE(reply.has_value());
        CHECK_FALSE(reply->paragraphs.empty());
        CHECK(reply->citations.size() == entry.citations.size());
        topics.insert(entry.topic);
    }
    CHECK(topics.size() == 22);
}

TEST_CASE("every title and variant leads to its own entry", "[kb][shipped]") {
    for (const auto& entry : base().entries()) {
        INFO(entry.id.value);
        CHECK(ask(entry.question).hits.at(0).entry == entry.id);
        for (const auto& variant : entry.variants) {
            const auto hits = ask(variant);
            INFO(variant);
            CHECK(hits.hits.at(0).entry == entry.id);
            CHECK(hits.confidence >= Thresholds{}.answer);
        }
    }
}

TEST_CASE("golden questions are found as often as they were when the scores were tuned", "[kb][shipped]") {
    const auto queries = parse_queries(yuanda::test::read_file("kb/golden.jsonl")).value();
    REQUIRE(queries.size() >= 100);
    std::vector<Ranking> rankings;
    int answered = 0;
    int answered_rightly = 0;
    for (const auto& query : queries) {
        const auto hits = ask(query.text);
        Ranking ranking;
        ranking.query = query.id;
        for (const auto& hit : hits.hits) ranking.docs.emplace_back(hit.entry.value, hit.score);
        const bool right = !ranking.docs.empty() && ranking.docs.front().first == query.relevant.front();
        answered += hits.confidence >= Thresholds{}.answer;
        answered_rightly += hits.confidence >= Thresholds{}.answer && right;
        rankings.push_back(std::move(ranking));
    }
    const auto measures = score(queries, rankings);
    // Measured 0.39 and 0.74 without the reader's topic (0.44 and 0.77 with it); the golden questions avoid the
    // entries' own words on purpose.
    CHECK(measures.at("success@1") >= 0.36);
    CHECK(measures.at("success@5") >= 0.68);
    CHECK(answered_rightly >= 0.6 * answered);
}

TEST_CASE("golden questions are no copies of what is indexed", "[kb][shipped]") {
    // kb/entries/README.md: they share at most 40 % of their pairs with any variant or title.
    std::vector<std::pair<std::string, std::set<std::string>>> wordings;
    for (const auto& entry : base().entries()) {
        wordings.emplace_back(entry.question, pairs_of(entry.question));
        for (const auto& variant : entry.variants) wordings.emplace_back(variant, pairs_of(variant));
    }
    for (const auto& query : parse_queries(yuanda::test::read_file("kb/golden.jsonl")).value()) {
        const auto pairs = pairs_of(query.text);
        REQUIRE_FALSE(pairs.empty());
        CHECK(base().find(EntryId{query.relevant.at(0)}));
        for (const auto& [wording, others] : wordings) {
            const auto shared =
                std::count_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return others.contains(pair); });
            if (static_cast<double>(shared) > 0.4 * static_cast<double>(pairs.size()))
                FAIL_CHECK(query.id << " shares " << shared << " of " << pairs.size() << " pairs with " << wording);
        }
    }
}

TEST_CASE("what is no matter of law is not answered", "[kb][shipped]") {
    const auto text = GENERATE(as<std::string>{}, "今天天气怎么样", "帮我写首诗", "番茄炒蛋怎么做", "手机开不了机",
                               "推荐个电影", "谢谢", "猫不吃饭怎么回事", "哪个牌子的洗衣机好", "哈哈哈");
    INFO(text);
    CHECK(ask(text).confidence < Thresholds{}.answer);
}
