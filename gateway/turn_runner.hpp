// Runs turns: one message in, one committed answer out, exactly once, in order per conversation.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/message.hpp"
#include "dialogue/planner.hpp"
#include "gateway/desk_state.hpp"
#include "gateway/hub.hpp"
#include "gateway/inboxes.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/metrics.hpp"
#include "gateway/rate_limit.hpp"
#include "gateway/texts.hpp"
#include "gateway/worker_pool.hpp"
#include "nlu/reader.hpp"
#include "storage/applications.hpp"
#include "storage/conversations.hpp"

namespace yuanda::gateway {

/// What a message came to.
struct TurnResult {
    storage::StoredAnswer answer;  // bytes for the webhook; the inbound message and its sequence
    bool duplicate = false;
};

/// claim -> understand -> lookup -> plan -> commit -> answer (docs/ARCHITECTURE.md). Thread-safe.
/// A second delivery of a message in the making waits for the first; a stored one gets the stored bytes.
/// Messages of one conversation run in order of arrival; across processes compare-and-set decides.
class TurnRunner {
public:
    struct Parts {
        WorkerPool& pool;
        storage::Conversations& conversations;
        storage::Applications& applications;
        const nlu::Reader& reader;
        const dialogue::Planner& planner;
        Knowledge& knowledge;
        const Inboxes& inboxes;
        DeskState& desk;
        Hub& hub;
        Metrics& metrics;
        const Texts& texts;
        const Clock& clock;
        Random& random;
        std::string centre_short;  // whose application numbers are counted
        RateLimit per_contact;     // new messages of one contact that get a turn
    };
    using Done = std::function<void(Result<TurnResult>)>;

    explicit TurnRunner(Parts parts);
    ~TurnRunner();

    /// `done` is called once, on some thread. RateLimited and Unavailable mean: nothing was stored.
    void submit(Message message, Done done);
    boost::asio::awaitable<Result<TurnResult>> receive(Message message);
    /// Messages accepted and not yet answered.
    std::size_t in_flight() const;

private:
    struct Job;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace yuanda::gateway
