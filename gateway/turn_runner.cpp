// The life of a message (docs/ARCHITECTURE.md): claimed, understood, planned, committed, answered.
#include "gateway/turn_runner.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/services.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/turn_commit.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
using storage::CommitOutcome;

constexpr int kPlanAttempts = 5;  // compare-and-set: zero rows, read again, plan again
constexpr std::size_t kMaxInFlight = 10'000;

std::string claim_key(const Message& message) {
    return message.conversation.inbox.value + "|" + message.external_id.value;
}
std::string lane_key(const Message& message) {
    return message.conversation.inbox.value + "|" + message.conversation.peer.value;
}

/// Whoever is asked one thing after the other answers faster than anybody writes: twice the pace, and a whole form at
/// once.
RateLimit for_answers(const RateLimit& of_contact) { return {2 * of_contact.per_second, 4 * of_contact.burst}; }

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

struct TurnRunner::Job {
    Message message;
    std::string claim;
    std::string lane;
    int attempts = 0;
    bool finished = false;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

struct TurnRunner::State : std::enable_shared_from_this<State> {
    explicit State(Parts p)
        : parts(p),
          contact_limit(p.per_contact, p.clock),
          answer_limit(for_answers(p.per_contact), p.clock),
          notice_limit({1.0 / 60, 1}, p.clock) {}

    Parts parts;
    RateLimiter contact_limit;  // new messages per contact
    RateLimiter answer_limit;   // beyond it: answers to what we asked
    RateLimiter notice_limit;   // the notice about it, once a minute
    mutable std::mutex mutex;
    std::map<std::string, std::vector<Done>> claims;                // the answer being made -> who waits for it
    std::map<std::string, std::deque<std::shared_ptr<Job>>> lanes;  // conversation -> its messages in order

    void admit(Message message, Done done) {
        auto job = std::make_shared<Job>();
        job->claim = claim_key(message);
        job->lane = lane_key(message);
        job->message = std::move(message);
        bool first_in_lane = false;
        {
            const std::lock_guard lock{mutex};
            auto& waiting = claims[job->claim];
            waiting.push_back(std::move(done));
            if (waiting.size() > 1) return;  // a second delivery waits for the first
            auto& lane = lanes[job->lane];
            lane.push_back(job);
            first_in_lane = lane.size() == 1;
        }
        if (first_in_lane) schedule(std::move(job));
    }

    void schedule(std::shared_ptr<Job> job) {
        asio::post(parts.pool, [self = shared_from_this(), job = std::move(job)] { self->run(job); });
    }

    /// On a worker thread: everything up to the commit, whose outcome arrives on the writer's thread.
    void run(const std::shared_ptr<Job>& job) {
        try {
            const auto stored =
                parts.conversations.stored_answer(job->message.conversation.inbox, job->message.external_id);
            if (!stored.has_value()) return finish(job, stored.error());
            if (stored->has_value()) return finish(job, TurnResult{**stored, true});
            auto planned = plan_turn(job->message);
            if (!planned.has_value()) return finish(job, planned.error());
            commit(job, std::move(*planned));
        } catch (const std::exception& error) {
            fail(job, error);
        }
    }

    void fail(const std::shared_ptr<Job>& job, const std::exception& error) {
        log_error("turn.failed",
                  {{"inbox", job->message.conversation.inbox.value}, {"what", std::string(typeid(error).name())}});
        finish(job, Error{ErrorCode::Internal, "turn failed"});
    }

    void commit(const std::shared_ptr<Job>& job, PlannedTurn planned) {
        auto turn = std::make_shared<PlannedTurn>(std::move(planned));
        parts.conversations.commit_turn(
            turn->commit, [self = shared_from_this(), job, turn](Result<CommitOutcome> outcome) {
                asio::post(self->parts.pool,
                           [self, job, turn, outcome = std::move(outcome)] { self->committed(job, *turn, outcome); });
            });
    }

    void committed(const std::shared_ptr<Job>& job, const PlannedTurn& turn, const Result<CommitOutcome>& outcome) {
        try {
            conclude(job, turn, outcome);
        } catch (const std::exception& error) {
            fail(job, error);
        }
    }

    void conclude(const std::shared_ptr<Job>& job, const PlannedTurn& turn, const Result<CommitOutcome>& outcome) {
        if (!outcome.has_value()) return finish(job, outcome.error());
        switch (outcome->kind) {
            case CommitOutcome::Kind::Duplicate: return finish(job, TurnResult{outcome->answer, true});
            case CommitOutcome::Kind::Conflict:
                if (++job->attempts < kPlanAttempts) return schedule(job);
                return finish(job, Error{ErrorCode::Unavailable, "conversation kept changing"});
            case CommitOutcome::Kind::Committed: break;
        }
        parts.metrics.turn(turn.commit.decision, since(job->started));
        TurnResult result{turn.commit.answer, false};
        result.answer.seq = outcome->inbound_seq;
        announce(turn.commit);
        finish(job, std::move(result));
    }

    /// Wakes the citizen's page, the consoles and the outbox.
    void announce(const storage::TurnCommit& commit) {
        const auto& key = commit.inbound.conversation;
        parts.hub.notify(peer_topic(key.inbox, key.peer), "");
        if (commit.outbox) parts.hub.notify("outbox", "");
        const auto owner = commit.after.ownership.owner;
        if (owner == desk::Owner::Queued || owner == desk::Owner::Human || owner != commit.before.ownership.owner) {
            parts.hub.notify("staff", staff::desk_note());
            parts.hub.notify("staff", staff::conversation_note(commit.before.id));
        }
        for (const auto& effect : commit.effects) {
            if (const auto* alert = std::get_if<dialogue::AlertDesk>(&effect))
                parts.hub.notify("staff", staff::alert_note(commit.before.id, alert->risks));
            if (const auto* submitted = std::get_if<dialogue::SubmitApplication>(&effect))
                parts.hub.notify("staff", staff::application_note(submitted->application.id));
        }
    }

    void finish(const std::shared_ptr<Job>& job, Result<TurnResult> result) {
        if (result.has_value() && result->duplicate) parts.metrics.duplicate(job->message.conversation.inbox.value);
        std::vector<Done> waiting;
        std::shared_ptr<Job> next;
        {
            const std::lock_guard lock{mutex};
            if (std::exchange(job->finished, true)) return;  // an answer that threw must not end the job twice
            waiting = std::move(claims[job->claim]);
            claims.erase(job->claim);
            auto& lane = lanes[job->lane];
            lane.pop_front();
            if (lane.empty())
                lanes.erase(job->lane);
            else
                next = lane.front();
        }
        if (next) schedule(std::move(next));
        for (const auto& done : waiting) done(result);
    }

    Result<PlannedTurn> plan_turn(Message message) {
        const TurnPlanner planner{parts};
        const std::string contact = lane_key(message);
        // Danger and 转人工 are heard however fast somebody writes.
        if (contact_limit.allow(contact) || planner.must_be_read(message)) return planner.plan(std::move(message));
        if (planner.answers_us(message) && answer_limit.allow(contact)) return planner.plan(std::move(message));
        return planner.plan_too_fast(std::move(message), notice_limit.allow(contact));
    }
};

TurnRunner::TurnRunner(Parts parts) : state_(std::make_shared<State>(parts)) {}
TurnRunner::~TurnRunner() = default;

std::size_t TurnRunner::in_flight() const {
    const std::lock_guard lock{state_->mutex};
    return state_->claims.size();
}

void TurnRunner::submit(Message message, Done done) {
    if (in_flight() >= kMaxInFlight) return done(Error{ErrorCode::Unavailable, "too many turns in flight"});
    state_->parts.metrics.message_received(message.conversation.inbox.value);
    state_->admit(std::move(message), std::move(done));
}

asio::awaitable<Result<TurnResult>> TurnRunner::receive(Message message) {
    auto outcome = std::make_shared<std::optional<Result<TurnResult>>>();
    auto start = [this, outcome, message = std::move(message)](auto handler) mutable {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        submit(std::move(message), [outcome, shared](Result<TurnResult> result) {
            outcome->emplace(std::move(result));
            const auto executor = asio::get_associated_executor(*shared);
            asio::post(executor, [shared] { std::move (*shared)(); });
        });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(start), asio::use_awaitable);
    co_return std::move(**outcome);
}

}  // namespace yuanda::gateway
