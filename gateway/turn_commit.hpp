// Turns one message into everything its commit will store: reads, asks dialogue, renders the answer's bytes.
#pragma once

#include "gateway/turn_runner.hpp"

namespace yuanda::gateway {

struct PlannedTurn {
    storage::TurnCommit commit;
};

/// Blocking (SQL reads). Stateless but for its parts; thread-safe.
class TurnPlanner {
public:
    explicit TurnPlanner(const TurnRunner::Parts& parts) : parts_(&parts) {}
    Result<PlannedTurn> plan(Message message) const;
    /// Somebody in danger, or who wants a person: no limit may keep that from being heard.
    bool must_be_read(const Message& message) const;
    /// An answer to what the bot asked: a tap on what it offered, or the next step of its form.
    bool answers_us(const Message& message) const;
    /// The contact is over the limit: the message is kept, no turn is planned; `notice` says so kindly.
    Result<PlannedTurn> plan_too_fast(Message message, bool notice) const;

private:
    Result<dialogue::Conversation> conversation_of(const Message& message, TimePoint now) const;
    Result<dialogue::Findings> find_out(const dialogue::Conversation& conversation, const Message& message,
                                        const nlu::Understanding& understanding, const kb::Index& index,
                                        TimePoint now) const;
    Result<PlannedTurn> assemble(Message message, dialogue::Conversation before, dialogue::TurnPlan plan,
                                 std::string detail, TimePoint now) const;

    const TurnRunner::Parts* parts_;
};

}  // namespace yuanda::gateway
