// What lint finds, in the words of a colleague and with the place of the form it belongs to.
#pragma once

#include <vector>

#include "core/json.hpp"
#include "kb/lint.hpp"

namespace yuanda::gateway::staff {

/// Findings about an unsaved entry: those of lint, and one when its text would not read back as it was typed.
std::vector<kb::LintFinding> findings_about(const kb::Entry& entry, std::vector<kb::LintFinding> linted);

/// FINDING of docs/api.md: `field` is a member of ENTRY; a finding within a section has `field` "sections" and its
/// title as `place`.
Json finding_json(const kb::LintFinding& finding);
Json findings_json(const std::vector<kb::LintFinding>& findings);
bool has_error(const std::vector<kb::LintFinding>& findings);

/// The sentence alone.
std::string sentence_of(const kb::LintFinding& finding);

}  // namespace yuanda::gateway::staff
