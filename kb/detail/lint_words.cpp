// Lint rules about how an entry speaks to a citizen.
#include "core/text.hpp"
#include "kb/detail/lint_rules.hpp"
#include "kb/detail/markup.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr std::size_t kLongestConclusion = 120;
constexpr std::size_t kLongestFollowUp = 18;
constexpr std::size_t kFewestFollowUps = 2;
constexpr std::size_t kMostFollowUps = 4;

/// Pictographs and the selectors that turn marks into them (Unicode emoji blocks); ① and ✓ stay text.
bool is_emoji(char32_t c) {
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x26FF && c != U'★' && c != U'☆') || c == 0xFE0F ||
           c == 0x200D || c == 0x2764 || c == 0x2B50 || c == 0x2705 || c == 0x274C || c == 0x2757;
}

void lint_manner(std::string_view text, const std::string& field, Findings& findings) {
    const auto wide = to_utf32(text);
    const auto is_shout = [](char32_t c) { return c == U'!' || c == U'！' || c == U'‼'; };
    if (std::any_of(wide.begin(), wide.end(), is_shout)) findings.error(field, "exclamation", "no exclamation marks");
    if (std::any_of(wide.begin(), wide.end(), is_emoji)) findings.error(field, "emoji", "no emoji");
}

/// Characters a citizen reads: the marks of articles are not among them.
std::size_t read_length(std::string_view text) {
    std::size_t length = 0;
    for (const auto& span : spans(text))
        if (span.kind != Span::Kind::Article)
            length += code_points(span.kind == Span::Kind::Words ? span.text : span.value);
    return length;
}

}  // namespace

void lint_words(const Entry& entry, Findings& findings) {
    lint_manner(entry.question, "question", findings);
    lint_manner(entry.conclusion, "conclusion", findings);
    for (const auto& citation : entry.citations) lint_manner(citation.plain, "citations", findings);
    for (const auto& section : entry.sections)
        for (const auto& item : section.items) lint_manner(item, section.title, findings);
    if (read_length(entry.conclusion) > kLongestConclusion)
        findings.error("conclusion", "long_conclusion",
                       "longer than " + std::to_string(kLongestConclusion) + " characters");

    if (!entry.follow_ups.empty() &&
        (entry.follow_ups.size() < kFewestFollowUps || entry.follow_ups.size() > kMostFollowUps))
        findings.warn("follow_ups", "follow_up_count", "two to four follow-ups");
    for (const auto& text : entry.follow_ups) {
        lint_manner(text, "follow_ups", findings);
        if (code_points(text) > kLongestFollowUp)
            findings.warn("follow_ups", "long_follow_up", text + " is too long", text);
    }
}

}  // namespace yuanda::kb::detail
