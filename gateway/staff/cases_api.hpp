// Applications for legal aid as staff see and move them.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

void add_case_routes(Router& router, const std::shared_ptr<Context>& context);

}  // namespace yuanda::gateway::staff
