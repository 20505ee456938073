// Applications for legal aid and the record of their moves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/application.hpp"
#include "storage/conversations.hpp"

namespace yuanda::storage {

/// What the applicant must be told of a move: written into their conversation in the move's own transaction, whoever
/// owns it.
struct Notice {
    ConversationId conversation;
    MessageId message;
    std::string text;
    OutboxId outbox;  // empty: the page pulls
};

/// A move as it is on record, and what became of its notice.
struct Milestone {
    casework::Transition move;
    MessageId notice;      // empty: nothing was written
    std::string delivery;  // state of its outbox row; empty: pulled by the page
    bool settled = false;  // it did not arrive, and somebody told the applicant in another way
    bool operator==(const Milestone&) const = default;
};

class Applications {
public:
    Applications(Database& database, const Sealer& sealer);

    Result<std::optional<casework::Application>> find(const ApplicationId& id);
    /// Newest first; `state` empty: all. `after`: id of the last row of the page before.
    Result<std::vector<casework::Application>> list(const std::string& state, int limit, const std::string& after);
    Result<std::vector<casework::Application>> of_contact(const ContactId& contact);
    /// 1 + the highest serial of `centre` in `year`.
    Result<int> next_serial(const std::string& centre, int year);
    /// Saves a moved application (version as after apply()) with its event and its notice; Conflict when somebody was
    /// first. NotFound when the notice's conversation is gone: then nothing is saved.
    Result<> save(const casework::Application& application, const casework::Transition& transition,
                  const std::optional<Notice>& notice = std::nullopt);
    Result<std::vector<Milestone>> history(const ApplicationId& id);

private:
    Database* database_;
    const Sealer* sealer_;
};

}  // namespace yuanda::storage
