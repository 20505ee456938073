// What editors read: the list of entries, one entry with its revisions and the tables they pick from.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// POST kb/list, GET kb/entries/{id}, kb/entries/{id}/shipped, kb/revisions/{id}, kb/tables.
void add_entry_routes(Router& router, const std::shared_ptr<Context>& context);

/// REVISION of docs/api.md.
Json revision_json(const storage::Revision& revision);

}  // namespace yuanda::gateway::staff
