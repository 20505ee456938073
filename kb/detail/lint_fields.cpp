// Lint rules about the head of an entry: what must be there and which words are allowed.
#include <regex>

#include "kb/detail/lint_rules.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr std::size_t kFewestVariants = 8;
constexpr std::size_t kMostCitations = 6;

const std::set<std::string> kCalculators{"severance",     "double_wage",     "overtime",      "annual_leave",
                                         "work_injury",   "court_fees",      "child_support", "injury_death",
                                         "loan_interest", "penalty_deposit", "deadline"};
const std::set<std::string> kRisks{"self_harm",    "violence_now", "child",    "wage_extreme", "missing_elder",
                                   "medical_fire", "detained",     "scam_now", "threat"};

void lint_presence(const Entry& entry, Findings& findings) {
    const std::pair<const char*, bool> present[] = {{"topic", !entry.topic.empty()},
                                                    {"subtopic", !entry.subtopic.empty()},
                                                    {"keywords", !entry.keywords.empty()},
                                                    {"audience", !entry.audience.empty()},
                                                    {"region", !entry.region.empty()},
                                                    {"citations", !entry.citations.empty()},
                                                    {"aid", !entry.aid.empty()},
                                                    {"follow_ups", !entry.follow_ups.empty()},
                                                    {"reviewed_on", !entry.reviewed_on.empty()},
                                                    {"expires_on", !entry.expires_on.empty()},
                                                    {"body", !entry.sections.empty()}};
    for (const auto& [field, there] : present)
        if (!there) findings.error(field, "missing_field", std::string(field) + " is missing");
}

bool is_topic(const std::string& topic) {
    static const std::regex kTopic("T(0[1-9]|1[0-9]|2[0-2])");
    return std::regex_match(topic, kTopic);
}

/// 31(n) or 32(n) of the Legal Aid Law, 24, 25, 29, or advice (kb/entries/README.md).
bool is_aid(const std::string& aid) {
    static const std::regex kAid("3[12]\\([1-9]\\)|24|25|29|advice");
    return std::regex_match(aid, kAid);
}

void lint_known_words(const Entry& entry, const LintContext& context, Findings& findings) {
    if (!entry.topic.empty() && !is_topic(entry.topic))
        findings.error("topic", "unknown_topic", "no topic " + entry.topic, entry.topic);
    if (!entry.aid.empty() && !is_aid(entry.aid))
        findings.error("aid", "unknown_aid", "no aid clause " + entry.aid, entry.aid);
    if (!entry.calculator.empty() && !kCalculators.contains(entry.calculator))
        findings.error("calculator", "unknown_calculator", "no calculator " + entry.calculator, entry.calculator);
    if (!entry.risk.empty() && !kRisks.contains(entry.risk))
        findings.error("risk", "unknown_risk", "no risk " + entry.risk, entry.risk);
    for (const auto& id : entry.related) {
        if (!context.ids.contains(id.value))
            findings.error("related", "unknown_related", "no entry " + id.value, id.value);
        if (id == entry.id) findings.error("related", "unknown_related", "an entry is not related to itself", id.value);
    }
    for (const auto& id : entry.deadlines)
        if (!context.references.deadlines.contains(id))
            findings.error("deadlines", "unknown_deadline", "no deadline with a length " + id, id);
}

}  // namespace

void lint_fields(const Entry& entry, const LintContext& context, Findings& findings) {
    lint_presence(entry, findings);
    lint_known_words(entry, context, findings);
    if (entry.variants.size() < kFewestVariants)
        findings.error("variants", "few_variants",
                       std::to_string(entry.variants.size()) + " variants, at least " +
                           std::to_string(kFewestVariants) + " are needed");
    if (entry.citations.size() > kMostCitations)
        findings.warn("citations", "many_citations", "more than " + std::to_string(kMostCitations) + " citations");
    const auto expires = parse_iso_date(entry.expires_on);
    if (expires && *expires < context.today)
        findings.error("expires_on", "expired", "expired on " + entry.expires_on + ": review it", entry.expires_on);
}

}  // namespace yuanda::kb::detail
