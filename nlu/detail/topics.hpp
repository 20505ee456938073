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
    /// The topic the utterance names and says nothing more about: 婚姻离婚方面, 我想咨询工伤. Empty when it says more,
    /// or names several.
    std::string named(std::u32string_view plain) const;
    std::string name(std::string_view topic) const;

private:
    /// Two words of a topic, the second soon after the first: 老公昨天打我 as much as 老公打我.
    struct Near {
        std::uint32_t topic = 0;
        double weight = 1;
        std::uint32_t span = 0;  // characters between them at most
    };
    struct Parser;
    /// Adds the weight of each pair found; a second word inside a seed of another topic (打我电话) is none.
    void add_near(std::u32string_view plain, const std::vector<Hit>& seeds, std::vector<double>& scores) const;

    struct Seed {
        std::uint32_t topic = 0;
        double weight = 1;
    };
    std::vector<std::string> ids_;
    std::vector<std::string> names_;
    std::vector<Seed> seeds_;
    Automaton phrases_;
    std::vector<Near> near_;
    Automaton near_words_;  // ids 2n and 2n + 1: the first and the second words of near_[n]
    Automaton called_;      // id 0: words around a name (方面, 我想咨询); id n: what topic n - 1 is called
};

}  // namespace yuanda::nlu::detail
