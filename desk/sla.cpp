// The clock behind the amber and red badges.
#include "desk/sla.hpp"

namespace yuanda::desk {

std::string_view name_of(SlaState state) {
    switch (state) {
        case SlaState::Ok: return "ok";
        case SlaState::AtRisk: return "at_risk";
        case SlaState::Breached: return "breached";
    }
    return "ok";
}

std::optional<TimePoint> due_at(const Ownership& ownership, std::optional<TimePoint> promise, const SlaPolicy& policy) {
    if (!ownership.waiting_since) return std::nullopt;
    if (promise) return promise;
    const bool answered_before = ownership.owner == Owner::Human && !ownership.queued_at;
    return *ownership.waiting_since + (answered_before ? policy.next_response : policy.first_response);
}

// Amber at 70 % of the clock, so that somebody can still act; red at 100 %.
SlaState sla_state(TimePoint waiting_since, TimePoint due, TimePoint now) {
    if (now >= due) return SlaState::Breached;
    if ((now - waiting_since) * 10 >= (due - waiting_since) * 7) return SlaState::AtRisk;
    return SlaState::Ok;
}

}  // namespace yuanda::desk
