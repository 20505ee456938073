// Rows of staff sessions: alone, or in the transaction of what begins or ends them.
#pragma once

#include "storage/detail/session.hpp"
#include "storage/people.hpp"

namespace yuanda::storage {

void insert_session(Session& session, const StaffSession& row);
void delete_sessions(Session& session, const StaffId& staff);

}  // namespace yuanda::storage
