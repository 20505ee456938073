// The stable words for decisions, as they are stored with every turn and printed by `yuanda ask`.
#include "dialogue/plan.hpp"

namespace yuanda::dialogue {

std::string_view name_of(Decision decision) {
    switch (decision) {
        case Decision::Answer: return "answer";
        case Decision::Clarify: return "clarify";
        case Decision::Fallback: return "fallback";
        case Decision::Handoff: return "handoff";
        case Decision::Flow: return "flow";
        case Decision::Safety: return "safety";
        case Decision::Notice: return "notice";
        case Decision::Silent: return "silent";
    }
    return "silent";
}

}  // namespace yuanda::dialogue
