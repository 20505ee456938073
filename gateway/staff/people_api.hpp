// Administrators look after staff: who there is, which roles they have, whether they may sign in.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

void add_people_routes(Router& router, const std::shared_ptr<Context>& context);

/// Whether somebody who can still sign in would be left as administrator if `without` were none. Pure.
bool administrator_left(const std::vector<storage::Staff>& staff, const StaffId& without);
/// Known roles, each once, at least one; nullopt otherwise.
std::optional<std::vector<std::string>> roles_from(const Json& body);

}  // namespace yuanda::gateway::staff
