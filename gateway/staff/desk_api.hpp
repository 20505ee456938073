// The desk: lists, one conversation, and what lawyers do to it.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// GET desk, conversations, conversations/{id}.
void add_desk_routes(Router& router, const std::shared_ptr<Context>& context);
/// POST conversations/{id}/accept, messages, notes, release, close. Each decides on a row as read and hands storage one
/// act: ownership by compare-and-set, message, delivery and record together.
void add_act_routes(Router& router, const std::shared_ptr<Context>& context);

/// A row as consoles see it, with its window. Blocking.
Json shown_row(Context& context, const storage::ConversationRow& row, TimePoint now,
               const std::vector<casework::Application>& applications = {});

/// Takes the conversations of somebody who cannot answer any more back to the queue. Blocking; how many.
int requeue_conversations(Context& context, const StaffId& lawyer, const StaffId& by, TimePoint now);

/// Whether what is said there needs an outbox row; a page of our own fetches it.
bool must_deliver(const Context& context, const InboxId& inbox);

}  // namespace yuanda::gateway::staff
