// Promised response times and whether they still hold.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/time.hpp"

namespace yuanda::desk {

struct SlaPolicy {
    std::chrono::minutes first_response{20};
    std::chrono::minutes next_response{60};
};

enum class SlaState { Ok, AtRisk, Breached };  // amber from 70 % of the clock, red at 100 %
std::string_view name_of(SlaState state);

std::optional<TimePoint> due_at(std::optional<TimePoint> waiting_since, std::chrono::minutes promised);
SlaState sla_state(TimePoint waiting_since, TimePoint now, std::chrono::minutes promised);

}  // namespace yuanda::desk
