// Which of the 22 topics an utterance speaks of, by weighted seed words (config/topics.toml).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "nlu/detail/automaton.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu::detail {

class Topics {
public:
    static Result<Topics> parse(std::string_view toml);
    /// At most five, best first; empty when no seed occurs. p sums to less than 1: some mass stays with none.
    std::vector<TopicGuess> guess(std::u32string_view plain) const;
    std::string name(std::string_view topic) const;

private:
    struct Seed {
        std::uint32_t topic = 0;
        double weight = 1;
    };
    std::vector<std::string> ids_;
    std::vector<std::string> names_;
    std::vector<Seed> seeds_;
    Automaton phrases_;
};

}  // namespace yuanda::nlu::detail
