// Turns the deadline and hotline tables into the words an answer shows.
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/json.hpp"
#include "kb/base.hpp"

namespace yuanda::kb {
namespace {

/// 1 and "year" -> 1年; empty for a unit with no length (a right without limitation).
std::string length_text(const Json& deadline) {
    static const std::map<std::string, std::string> kUnits{
        {"hour", "小时"}, {"day", "日"}, {"workday", "个工作日"}, {"month", "个月"}, {"year", "年"}};
    const auto unit = kUnits.find(text_or(deadline, "unit"));
    const auto length = deadline.find("length");
    if (unit == kUnits.end() || length == deadline.end() || !length->is_number_integer()) return {};
    return std::to_string(length->get<int>()) + unit->second;
}

/// "27(4)" -> 27; "48,50" -> 48 and 50; "-" -> none.
std::vector<int> articles_of(std::string_view text) {
    std::vector<int> articles;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        int article = 0;
        std::from_chars(text.data() + begin, text.data() + end, article);
        if (article > 0) articles.push_back(article);
        begin = end + 1;
    }
    return articles;
}

Result<Json> rows_of(std::string_view text, const char* name) {
    auto document = parse_json(text);
    if (!document) return invalid(std::string(name) + ".json: " + document.error().detail);
    const auto rows = document->is_object() ? document->find(name) : document->end();
    if (rows == document->end() || !rows->is_array()) return invalid(std::string(name) + ".json: no list named so");
    return Json(std::move(*rows));
}

}  // namespace

Result<References> References::from_json(std::string_view deadlines_json, std::string_view hotlines_json) {
    const auto deadlines = rows_of(deadlines_json, "deadlines");
    if (!deadlines) return deadlines.error();
    const auto hotlines = rows_of(hotlines_json, "hotlines");
    if (!hotlines) return hotlines.error();

    References references;
    for (const auto& row : *deadlines) {
        const auto id = text_or(row, "id");
        auto text = length_text(row);
        if (id.empty() || text.empty()) continue;
        for (const int article : articles_of(text_or(row, "article")))
            references.periods.emplace(std::pair(text_or(row, "statute"), article), text);
        references.deadlines.emplace(id, std::move(text));
    }
    for (const auto& row : *hotlines) {
        // A number nobody has confirmed is worse than none (policy of hotlines.json).
        const auto verified = text_or(row, "verified", "unverified");
        const auto number = text_or(row, "number");
        if (verified != "unverified" && !number.empty()) references.hotlines.emplace(number, text_or(row, "name"));
    }
    return references;
}

}  // namespace yuanda::kb
