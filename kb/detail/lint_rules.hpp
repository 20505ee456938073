// The rules of lint, one function each, over one entry and what it is checked against.
#pragma once

#include <set>
#include <string>
#include <vector>

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
    void error(std::string field, std::string rule, std::string message) {
        all_.push_back({entry_, std::move(field), std::move(rule), std::move(message), LintFinding::Level::Error});
    }
    void warn(std::string field, std::string rule, std::string message) {
        all_.push_back({entry_, std::move(field), std::move(rule), std::move(message), LintFinding::Level::Warning});
    }

private:
    std::vector<LintFinding>& all_;
    std::string entry_;
};

/// Fields that are there, in the right number, and name things that exist.
void lint_fields(const Entry& entry, const LintContext& context, Findings& findings);
/// Citations and the references in the text, against the register and the tables.
void lint_references(const Entry& entry, const LintContext& context, Findings& findings);
/// Length and manner of what a citizen reads.
void lint_words(const Entry& entry, Findings& findings);

}  // namespace yuanda::kb::detail
