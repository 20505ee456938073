// Fixed formats: the same input gives the same RUN.tsv, byte for byte.
#include "gateway/commands/measurement.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "core/json.hpp"

namespace yuanda::gateway {
namespace {

std::string fixed(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.6f", value);
    return text;
}

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

/// Resident memory of this process now, from /proc/self/statm (second field, pages).
double resident_mib() {
    std::ifstream in("/proc/self/statm");
    long total = 0;
    long resident = 0;
    in >> total >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

}  // namespace

double percentile(const std::vector<std::int64_t>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return static_cast<double>(sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1]);
}

std::string metrics_json(const Measurement& measurement) {
    std::vector<std::int64_t> times;
    for (const auto& ranking : measurement.rankings) times.push_back(ranking.latency_us);
    std::sort(times.begin(), times.end());
    nlohmann::ordered_json out;
    out["n"] = times.size();
    for (const auto& [name, share] : {std::pair{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}})
        out[std::string("latency_") + name + "_ms"] = rounded(percentile(times, share) / 1000);
    const double wall = measurement.wall_seconds;
    out["qps"] = wall > 0 ? rounded(static_cast<double>(times.size()) / wall) : 0;
    out["build_seconds"] = rounded(measurement.build_seconds);
    out["index_mib"] = rounded(measurement.index_mib);
    out["rss_mib"] = rounded(resident_mib());
    out["model_hash"] = measurement.model_hash;
    for (const auto& [name, value] : measurement.extra) out[name] = value;
    for (const auto& [name, value] : measurement.scores) out[name] = value;
    return out.dump(2) + "\n";
}

std::string ranking_lines(const std::vector<kb::Ranking>& rankings) {
    std::string out;
    for (const auto& ranking : rankings)
        for (std::size_t i = 0; i < ranking.docs.size(); ++i)
            out += ranking.query + "\t" + ranking.docs[i].first + "\t" + std::to_string(i + 1) + "\t" +
                   fixed(ranking.docs[i].second) + "\n";
    return out;
}

std::string topic_lines(const std::vector<kb::Ranking>& rankings) {
    std::string out;
    for (const auto& ranking : rankings)
        for (const auto& [topic, p] : ranking.docs) out += ranking.query + "\t" + topic + "\t" + fixed(p) + "\n";
    return out;
}

std::string answered_lines(const std::vector<kb::Ranking>& rankings) {
    std::string out;
    for (const auto& ranking : rankings)
        out += ranking.query + "\t" + fixed(ranking.confidence) + "\t" +
               (!ranking.docs.empty() && ranking.docs.front().second > 0 ? "1" : "0") + "\n";
    return out;
}

Result<> write_text(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return Error(ErrorCode::Unavailable, "cannot write " + file);
    return {};
}

}  // namespace yuanda::gateway
