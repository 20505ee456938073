// Evaluation files are read as they come, and the measures are the textbook's.
#include "kb/evaluation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace yuanda;
using namespace yuanda::kb;
using Catch::Matchers::WithinAbs;

TEST_CASE("a query line is read by any of its names", "[kb][evaluation]") {
    const auto queries = parse_queries(
        "{\"id\":\"1\",\"query\":\"甲\",\"target\":\"E1\",\"gold\":[\"S1\"]}\n"
        "\n"
        "  {\"id\":\"2\",\"question\":\"乙\",\"gold\":[\"S1\",\"S2\"],\"more\":{\"x\":1}}\r\n"
        "{\"id\":\"3\",\"text\":\"丙\"}");
    REQUIRE(queries.has_value());
    REQUIRE(queries->size() == 3);
    CHECK((*queries)[0].text == "甲");
    CHECK((*queries)[0].relevant == std::vector<std::string>{"E1"});
    CHECK((*queries)[1].text == "乙");
    CHECK((*queries)[1].relevant == std::vector<std::string>{"S1", "S2"});
    CHECK((*queries)[2].text == "丙");
    CHECK((*queries)[2].relevant.empty());
}

TEST_CASE("for statutes the articles count, not the entry", "[kb][evaluation]") {
    const auto queries =
        parse_queries("{\"id\":\"1\",\"query\":\"甲\",\"target\":\"E1\",\"gold\":[\"S1\"]}", Gold::Articles);
    CHECK(queries.value().front().relevant == std::vector<std::string>{"S1"});
}

TEST_CASE("a bad line is named", "[kb][evaluation]") {
    const auto [line, expected] = GENERATE(table<std::string, std::string>({
        {"{", "line 2"},
        {"[]", "line 2: not a JSON object"},
        {"{\"query\":\"甲\"}", "line 2: no id"},
        {"{\"id\":\"1\"}", "line 2: no query"},
    }));
    const auto queries = parse_queries("{\"id\":\"0\",\"query\":\"好\"}\n" + line);
    REQUIRE(queries.has_error());
    CHECK(queries.error().code == ErrorCode::InvalidInput);
    CHECK_THAT(queries.error().detail, Catch::StartsWith(expected));
}

TEST_CASE("plain entries keep question, keywords and answer", "[kb][evaluation]") {
    const auto entries = parse_plain_entries(
        "{\"id\":\"Q1\",\"question\":\"问？\",\"keyword\":\"押金；租房 "
        "房东、合同\",\"answer\":\"答。\\n再答。\",\"gold\":[\"S1\"]}\n"
        "{\"id\":\"Q2\",\"question\":\"又问？\"}\n");
    REQUIRE(entries.has_value());
    REQUIRE(entries->size() == 2);
    CHECK((*entries)[0].id == EntryId{"Q1"});
    CHECK((*entries)[0].question == "问？");
    CHECK((*entries)[0].keywords == std::vector<std::string>{"押金", "租房", "房东", "合同"});
    CHECK((*entries)[0].conclusion == "答。\n再答。");
    CHECK((*entries)[1].keywords.empty());
    CHECK_THAT(parse_plain_entries("{\"id\":\"Q\"}").error().detail, Catch::Contains("question"));
    CHECK_THAT(parse_plain_entries("{\"question\":\"问\"}").error().detail, Catch::Contains("id"));
}

TEST_CASE("measures are averaged over the queries that have gold", "[kb][evaluation]") {
    const std::vector<EvaluationQuery> queries{
        {"a", "", {"1", "2"}}, {"b", "", {"9"}}, {"c", "", {}}, {"d", "", {"7"}}};
    const auto ranking = [](std::string id, std::vector<std::string> docs) {
        Ranking result;
        result.query = std::move(id);
        for (auto& doc : docs) result.docs.emplace_back(std::move(doc), 1.0);
        return result;
    };
    // a: both found at 1 and 3; b: found at 2; c: no gold; d: never ranked.
    const auto measures =
        score(queries, {ranking("a", {"1", "5", "2", "1"}), ranking("b", {"8", "9"}), ranking("c", {"3"})});
    CHECK_THAT(measures.at("recall@1"), WithinAbs((0.5 + 0 + 0) / 3, 1e-9));
    CHECK_THAT(measures.at("recall@5"), WithinAbs((1.0 + 1 + 0) / 3, 1e-9));
    CHECK_THAT(measures.at("success@1"), WithinAbs(1.0 / 3, 1e-9));
    CHECK_THAT(measures.at("success@5"), WithinAbs(2.0 / 3, 1e-9));
    CHECK_THAT(measures.at("success@100"), WithinAbs(2.0 / 3, 1e-9));
    CHECK_THAT(measures.at("mrr@10"), WithinAbs((1 + 0.5 + 0) / 3, 1e-9));
    const double a = (1 + 1 / std::log2(4)) / (1 + 1 / std::log2(3));
    const double b = 1 / std::log2(3);
    CHECK_THAT(measures.at("ndcg@10"), WithinAbs((a + b) / 3, 1e-9));
}

TEST_CASE("what is ranked below ten counts for neither mrr nor ndcg", "[kb][evaluation]") {
    Ranking ranking;
    ranking.query = "a";
    for (int i = 1; i <= 12; ++i) ranking.docs.emplace_back(std::to_string(i), 1.0);
    const auto measures = score({{"a", "", {"11"}}}, {ranking});
    CHECK(measures.at("mrr@10") == 0);
    CHECK(measures.at("ndcg@10") == 0);
    CHECK(measures.at("recall@10") == 0);
    CHECK(measures.at("recall@100") == 1);
}

TEST_CASE("without gold there is nothing to measure", "[kb][evaluation]") {
    CHECK(score({{"a", "", {}}}, {}).empty());
    CHECK(score({}, {}).empty());
}
