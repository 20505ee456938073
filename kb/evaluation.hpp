// Measures retrieval on any data: the numbers behind `yuanda eval`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "kb/index.hpp"

namespace yuanda::kb {

/// One question of an evaluation file: {"id", "query"|"question"|"text", "target"?, "gold"?}.
struct EvaluationQuery {
    std::string id;
    std::string text;
    std::vector<std::string> relevant;  // ids that count as right; empty when the input has no gold
};
/// Whose ids count as right: the entries of "target" (of "gold" where a line has no target), or the articles
/// of "gold" alone.
enum class Gold { Target, Articles };
/// One JSON object a line; blank lines skipped, unknown fields ignored. InvalidInput names the line.
Result<std::vector<EvaluationQuery>> parse_queries(std::string_view jsonl, Gold gold = Gold::Target);

/// Entries in eval's own shape ({"id","question","keyword","answer","gold"}) as knowledge-base entries.
Result<std::vector<Entry>> parse_plain_entries(std::string_view jsonl);

struct Ranking {
    std::string query;
    std::vector<std::pair<std::string, double>> docs;  // id, score; best first
    double confidence = 0;
    std::int64_t latency_us = 0;
};

/// recall@k, success@k for k in 1 5 10 100, mrr@10, ndcg@10; only over queries that have gold.
std::map<std::string, double> score(const std::vector<EvaluationQuery>& queries, const std::vector<Ranking>& rankings);

}  // namespace yuanda::kb
