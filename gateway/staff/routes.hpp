// The whole staff interface in one call.
#pragma once

#include "gateway/services.hpp"

namespace yuanda::gateway::staff {

/// Adds /api/v1 to `router`. Reads config/texts/desk.toml and config/forms/intake.toml below the root once; a
/// file that cannot be read is logged, and its words are missing.
void add_staff_routes(Router& router, Services& services);

}  // namespace yuanda::gateway::staff
