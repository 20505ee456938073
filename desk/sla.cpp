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

std::optional<TimePoint> due_at(std::optional<TimePoint> waiting_since, std::chrono::minutes promised) {
    if (!waiting_since) return std::nullopt;
    return *waiting_since + promised;
}

// legal-aid.md section 2: amber at 70 % of the clock, red at 100 %.
SlaState sla_state(TimePoint waiting_since, TimePoint now, std::chrono::minutes promised) {
    const auto waited = now - waiting_since;
    if (waited >= promised) return SlaState::Breached;
    if (waited * 10 >= std::chrono::milliseconds{promised} * 7) return SlaState::AtRisk;
    return SlaState::Ok;
}

}  // namespace yuanda::desk
