// The knowledge base in memory: entries with their references resolved, ready to be said.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/reply.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "kb/entry.hpp"
#include "kb/lay_speech.hpp"
#include "kb/statutes.hpp"

namespace yuanda::kb {

/// Tables that `{期限:id}` and `{热线:number}` resolve against.
struct References {
    std::map<std::string, std::string, std::less<>> deadlines;        // "labour.arb_limit" -> "1年"
    std::map<std::string, std::string, std::less<>> hotlines;         // "12333" -> its name; only verified ones
    std::multimap<std::pair<std::string, int>, std::string> periods;  // law and article -> each length it sets: 1年
    static Result<References> from_json(std::string_view deadlines_json, std::string_view hotlines_json);
};

/// Everything the shipped base is made of, read once.
struct BaseSources {
    std::vector<std::pair<std::string, std::string>> entries;  // file name, Markdown text
    std::string statutes_toml;
    std::string deadlines_json;
    std::string hotlines_json;
    std::string golden_jsonl;    // kb/golden.jsonl; empty where there is none
    std::string outside_toml;    // kb/outside.toml
    std::string thesaurus_toml;  // config/lexicon/thesaurus.toml
};
/// Reads `root`/kb/entries/**.md and `root`/config/. NotFound or InvalidInput names the file.
Result<BaseSources> load_base_sources(const std::string& root);

/// Reads `root`/kb/outside.toml and `root`/config/lexicon/thesaurus.toml.
Result<LaySpeech> load_lay_speech(const std::string& root);

/// Immutable, thread-safe; a publish makes a new one.
class Base {
public:
    static Result<std::shared_ptr<const Base>> build(const BaseSources& sources);
    /// The same from entries already parsed (eval lines, published revisions). InvalidInput names an id that
    /// stands twice.
    static Result<std::shared_ptr<const Base>> from_entries(std::vector<Entry> entries, StatuteRegister statutes,
                                                            References references, LaySpeech lay_speech);

    const std::vector<Entry>& entries() const { return entries_; }
    const Entry* find(const EntryId& id) const;
    const StatuteRegister& statutes() const { return statutes_; }
    const References& references() const { return references_; }
    const LaySpeech& lay_speech() const { return lay_speech_; }

    /// The entry as a reply: conclusion, sections, citations, follow-ups. `nullopt` when one of its
    /// citations is unknown or not in force on `today`, when the entry has expired, or when it names a deadline or
    /// hotline that no table has: it then needs a person's eye, not a confident bot.
    std::optional<Reply> answer(const Entry& entry, Date today) const;

    /// `text` with references replaced by their values: 1年, 12333; the mark of an article goes, since a reply
    /// carries its citations as a list. Empty when a deadline or hotline is unknown.
    std::string resolve(std::string_view text) const;

private:
    std::optional<std::string> resolved(std::string_view text) const;

    std::vector<Entry> entries_;
    std::unordered_map<EntryId, std::size_t> by_id_;
    StatuteRegister statutes_;
    References references_;
    LaySpeech lay_speech_;
};

}  // namespace yuanda::kb
