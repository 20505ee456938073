// One entry against all: a few thousand short comparisons, quick enough to run while somebody types.
#include "kb/neighbours.hpp"

#include <regex>

#include "kb/detail/lint_rules.hpp"
#include "kb/detail/wording.hpp"

namespace yuanda::kb {
namespace {

bool same_wordings(const Entry& a, const Entry& b) { return a.question == b.question && a.variants == b.variants; }

/// The id is the topic and a slug that can name a file (kb/entries/README.md).
void lint_id(const Entry& entry, detail::Findings& findings) {
    static const std::regex kId("T[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*");
    if (!std::regex_match(entry.id.value, kId) || !entry.id.value.starts_with(entry.topic + "-"))
        findings.error("id", "bad_id", entry.id.value + " should be " + entry.topic + "-<slug>", entry.id.value);
}

/// Own wordings that say the same.
void lint_repeats(const std::vector<detail::Wording>& own, detail::Findings& findings) {
    for (std::size_t i = 1; i < own.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (own[i].surface == own[j].surface) {
                findings.warn("variants", "repeated_variant", own[i].text + " stands twice", own[i].text);
                break;
            }
}

void lint_against(const detail::Wording& own, const char* field, const EntryId& id,
                  const std::vector<detail::Wording>& theirs, detail::Findings& findings) {
    for (const auto& other : theirs) {
        if (own.surface == other.surface)
            findings.error(field, "near_duplicate", own.text + " belongs to " + id.value + " already", own.text,
                           id.value);
        else if (detail::alike(own, other))
            findings.error(field, "alike_variant", own.text + " is nearly " + other.text + " of " + id.value, own.text,
                           id.value);
        else
            continue;
        return;
    }
}

}  // namespace

Neighbours::Neighbours(std::shared_ptr<const Base> base, const Neighbours* earlier) : base_(std::move(base)) {
    for (const auto& entry : base_->entries()) {
        const auto* before = earlier ? earlier->base_->find(entry.id) : nullptr;
        auto& kept = wordings_[entry.id];
        if (before && same_wordings(*before, entry))
            kept = earlier->wordings_.at(entry.id);
        else
            kept = std::make_shared<const std::vector<detail::Wording>>(detail::wordings_of(entry));
    }
}

std::vector<LintFinding> Neighbours::lint(const Entry& entry, Date today) const {
    std::vector<LintFinding> result;
    detail::Findings findings{result};
    detail::LintContext context{base_->statutes(), base_->references(), {}, today};
    for (const auto& [id, ignored] : wordings_) context.ids.insert(id.value);
    context.ids.insert(entry.id.value);
    findings.about(entry.id.value);
    lint_id(entry, findings);
    detail::lint_fields(entry, context, findings);
    detail::lint_references(entry, context, findings);
    detail::lint_numbers(entry, context, findings);
    detail::lint_words(entry, findings);
    const auto own = detail::wordings_of(entry);
    lint_repeats(own, findings);
    for (const auto& [id, theirs] : wordings_) {
        if (id == entry.id) continue;
        for (std::size_t i = 0; i < own.size(); ++i)
            lint_against(own[i], i == 0 ? "question" : "variants", id, *theirs, findings);
    }
    return result;
}

}  // namespace yuanda::kb
