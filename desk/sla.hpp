// Promised response times and whether they still hold.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "desk/ownership.hpp"

namespace yuanda::desk {

struct SlaPolicy {
    std::chrono::minutes first_response{20};
    std::chrono::minutes next_response{60};
};

enum class SlaState { Ok, AtRisk, Breached };  // amber from 70 % of the clock, red at 100 %
std::string_view name_of(SlaState state);

/// When a person must have answered: at the time spoken to the citizen while one stands (`promise`); else
/// first_response after the wait began, or, once a lawyer who still owns the conversation has answered,
/// next_response after the first words left unanswered since. nullopt: nobody waits. Storage counts what is overdue
/// by the same rule (storage/desk_lists.cpp).
std::optional<TimePoint> due_at(const Ownership& ownership, std::optional<TimePoint> promise, const SlaPolicy& policy);
SlaState sla_state(TimePoint waiting_since, TimePoint due, TimePoint now);

}  // namespace yuanda::desk
