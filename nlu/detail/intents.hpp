// What the person wants done, by the phrases of config/lexicon/intents.toml; and whether they ask at all.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "nlu/detail/automaton.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu::detail {

struct IntentGuess {
    Intent intent = Intent::Unknown;
    double confidence = 0;
    bool question_word = false;
    bool opener = false;      // nothing but openers
    bool unfinished = false;  // asks nothing yet: 我想问, 那个, 老板欠我钱，
};

/// What else the reader already knows about the utterance.
struct IntentContext {
    bool topic = false;          // some topic's seed occurs
    bool cites_article = false;  // 民法典1076条
};

class Intents {
public:
    static Result<Intents> parse(std::string_view toml);
    IntentGuess guess(std::u32string_view plain, const IntentContext& context) const;

private:
    /// Ends in a comma or a conjunction: more is coming.
    bool breaks_off(std::u32string_view plain) const;

    enum class Where { Anywhere, Start, Whole };
    struct Rule {
        Intent intent = Intent::Unknown;
        double confidence = 0;
        std::size_t max_chars = 0;  // 0: any length
        bool lone = false;          // only when no topic occurs
    };
    struct Phrase {
        std::uint32_t rule = 0;
        Where where = Where::Anywhere;
    };
    std::vector<Rule> rules_;  // in order of precedence
    std::vector<Phrase> phrases_;
    Automaton patterns_;
    std::uint32_t question_ids_ = 0;  // the id of question words; the next one is that of openers
    std::vector<std::u32string> conjunctions_;
};

/// 1..9 when the whole utterance names a choice: 2, 二, 2、, (2), 第二个, 选2, 我选第二个; else 0.
int read_choice(std::u32string_view normalised);

}  // namespace yuanda::nlu::detail
