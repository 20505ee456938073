// How an entry changes: written by one person, published or sent back by another, put back when it was wrong.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// POST kb/drafts, PUT kb/drafts/{id}, POST kb/drafts/{id}/submit, withdraw, discard, approve, reject;
/// POST kb/entries/{id}/rollback.
void add_draft_routes(Router& router, const std::shared_ptr<Context>& context);

}  // namespace yuanda::gateway::staff
