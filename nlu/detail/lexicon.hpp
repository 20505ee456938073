// config/lexicon/words.toml as the reader uses it: words that stay whole, what they denote, and how dialect and
// typos are rewritten before meaning is sought.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "nlu/detail/automaton.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu::detail {

/// What a word of the lexicon denotes; `kind` empty for plain legal words.
struct LexiconWord {
    std::optional<Entity::Kind> kind;
    std::string value;
};

struct Lexicon {
    Automaton words;
    std::vector<LexiconWord> denotes;  // by hit id
    Automaton rewrites;
    std::vector<std::u32string> rewritten;  // by hit id

    /// Dialect and typos replaced; the text itself when there are none.
    std::u32string plain(const std::u32string& text) const;
};

Result<Lexicon> parse_lexicon(std::string_view toml);

}  // namespace yuanda::nlu::detail
