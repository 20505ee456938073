// What one evaluation found: rankings, times and sizes, written as RUN.tsv and M.json.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "kb/evaluation.hpp"

namespace yuanda::gateway {

struct Measurement {
    std::vector<kb::Ranking> rankings;     // in the order of the queries
    std::map<std::string, double> scores;  // recall@10 …; empty without gold
    std::map<std::string, double> extra;   // answered_rate …
    double wall_seconds = 0;               // of all queries
    double build_seconds = 0;
    double index_mib = 0;
    std::string model_hash;
};

/// Value below which `share` (0..1) of `sorted` lie (nearest rank); 0 for none.
double percentile(const std::vector<std::int64_t>& sorted, double share);

/// M.json: n, latency, rate, sizes, model hash, then scores.
std::string metrics_json(const Measurement& measurement);

/// "query<TAB>doc<TAB>rank<TAB>score", one line a document; ranks from 1.
std::string ranking_lines(const std::vector<kb::Ranking>& rankings);
/// "query<TAB>topic<TAB>p".
std::string topic_lines(const std::vector<kb::Ranking>& rankings);
/// "query<TAB>confidence<TAB>0|1": whether the bot would have answered stands in the ranking's first score.
std::string answered_lines(const std::vector<kb::Ranking>& rankings);

Result<> write_text(const std::string& file, const std::string& text);

}  // namespace yuanda::gateway
