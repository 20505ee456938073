// How people talk, beside the entries: what they say for a word of the law, and what they type that is no matter of
// ours.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.hpp"

namespace yuanda::kb {

/// Things people type that are no matter of ours, by category (weather, cooking…): a question nearer to them than to
/// any entry is not answered.
using Outside = std::vector<std::vector<std::string>>;
/// kb/outside.toml: lists of texts.
Result<Outside> parse_outside(std::string_view toml);

/// What people say -> the words the law and the entries have for it. Immutable, thread-safe.
class Thesaurus {
public:
    /// config/lexicon/thesaurus.toml: tables by topic, for the editors' eyes; a key counts in every question.
    static Result<Thesaurus> parse(std::string_view toml);

    /// What the keys that occur in already normalised text stand for, normalised, each once, sorted.
    std::vector<std::string> meant_by(std::string_view normalised) const;
    std::size_t size() const { return meanings_.size(); }

private:
    std::unordered_map<std::string, std::vector<std::string>> meanings_;
    std::size_t longest_ = 0;  // characters of the longest key
};

struct LaySpeech {
    Outside outside;
    Thesaurus thesaurus;
};

}  // namespace yuanda::kb
