// Statute lines as files carry them: {"id","law","article","text","path"?}, one article a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace yuanda::gateway {

struct StatuteLine {
    std::string id;
    std::string law;
    std::string article;
    std::string text;
    std::string path;  // 第一编 总则 > 第一章 …; may be empty
};

/// Blank lines are skipped, unknown fields ignored. InvalidInput names the line and the missing field.
Result<std::vector<StatuteLine>> parse_statute_lines(std::string_view jsonl);

}  // namespace yuanda::gateway
