// Joins entries, register and tables into one immutable value and says an entry as a reply.
#include "kb/base.hpp"

#include "core/text.hpp"
#include "kb/detail/markup.hpp"

namespace yuanda::kb {
namespace {

std::vector<std::string> paragraphs_of(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto words = trimmed(line); !words.empty()) result.emplace_back(words);
    return result;
}

}  // namespace

Result<std::shared_ptr<const Base>> Base::build(const BaseSources& sources) {
    auto statutes = StatuteRegister::from_toml(sources.statutes_toml);
    if (!statutes) return statutes.error();
    auto references = References::from_json(sources.deadlines_json, sources.hotlines_json);
    if (!references) return references.error();
    auto outside = parse_outside(sources.outside_toml);
    if (!outside) return outside.error();
    auto thesaurus = Thesaurus::parse(sources.thesaurus_toml);
    if (!thesaurus) return thesaurus.error();
    std::vector<Entry> entries;
    for (const auto& [name, text] : sources.entries) {
        auto entry = parse_entry(text);
        if (!entry) return invalid(name + ": " + entry.error().detail);
        entries.push_back(std::move(*entry));
    }
    return from_entries(std::move(entries), std::move(*statutes), std::move(*references),
                        {std::move(*outside), std::move(*thesaurus)});
}

Result<std::shared_ptr<const Base>> Base::from_entries(std::vector<Entry> entries, StatuteRegister statutes,
                                                       References references, LaySpeech lay_speech) {
    auto base = std::make_shared<Base>();
    base->entries_ = std::move(entries);
    base->statutes_ = std::move(statutes);
    base->references_ = std::move(references);
    base->lay_speech_ = std::move(lay_speech);
    for (std::size_t i = 0; i < base->entries_.size(); ++i)
        if (!base->by_id_.emplace(base->entries_[i].id, i).second)
            return invalid("entry " + base->entries_[i].id.value + " stands twice");
    return std::shared_ptr<const Base>(std::move(base));
}

const Entry* Base::find(const EntryId& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &entries_[found->second];
}

std::optional<std::string> Base::resolved(std::string_view text) const {
    using Kind = detail::Span::Kind;
    std::string out;
    for (const auto& span : detail::spans(text)) {
        if (span.kind == Kind::Words) out += span.text;
        if (span.kind == Kind::Deadline) {
            const auto found = references_.deadlines.find(span.value);
            if (found == references_.deadlines.end()) return std::nullopt;
            out += found->second;
        }
        if (span.kind == Kind::Hotline) {
            const auto found = references_.hotlines.find(span.value);
            if (found == references_.hotlines.end()) return std::nullopt;
            out += found->first;
        }
        // An article's place is the reply's list of citations, so its mark goes.
    }
    return out;
}

std::string Base::resolve(std::string_view text) const {
    auto whole = resolved(text);
    return whole ? std::move(*whole) : std::string{};
}

std::optional<Reply> Base::answer(const Entry& entry, Date today) const {
    const auto expires = parse_iso_date(entry.expires_on);
    if (expires && *expires < today) return std::nullopt;

    Reply reply;
    reply.kind = ReplyKind::Answer;
    for (const auto& cited : entry.citations) {
        auto citation = statutes_.resolve(cited.law, cited.article, today);
        if (!citation || !citation->in_force) return std::nullopt;
        citation->plain = cited.plain;
        reply.citations.push_back(std::move(*citation));
    }
    const auto conclusion = resolved(entry.conclusion);
    if (!conclusion) return std::nullopt;
    reply.paragraphs = paragraphs_of(*conclusion);
    for (const auto& section : entry.sections) {
        auto& shown = reply.sections.emplace_back(ReplySection{section.title, section.ordered, {}});
        for (const auto& item : section.items) {
            auto text = resolved(item);
            if (!text) return std::nullopt;
            shown.items.push_back(std::move(*text));
        }
    }
    reply.follow_ups = entry.follow_ups;
    reply.updated = entry.reviewed_on;
    reply.feedback = true;
    return reply;
}

}  // namespace yuanda::kb
