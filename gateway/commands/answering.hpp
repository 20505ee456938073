// One question answered as a channel would answer it, without a database: the ground under ask and eval.
#pragma once

#include <memory>
#include <string>

#include "core/ports.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/sources.hpp"

namespace yuanda::gateway {

/// Immutable; thread-safe.
class Answering {
public:
    Answering(Deciders deciders, std::shared_ptr<const Generation> generation, const CentreConfig& centre,
              const Clock& clock);

    /// A first message of a new web conversation, decided: read, looked up, searched, planned.
    Result<dialogue::TurnPlan> plan(const std::string& text) const;
    const kb::Base& base() const { return *generation_->base; }
    TimePoint now() const { return clock_->now(); }

private:
    Deciders deciders_;
    std::shared_ptr<const Generation> generation_;
    CentreConfig centre_;
    const Clock* clock_;
};

/// The shipped base behind the shipped reader and planner.
Result<std::unique_ptr<Answering>> make_answering(const std::string& root, const Config& config, const Clock& clock);

/// answer, clarify, fallback, handoff, flow or safety: the words of the command line. A notice (greeting, help)
/// is a clarify when it offers ways on, else a fallback.
std::string_view decision_word(const dialogue::TurnPlan& plan);

/// {"decision","topic","confidence","answer","entry_id","citations":[…],"candidates":[…]}; scripts rely on the keys.
std::string answer_to_json(const dialogue::TurnPlan& plan);

}  // namespace yuanda::gateway
