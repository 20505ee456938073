// Finds the county a person names, in full or the way it is said at home (周至 for 西安市周至县).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace yuanda::dialogue {

struct DivisionMatch {
    std::string code;       // six digits, GB/T 2260
    std::string name;       // 西安市周至县
    std::size_t begin = 0;  // byte offset of what was found in the text
    std::size_t end = 0;
    bool county = true;  // false: only the city was named
};

/// Immutable; thread-safe.
class Divisions {
public:
    /// The layout of config/divisions-shaanxi.json.
    static Result<Divisions> from_json(std::string_view json);
    /// The longest name found in `text`; a county wins over its city.
    std::optional<DivisionMatch> find(std::string_view text) const;

private:
    struct Row {
        std::string said;  // a name to look for
        std::string code;
        std::string full;
        bool county;
    };
    std::vector<Row> rows_;
};

}  // namespace yuanda::dialogue
