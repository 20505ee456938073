// Lint rules about what an entry rests on: laws, articles, deadlines, hotlines.
#include "core/text.hpp"
#include "kb/detail/lint_rules.hpp"
#include "kb/detail/markup.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr std::size_t kLongestPlain = 40;

/// Law and article as the register names them, so that 劳动合同法 30 equals 《劳动合同法》第三十条.
std::string cited_key(std::string_view law, std::string_view article, const StatuteRegister& statutes) {
    const auto* statute = statutes.find(law);
    const auto number = parse_article(article);
    return (statute ? statute->name : std::string(law)) + " " + (number ? article_text(*number) : std::string(article));
}

void lint_article(std::string_view law, std::string_view article, const std::string& field, const LintContext& context,
                  Findings& findings) {
    const auto place = std::string(law) + " " + std::string(article);
    const auto* statute = context.statutes.find(law);
    if (!statute) return findings.error(field, "unknown_law", "the register has no " + std::string(law), place);
    if (!parse_article(article)) return findings.error(field, "bad_article", place + ": write it as 第三十条", place);
    const auto citation = context.statutes.resolve(law, article, context.today);
    if (!citation)
        return findings.error(field, "article_beyond_last",
                              place + ": the law has " + std::to_string(statute->articles) + " articles", place);
    if (citation->in_force) return;
    if (statute->status == Statute::Status::Repealed)
        findings.error(field, "repealed_law",
                       std::string(law) + " is repealed" +
                           (statute->replaced_by.empty() ? "" : ", replaced by " + statute->replaced_by),
                       place);
    else
        findings.error(field, "not_yet_in_force", std::string(law) + " is in force from " + statute->effective, place);
}

void lint_text(std::string_view text, const std::string& field, const std::set<std::string>& cited,
               const LintContext& context, Findings& findings) {
    for (const auto& span : spans(text)) {
        const std::string value(span.value);
        if (span.kind == Span::Kind::Deadline && !context.references.deadlines.contains(span.value))
            findings.error(field, "unknown_deadline", "no deadline with a length " + value, value);
        if (span.kind == Span::Kind::Hotline && !context.references.hotlines.contains(span.value))
            findings.error(field, "unknown_hotline", "no confirmed hotline " + value, value);
        if (span.kind == Span::Kind::Article && !cited.contains(cited_key(span.value, span.article, context.statutes)))
            findings.error(field, "reference_not_cited", std::string(span.text) + " is not among the citations",
                           std::string(span.text));
        // A bracket that is no reference would reach the citizen as it stands.
        if (span.kind == Span::Kind::Words && span.text.find_first_of("{}[]") != std::string_view::npos)
            findings.error(field, "bad_reference", "brackets that are no reference: " + std::string(span.text),
                           std::string(span.text));
    }
}

}  // namespace

void lint_references(const Entry& entry, const LintContext& context, Findings& findings) {
    std::set<std::string> cited;
    for (const auto& citation : entry.citations) {
        lint_article(citation.law, citation.article, "citations", context, findings);
        if (!cited.insert(cited_key(citation.law, citation.article, context.statutes)).second)
            findings.warn("citations", "repeated_citation", citation.law + " " + citation.article + " stands twice",
                          citation.law + " " + citation.article);
        if (citation.plain.empty())
            findings.error("citations", "citation_without_plain",
                           citation.law + " " + citation.article + ": say what it means",
                           citation.law + " " + citation.article);
        if (code_points(citation.plain) > kLongestPlain)
            findings.warn("citations", "long_plain", citation.law + " " + citation.article + ": plain is too long",
                          citation.law + " " + citation.article);
    }
    lint_text(entry.conclusion, "conclusion", cited, context, findings);
    for (const auto& section : entry.sections)
        for (const auto& item : section.items) lint_text(item, section.title, cited, context, findings);
}

}  // namespace yuanda::kb::detail
