// Lint rule about periods written by hand: beside an article whose period the table knows, they must agree with it.
#include <regex>

#include "kb/detail/lint_rules.hpp"
#include "kb/detail/markup.hpp"

namespace yuanda::kb::detail {
namespace {

/// "60天内" as the table writes it: 60日.
std::vector<std::string> periods_in(std::string_view words) {
    static const std::regex kPeriod("([0-9]+)(小时|个工作日|日|天|个月|年)(以|之)?内");
    const std::string text(words);
    std::vector<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), kPeriod), end; it != end; ++it)
        found.push_back(it->str(1) + (it->str(2) == "天" ? "日" : it->str(2)));
    return found;
}

std::string_view unit_of(std::string_view period) {
    return period.substr(std::min(period.find_first_not_of("0123456789"), period.size()));
}

void lint_item(std::string_view text, const std::string& field, const LintContext& context, Findings& findings) {
    std::set<std::string> known;  // lengths the table gives for the articles of this sentence
    std::vector<std::string> written;
    for (const auto& span : spans(text)) {
        if (span.kind == Span::Kind::Words)
            for (auto& period : periods_in(span.text)) written.push_back(std::move(period));
        if (span.kind != Span::Kind::Article) continue;
        const auto number = parse_article(span.article);
        if (!number) continue;
        const auto [from, to] = context.references.periods.equal_range({std::string(span.value), number->number});
        for (auto it = from; it != to; ++it) known.insert(it->second);
    }
    for (const auto& period : written) {
        // Only periods in the same unit can contradict: 1079 sets a year of separation, and six months are another
        // rule.
        const auto rival = std::find_if(known.begin(), known.end(),
                                        [&](const std::string& other) { return unit_of(other) == unit_of(period); });
        if (known.contains(period))
            findings.warn(field, "number_by_hand", period + ": write {期限:…}, so that one table changes it", period);
        else if (rival != known.end())
            findings.error(field, "number_contradicts",
                           period + "内: the table of deadlines has " + *rival + " for the article beside it", period);
    }
}

}  // namespace

void lint_numbers(const Entry& entry, const LintContext& context, Findings& findings) {
    lint_item(entry.conclusion, "conclusion", context, findings);
    for (const auto& section : entry.sections)
        for (const auto& item : section.items) lint_item(item, section.title, context, findings);
}

}  // namespace yuanda::kb::detail
