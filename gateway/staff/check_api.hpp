// What an editor sees of an entry that is not saved: findings, the reply on each channel, and where it would rank.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// POST kb/check, kb/try. Nothing is stored and no citizen is answered.
void add_check_routes(Router& router, const std::shared_ptr<Context>& context);

/// The findings about `entry` as it would stand among those served.
std::vector<kb::LintFinding> checked(Context& context, const kb::Entry& entry, Date today);

}  // namespace yuanda::gateway::staff
