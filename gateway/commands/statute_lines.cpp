// Reads statute lines; a broken line spoils the file, for half a law is worse than none.
#include "gateway/commands/statute_lines.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "core/text.hpp"

namespace yuanda::gateway {

Result<std::vector<StatuteLine>> parse_statute_lines(std::string_view jsonl) {
    std::vector<StatuteLine> lines;
    for (std::size_t number = 1; !jsonl.empty(); ++number) {
        const auto end = std::min(jsonl.find('\n'), jsonl.size());
        const auto text = trimmed(jsonl.substr(0, end));
        jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
        if (text.empty()) continue;
        const auto where = "line " + std::to_string(number) + ": ";
        const auto object = parse_json(text);
        if (!object) return invalid(where + object.error().detail);
        if (!object->is_object()) return invalid(where + "not a JSON object");
        StatuteLine line{text_or(*object, "id"), text_or(*object, "law"), text_or(*object, "article"),
                         text_or(*object, "text"), text_or(*object, "path")};
        for (const auto& [name, value] :
             {std::pair{"id", &line.id}, {"law", &line.law}, {"article", &line.article}, {"text", &line.text}})
            if (value->empty()) return invalid(where + "no " + name);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace yuanda::gateway
