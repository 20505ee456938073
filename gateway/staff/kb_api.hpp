// The knowledge base for lawyers: search while typing, insert with citations.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

void add_kb_routes(Router& router, const std::shared_ptr<Context>& context);

/// One hit of docs/api.md. An entry that may not be said today has an empty `text`, so that nothing can be
/// inserted, and its citations say why. Pure.
Json kb_hit_json(const kb::Base& base, const kb::Entry& entry, double score, Date today);

}  // namespace yuanda::gateway::staff
