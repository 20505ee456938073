// Runs the rules over every entry, then the rules that look across entries.
#include "kb/lint.hpp"

#include <filesystem>
#include <unordered_map>

#include "kb/detail/lexical.hpp"
#include "kb/detail/lint_rules.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb {
namespace {

/// kb/entries/T01-wages/arrears.md holds T01-arrears.
void lint_place(const std::string& file, const Entry& entry, detail::Findings& findings) {
    const std::filesystem::path path(file);
    const auto folder = path.parent_path().filename().string();
    if (entry.id.value != entry.topic + "-" + path.stem().string() || !folder.starts_with(entry.topic + "-"))
        findings.error("id", "file_name", file + " should be " + entry.topic + "-…/<slug of the id>.md");
}

/// Wordings already seen, by what is left of them without marks and spaces.
class Wordings {
public:
    void lint(const Entry& entry, detail::Findings& findings) {
        check(entry, entry.question, "question", findings);
        for (const auto& variant : entry.variants) check(entry, variant, "variants", findings);
    }

private:
    void check(const Entry& entry, const std::string& text, const char* field, detail::Findings& findings) {
        const auto [found, fresh] = owners_.emplace(detail::surface_key(nlu::normalise(text)), entry.id.value);
        if (fresh) return;
        if (found->second == entry.id.value)
            findings.warn(field, "repeated_variant", text + " stands twice", text);
        else
            findings.error(field, "near_duplicate", text + " belongs to " + found->second + " already", text,
                           found->second);
    }

    std::unordered_map<std::string, std::string> owners_;
};

/// The tables; a table that cannot be read is a finding and stays empty.
detail::LintContext context_of(const BaseSources& sources, Date today, detail::Findings& findings) {
    detail::LintContext context{{}, {}, {}, today};
    findings.about("");
    auto statutes = StatuteRegister::from_toml(sources.statutes_toml);
    if (statutes)
        context.statutes = std::move(*statutes);
    else
        findings.error("statutes", "unreadable", statutes.error().detail);
    auto references = References::from_json(sources.deadlines_json, sources.hotlines_json);
    if (references)
        context.references = std::move(*references);
    else
        findings.error("references", "unreadable", references.error().detail);
    return context;
}

}  // namespace

std::string_view name_of(LintFinding::Level level) { return level == LintFinding::Level::Error ? "error" : "warning"; }

std::vector<LintFinding> lint(const BaseSources& sources, Date today) {
    std::vector<LintFinding> result;
    detail::Findings findings{result};
    auto context = context_of(sources, today, findings);

    std::vector<std::pair<std::string, Entry>> entries;
    for (const auto& [file, text] : sources.entries) {
        findings.about(file);
        auto entry = parse_entry(text);
        if (!entry) {
            findings.error("", "unreadable", entry.error().detail);
            continue;
        }
        if (!context.ids.insert(entry->id.value).second)
            findings.error("id", "duplicate_id", entry->id.value + " stands twice");
        entries.emplace_back(file, std::move(*entry));
    }
    std::vector<const Entry*> known;
    for (const auto& [file, entry] : entries) known.push_back(&entry);
    Wordings wordings;
    for (const auto& [file, entry] : entries) {
        findings.about(entry.id.value);
        lint_place(file, entry, findings);
        detail::lint_fields(entry, context, findings);
        detail::lint_references(entry, context, findings);
        detail::lint_numbers(entry, context, findings);
        detail::lint_words(entry, findings);
        wordings.lint(entry, findings);
    }
    detail::lint_alike(known, findings);
    findings.about("kb/golden.jsonl");
    if (const auto golden = parse_queries(sources.golden_jsonl))
        detail::lint_golden(*golden, known, findings);
    else
        findings.error("golden", "unreadable", golden.error().detail);
    return result;
}

}  // namespace yuanda::kb
