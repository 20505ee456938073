// The small parts of the index: terms, scores, retry, cache, confidence.
#include <cmath>

#include <catch2/catch.hpp>

#include "kb/detail/cache.hpp"
#include "kb/detail/confidence.hpp"
#include "kb/detail/lexical.hpp"
#include "kb/detail/markup.hpp"
#include "kb/detail/ranker.hpp"
#include "kb/detail/retry.hpp"
#include "kb/index.hpp"
#include "nlu/reader.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::detail;
using Catch::Matchers::WithinAbs;

namespace {

const CountedTerm* find(const std::vector<CountedTerm>& terms, const std::string& key) {
    for (const auto& term : terms)
        if (term.key == key) return &term;
    return nullptr;
}

struct Overtaken {};

}  // namespace

TEST_CASE("terms are counted by kind", "[kb][detail]") {
    const auto terms = counted_terms(nlu::normalise("工资工资"));
    const auto* pair = find(terms, "B工资");
    REQUIRE(pair);
    CHECK(pair->count == 2);
    CHECK(is_pair(*pair));
    CHECK_THAT(pair->weight, WithinAbs(1.0, 1e-9));  // 0.5 each
    REQUIRE(find(terms, "U工"));
    CHECK_THAT(find(terms, "U工")->weight, WithinAbs(2.4, 1e-9));  // 1.2 each
    CHECK_FALSE(is_pair(*find(terms, "U工")));
    CHECK(counted_terms("").empty());
}

TEST_CASE("boilerplate weighs less than matter", "[kb][detail]") {
    const auto terms = counted_terms(nlu::normalise("请问押金"));
    REQUIRE(find(terms, "W请问"));
    REQUIRE(find(terms, "W押金"));
    CHECK(find(terms, "W请问")->weight < find(terms, "W押金")->weight);
}

TEST_CASE("a term too long for Xapian is left out", "[kb][detail]") {
    for (const auto& term : counted_terms(std::string(5000, 'a'))) CHECK(term.key.size() < 245);
}

TEST_CASE("surfaces differ only by what is said", "[kb][detail]") {
    CHECK(surface_key("老板，不 给钱？") == "老板不给钱");
    CHECK(surface_key("「押金」…不退。") == "押金不退");
    CHECK(surface_key("12333 打不通") == "12333打不通");
    CHECK(surface_key("?!。").empty());
}

TEST_CASE("a vocabulary numbers each term once", "[kb][detail]") {
    Vocabulary vocabulary;
    CHECK(vocabulary.add("W甲") == 0);
    CHECK(vocabulary.add("W乙") == 1);
    CHECK(vocabulary.add("W甲") == 0);
    CHECK(vocabulary.find("W乙") == 1);
    CHECK(vocabulary.find("W丙") == vocabulary.size());
}

TEST_CASE("BM25 is the textbook's", "[kb][detail]") {
    Vocabulary vocabulary;
    Bm25 bm25;
    bm25.rows.add({{"W甲", 2, 2}, {"W乙", 1, 1}}, vocabulary);
    bm25.rows.add({{"W乙", 1, 1}}, vocabulary);
    bm25.finish(vocabulary.size());
    // N 2, n 1: idf = ln(1 + 1.5 / 1.5); tf 2, length 3, mean 2: 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5))
    const double expected = std::log(2.0) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5));
    const std::vector<QueryTerm> terms{{vocabulary.find("W甲"), 1.0}};
    CHECK_THAT(bm25.score(terms, 0), WithinAbs(expected, 1e-5));
    CHECK(bm25.score(terms, 1) == 0);
    CHECK(bm25.frequency(vocabulary.find("W乙")) == 2);
    CHECK(bm25.idf(vocabulary.find("W乙")) < bm25.idf(vocabulary.find("W甲")));
    CHECK(bm25.idf(999) == 0);
}

TEST_CASE("rows meet a query's terms in one pass", "[kb][detail]") {
    Vocabulary vocabulary;
    Rows rows;
    rows.add({{"a", 1, 1}, {"c", 3, 3}, {"b", 2, 2}}, vocabulary);
    rows.add({}, vocabulary);
    std::vector<std::pair<TermId, float>> seen;
    const auto note = [&](const QueryTerm& term, float count) { seen.emplace_back(term.id, count); };
    const std::vector<QueryTerm> terms{{0, 1}, {2, 1}, {7, 1}};
    rows.intersect(terms, 0, note);
    CHECK(seen == std::vector<std::pair<TermId, float>>{{0, 1.0F}, {2, 2.0F}});
    seen.clear();
    rows.intersect(terms, 1, note);
    CHECK(seen.empty());
}

TEST_CASE("an entry's own wording scores above every other entry", "[kb][detail]") {
    Entry wages;
    wages.question = "老板拖欠工资";
    wages.variants = {"工钱没结清"};
    wages.conclusion = "可以投诉。[劳动合同法 第三十条]";
    Entry deposit;
    deposit.question = "房东不退押金";
    deposit.keywords = {"租房"};
    const Ranker ranker({entry_terms(wages), entry_terms(deposit)}, {});
    CHECK(ranker.size() == 2);
    const auto query = ranker.query(nlu::normalise("工钱没结清"));
    CHECK(ranker.score(query, 0) > ranker.score(query, 1));
    CHECK(query.pairs == 4);
    CHECK_FALSE(query.candidates.empty());
    CHECK(query.candidates.size() == query.candidate_weights.size());

    SECTION("references are no words of the answer") {
        for (const auto& term : entry_terms(wages).answer) CHECK(term.key.find("劳动") == std::string::npos);
    }
    SECTION("keywords count as question, not as wording") {
        CHECK(entry_terms(deposit).titles == std::vector<std::string>{"房东不退押金"});
        CHECK(find(entry_terms(deposit).question, "B租房"));
    }
    SECTION("what a question's words are known of is counted") {
        CHECK_THAT(query.known, WithinAbs(1, 1e-9));
        const auto half = ranker.query(nlu::normalise("工钱没结清zzz"));
        CHECK(half.known < 1);
        CHECK(half.known > 0.5);
    }
    SECTION("a question of unknown words has no terms") {
        const auto unknown = ranker.query("zzz");
        CHECK(unknown.terms.empty());
        CHECK(unknown.known == 0);
        CHECK(unknown.candidates.empty());
    }
}

TEST_CASE("an overtaken reader is repaired and asked once more", "[kb][detail]") {
    int works = 0;
    int repairs = 0;
    const auto failing = [&](int times) {
        return [&works, times] {
            if (works++ < times) throw Overtaken{};
        };
    };
    const auto repair = [&] { ++repairs; };
    SECTION("not at all when nothing happened") {
        retry_once<Overtaken>(failing(0), repair);
        CHECK(works == 1);
        CHECK(repairs == 0);
    }
    SECTION("once when a writer came between") {
        retry_once<Overtaken>(failing(1), repair);
        CHECK(works == 2);
        CHECK(repairs == 1);
    }
    SECTION("never twice") {
        CHECK_THROWS_AS(retry_once<Overtaken>(failing(2), repair), Overtaken);
        CHECK(works == 2);
    }
}

TEST_CASE("the cache forgets what was asked longest ago", "[kb][detail]") {
    Cache<int> cache(2);
    cache.put("a", 1);
    cache.put("b", 2);
    CHECK(cache.find("a") == 1);  // now b is the oldest
    cache.put("c", 3);
    CHECK(cache.size() == 2);
    CHECK_FALSE(cache.find("b").has_value());
    CHECK(cache.find("a") == 1);
    CHECK(cache.find("c") == 3);
    cache.put("c", 9);
    CHECK(cache.find("c") == 3);  // one generation, one answer
}

TEST_CASE("confidence grows with score and lead and shrinks with length", "[kb][detail]") {
    const Evidence plain{
        .lexical = 20, .runner_up = 0.5, .known = 0.8, .outside = 0.1, .agreement = 0.5, .pairs = 8, .scale = 4};
    const auto with = [&](auto change) {
        auto evidence = plain;
        change(evidence);
        return confidence(evidence);
    };
    CHECK(confidence(plain) > 0);
    CHECK(confidence(plain) < 1);
    CHECK(with([](Evidence& e) { e.lexical = 40; }) > confidence(plain));
    CHECK(with([](Evidence& e) { e.known = 0.2; }) < confidence(plain));
    CHECK(with([](Evidence& e) { e.scale = 8; }) < confidence(plain));
    CHECK(with([](Evidence& e) { e.outside = 0.3; }) == confidence(plain));
    CHECK(with([](Evidence& e) { e.pairs = 0; }) == 0);
    CHECK(with([](Evidence& e) { e.agreement = 1; }) > confidence(plain));
    CHECK(with([](Evidence& e) { e.topic = true; }) > confidence(plain));
    CHECK(with([](Evidence& e) { e.runner_up = 0.9; }) < confidence(plain));
    CHECK(with([](Evidence& e) { e.pairs = 40; }) < confidence(plain));
    CHECK(with([](Evidence& e) {
              e.lexical = 0;
              e.runner_up = 1;
          }) < 0.01);
}

TEST_CASE("what is near to things outside is in doubt, however well it fits", "[kb][detail]") {
    Evidence evidence{.lexical = 60, .runner_up = 0, .known = 1, .agreement = 1, .topic = true, .pairs = 8, .scale = 4};
    CHECK(confidence(evidence) > 0.9);
    evidence.outside = 0.5;
    CHECK(confidence(evidence) < Thresholds{}.answer);
    CHECK(confidence(evidence) >= Thresholds{}.clarify);
    evidence.outside = 1.5;
    CHECK(confidence(evidence) < Thresholds{}.clarify);
}

TEST_CASE("a text is split at its references and nowhere else", "[kb][detail]") {
    const auto parts = spans("先{期限:a.b}后[民法典 第七条]完[注]");
    REQUIRE(parts.size() == 5);
    CHECK(parts[0].text == "先");
    CHECK(parts[1].kind == Span::Kind::Deadline);
    CHECK(parts[1].value == "a.b");
    CHECK(parts[3].kind == Span::Kind::Article);
    CHECK(parts[3].value == "民法典");
    CHECK(parts[3].article == "第七条");
    CHECK(parts[4].text == "完[注]");
    CHECK(spans("").empty());
}
