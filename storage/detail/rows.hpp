// Writing messages, outbox rows and applications: shared by turns, the lawyers' acts and casework.
#pragma once

#include "casework/application.hpp"
#include "storage/conversations.hpp"
#include "storage/detail/session.hpp"
#include "storage/outbox.hpp"

namespace yuanda::storage {

/// A passive reply is the webhook's to deliver for this long; then the outbox sends it (docs/ARCHITECTURE.md, step 7).
inline constexpr std::chrono::seconds kOfferedFor{20};

/// How much of the last message a lawyer's list shows, in characters.
inline constexpr std::size_t kLastTextChars = 80;

/// The open promise of the conversation `c`, as an expression; null: none.
inline constexpr const char* kOpenPromise =
    "(SELECT MIN(m.due_at) FROM promise m WHERE m.conversation_id = c.id AND m.kept_at IS NULL"
    " AND m.made_at >= c.waiting_since)";

/// Reverse of name_of(From); a name nobody wrote reads as System.
From sender_named(std::string_view name);

/// A message with its body sealed already: sealing is the caller's work, not the writer's.
struct SealedMessage {
    StoredMessage message;  // id, conversation, seq, from, author…; text and card are not read
    std::string body;
};
SealedMessage seal_message(StoredMessage message, const Sealer& sealer);
void insert_message(Session& session, const SealedMessage& sealed);
/// Two rows in one statement: the question and its answer.
void insert_messages(Session& session, const SealedMessage& first, const SealedMessage& second);
/// Fills text and card of a message read with its sealed body.
void open_body(StoredMessage& message, const std::string& body, const Sealer& sealer);

/// `row` as made; queued at once, or offered for kOfferedFor.
void insert_outbox(Session& session, const OutboxRow& row, bool offered);

void insert_application(Session& session, const casework::Application& application, const Sealer& sealer);
/// Names a milestone in its seal.
std::string milestone_row(const ApplicationId& id, std::int64_t n);
/// `n`: the application's version after the move. `notice`: the message that told the applicant of it.
void insert_milestone(Session& session, const ApplicationId& id, std::int64_t n, const casework::Transition& transition,
                      const Sealer& sealer, const MessageId& notice = {});

}  // namespace yuanda::storage
