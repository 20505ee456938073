// Checks the knowledge base by every rule of kb/entries/README.md that a machine can check.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "kb/base.hpp"

namespace yuanda::kb {

struct LintFinding {
    enum class Level { Warning, Error };
    std::string entry;    // its id, or the file name when the file cannot be read
    std::string field;    // citations, 怎么办, …
    std::string rule;     // stable word: unknown_law
    std::string message;  // for an editor
    Level level = Level::Error;
    std::string value{};  // the words it is about, as they stand in the field; empty: the whole field
    std::string other{};  // id of the entry it quarrels with
    bool operator==(const LintFinding&) const = default;
};
std::string_view name_of(LintFinding::Level level);  // "error"

/// Findings in the order of the files. Whatever is an error must not be published. Laws and dates are judged
/// as of `today`.
std::vector<LintFinding> lint(const BaseSources& sources, Date today);

}  // namespace yuanda::kb
