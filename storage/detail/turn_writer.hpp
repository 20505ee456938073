// One turn's rows: prepared and sealed on the caller's thread, written on the writer's.
#pragma once

#include "storage/conversations.hpp"
#include "storage/detail/rows.hpp"

namespace yuanda::storage {

/// May run twice (a connection lost before its commit), so it keeps everything it was given.
class TurnWriter {
public:
    TurnWriter(TurnCommit commit, const Sealer& sealer, Random& random);

    /// Where this turn stands among those of its batch: stored conversations by id first; new ones by what
    /// every node knows of them, for their ids differ from node to node.
    std::string order() const;
    /// Conflict when the conversation moved on, was created meanwhile, or a serial was taken.
    Result<> write(Session& session);
    const CommitOutcome& outcome() const { return outcome_; }

private:
    bool claim_receipt(Session& session) const;
    void load_stored_answer(Session& session);
    void create_conversation(Session& session) const;
    bool advance_conversation(Session& session) const;
    void write_messages(Session& session) const;
    void write_turn(Session& session) const;
    int release_held(Session& session) const;
    int write_window(Session& session) const;
    void write_outbox(Session& session, int number) const;
    void apply(Session& session, const dialogue::QueueForLawyer& effect) const;
    void apply(Session& session, const dialogue::SubmitApplication& effect) const;
    void apply(Session& session, const dialogue::MakePromise& effect) const;
    void apply(Session& session, const dialogue::AlertDesk& effect) const;

    TurnCommit commit_;
    const Sealer* sealer_;
    Random* random_;
    bool is_new_;
    ConversationId conversation_;
    ContactId contact_;
    SealedMessage inbound_;
    std::optional<SealedMessage> outbound_;
    std::string memory_, last_text_, detail_, answer_;  // sealed
    bool at_risk_ = false;
    CommitOutcome outcome_;
};

/// The first answer to a message, when there is one.
std::optional<StoredAnswer> read_stored_answer(Session& session, const InboxId& inbox, const ExternalId& id,
                                               const Sealer& sealer);

}  // namespace yuanda::storage
