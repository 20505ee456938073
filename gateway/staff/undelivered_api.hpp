// Messages that did not reach their contact, until a person has seen to each.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// GET undelivered, POST undelivered/{id}/settle.
void add_undelivered_routes(Router& router, const std::shared_ptr<Context>& context);

}  // namespace yuanda::gateway::staff
