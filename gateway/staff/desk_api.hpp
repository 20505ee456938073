// The desk: lists, one conversation, and what lawyers do to it.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// GET desk, conversations, conversations/{id}.
void add_desk_routes(Router& router, const std::shared_ptr<Context>& context);
/// POST conversations/{id}/accept, messages, notes, release, close.
void add_act_routes(Router& router, const std::shared_ptr<Context>& context);

/// A row as consoles see it, with its window. Blocking.
Json shown_row(Context& context, const storage::ConversationRow& row, TimePoint now,
               const std::vector<casework::Application>& applications = {});

/// Takes the conversations of somebody who cannot answer any more back to the queue. Blocking; how many.
int requeue_conversations(Context& context, const StaffId& lawyer, const StaffId& by, TimePoint now);

/// A line of the system in a conversation, sent where the window leaves room. Blocking.
Result<> say_line(Context& context, const ConversationId& conversation, const StaffId& by, const std::string& action,
                  const std::string& text, TimePoint now);

}  // namespace yuanda::gateway::staff
