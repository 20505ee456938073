// Danger first: phrases that together mean someone may come to harm now (config/lexicon/risks.toml).
//
// Recall matters more than precision, but a general legal question is not a danger: a rule is a list of groups that
// must all occur near each other, called off by negation or by one of its guards (general,
// past, quoted), which words of the present (正在, 救命…) lift again. 去年跳楼 is past; 去年的工资还不给，我就跳楼 is
// not: such guards have a span.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "nlu/detail/automaton.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu::detail {

struct RiskFound {
    Risk risk = Risk::SelfHarm;
    std::string rule;
};

struct Dangers {
    std::vector<RiskFound> now;  // one per kind, in the order of the enum; the first rule that holds names it
    std::vector<Risk> told;      // called off only by guards that say `told`: it has happened, or is asked about
};

class Risks {
public:
    static Result<Risks> parse(std::string_view toml);
    Dangers find(std::u32string_view plain) const;

private:
    using Concept = std::uint32_t;       // one word list of the file
    using Group = std::vector<Concept>;  // any of them
    struct Guard {
        std::string name;
        Group words;
        Group lifted_by;
        std::uint32_t span = 0;  // characters from the rule's first hit within which it calls off; 0: anywhere
        bool told = false;       // what it calls off has still happened to someone
    };
    struct Rule {
        Risk risk = Risk::SelfHarm;
        std::string id;
        std::vector<Group> all;
        std::uint32_t span = 0;  // characters from the first group's hit to the others; 0: anywhere
        std::vector<std::size_t> guards;
        bool negatable = true;
        bool told = false;   // never an alarm: 打过我
        bool alone = false;  // the first group's hit must be all that is said
    };
    enum class Verdict { None, Told, Now };
    struct Parser;
    Verdict weigh(const Rule& rule, const std::vector<Hit>& hits, const std::vector<bool>& active,
                  std::u32string_view text) const;
    /// What the guards leave of a rule whose groups all occur around `first`.
    Verdict guarded(const Rule& rule, const Hit& first, const std::vector<Hit>& hits,
                    const std::vector<bool>& active) const;

    std::vector<Guard> guards_;
    std::vector<Rule> rules_;
    Automaton phrases_;
    std::size_t concepts_ = 0;
    Concept harmless_ = 0;  // hides what lies inside: 打我电话 is no blow
};

}  // namespace yuanda::nlu::detail
