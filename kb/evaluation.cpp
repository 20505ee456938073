// Reads evaluation files and scores rankings against their gold.
#include "kb/evaluation.hpp"

#include <cmath>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "core/json.hpp"
#include "core/text.hpp"

namespace yuanda::kb {
namespace {

constexpr int kReciprocalDepth = 10;  // mrr@10, ndcg@10

/// Calls `take` with each object of a JSONL text; stops at the first error, which names its line.
Result<> for_each_line(std::string_view jsonl, const std::function<std::string(const Json&)>& take) {
    for (int number = 1; !jsonl.empty(); ++number) {
        const auto end = std::min(jsonl.find('\n'), jsonl.size());
        const auto line = trimmed(jsonl.substr(0, end));
        jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
        if (line.empty()) continue;
        const auto where = "line " + std::to_string(number) + ": ";
        const auto object = parse_json(line);
        if (!object) return invalid(where + object.error().detail);
        if (!object->is_object()) return invalid(where + "not a JSON object");
        const auto problem = take(*object);
        if (!problem.empty()) return invalid(where + problem);
    }
    return {};
}

/// A text or a list of texts.
std::vector<std::string> ids_of(const Json& object, const char* key) {
    std::vector<std::string> ids;
    const auto found = object.find(key);
    if (found == object.end()) return ids;
    if (found->is_string()) ids.push_back(found->get<std::string>());
    if (found->is_array())
        for (const auto& id : *found)
            if (id.is_string()) ids.push_back(id.get<std::string>());
    return ids;
}

std::string query_text(const Json& object) {
    for (const auto* key : {"query", "question", "text"})
        if (auto text = text_or(object, key); !text.empty()) return text;
    return {};
}

/// Keywords are written with any separator people use; white space counts as one.
std::vector<std::string> split_keywords(const std::string& text) {
    std::vector<std::string> words;
    std::u32string word;
    for (const auto c : to_utf32(text) + U' ') {
        if (std::u32string_view(U" \t\u3000；;、,，/").find(c) == std::u32string_view::npos) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(to_utf8(word));
            word.clear();
        }
    }
    return words;
}

struct Totals {
    int queries = 0;
    std::map<std::string, double> sums;
};

void add_query(Totals& totals, const EvaluationQuery& query, const Ranking* ranking) {
    static constexpr int kDepths[] = {1, 5, 10, 100};
    const std::unordered_set<std::string> relevant(query.relevant.begin(), query.relevant.end());
    std::vector<int> ranks;  // of the relevant documents found, from 1
    if (ranking) {
        std::unordered_set<std::string> seen;
        for (std::size_t i = 0; i < ranking->docs.size(); ++i)
            if (relevant.contains(ranking->docs[i].first) && seen.insert(ranking->docs[i].first).second)
                ranks.push_back(static_cast<int>(i) + 1);
    }
    ++totals.queries;
    for (const int depth : kDepths) {
        const auto found = std::count_if(ranks.begin(), ranks.end(), [&](int rank) { return rank <= depth; });
        const auto at = "@" + std::to_string(depth);
        totals.sums["recall" + at] += static_cast<double>(found) / static_cast<double>(relevant.size());
        totals.sums["success" + at] += found > 0 ? 1 : 0;
    }
    double gain = 0;
    double ideal = 0;
    for (const int rank : ranks)
        if (rank <= kReciprocalDepth) gain += 1 / std::log2(rank + 1);
    for (int rank = 1; rank <= std::min<int>(kReciprocalDepth, static_cast<int>(relevant.size())); ++rank)
        ideal += 1 / std::log2(rank + 1);
    totals.sums["mrr@10"] += !ranks.empty() && ranks.front() <= kReciprocalDepth ? 1.0 / ranks.front() : 0;
    totals.sums["ndcg@10"] += gain / ideal;
}

}  // namespace

Result<std::vector<EvaluationQuery>> parse_queries(std::string_view jsonl, Gold gold) {
    std::vector<EvaluationQuery> queries;
    const auto read = for_each_line(jsonl, [&](const Json& object) -> std::string {
        EvaluationQuery query{text_or(object, "id"), query_text(object), {}};
        if (query.id.empty()) return "no id";
        if (query.text.empty()) return "no query, question or text";
        if (gold == Gold::Target) query.relevant = ids_of(object, "target");
        if (query.relevant.empty()) query.relevant = ids_of(object, "gold");
        queries.push_back(std::move(query));
        return {};
    });
    if (!read) return read.error();
    return queries;
}

Result<std::vector<Entry>> parse_plain_entries(std::string_view jsonl) {
    std::vector<Entry> entries;
    const auto read = for_each_line(jsonl, [&](const Json& object) -> std::string {
        Entry entry;
        entry.id = EntryId{text_or(object, "id")};
        entry.question = text_or(object, "question");
        entry.keywords = split_keywords(text_or(object, "keyword"));
        entry.conclusion = text_or(object, "answer");
        if (entry.id.empty()) return "no id";
        if (entry.question.empty()) return "no question";
        entries.push_back(std::move(entry));
        return {};
    });
    if (!read) return read.error();
    return entries;
}

std::map<std::string, double> score(const std::vector<EvaluationQuery>& queries, const std::vector<Ranking>& rankings) {
    std::unordered_map<std::string, const Ranking*> by_query;
    for (const auto& ranking : rankings) by_query.emplace(ranking.query, &ranking);
    Totals totals;
    for (const auto& query : queries) {
        if (query.relevant.empty()) continue;
        const auto found = by_query.find(query.id);
        add_query(totals, query, found == by_query.end() ? nullptr : found->second);
    }
    for (auto& [name, sum] : totals.sums) sum /= totals.queries;
    return totals.sums;
}

}  // namespace yuanda::kb
