// Signing in and out, the password, presence.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

void add_session_routes(Router& router, const std::shared_ptr<Context>& context);

/// A lawyer whose console has just opened is on duty until something else is chosen; for everybody else nothing.
void greet(Services& services, const storage::Staff& staff);

}  // namespace yuanda::gateway::staff
