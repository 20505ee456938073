// The rules of lint, one function each, over one entry and what it is checked against.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kb/evaluation.hpp"
#include "kb/lint.hpp"

namespace yuanda::kb::detail {

struct LintContext {
    StatuteRegister statutes;
    References references;
    std::set<std::string> ids;
    Date today;
};

/// Collects findings about one entry.
class Findings {
public:
    explicit Findings(std::vector<LintFinding>& all) : all_(all) {}
    void about(std::string entry) { entry_ = std::move(entry); }
    /// `value`, `other`: as in LintFinding.
    void error(std::string field, std::string rule, std::string message, std::string value = {},
               std::string other = {}) {
        all_.push_back({entry_, std::move(field), std::move(rule), std::move(message), LintFinding::Level::Error,
                        std::move(value), std::move(other)});
    }
    void warn(std::string field, std::string rule, std::string message, std::string value = {}) {
        all_.push_back({entry_,
                        std::move(field),
                        std::move(rule),
                        std::move(message),
                        LintFinding::Level::Warning,
                        std::move(value),
                        {}});
    }

private:
    std::vector<LintFinding>& all_;
    std::string entry_;
};

/// Fields that are there, in the right number, and name things that exist.
void lint_fields(const Entry& entry, const LintContext& context, Findings& findings);
/// Citations and the references in the text, against the register and the tables.
void lint_references(const Entry& entry, const LintContext& context, Findings& findings);
/// Periods written by hand where the table of deadlines knows them.
void lint_numbers(const Entry& entry, const LintContext& context, Findings& findings);
/// Length and manner of what a citizen reads.
void lint_words(const Entry& entry, Findings& findings);
/// Wordings of different entries that are nearly the same.
void lint_alike(const std::vector<const Entry*>& entries, Findings& findings);
/// Golden questions whose target exists and whose words are not the target's own.
void lint_golden(const std::vector<EvaluationQuery>& golden, const std::vector<const Entry*>& entries,
                 Findings& findings);

}  // namespace yuanda::kb::detail
