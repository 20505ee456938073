// Group commit: a batch costs one disk flush, and a short window makes batches fuller.
#include "storage/detail/writer.hpp"

#include <algorithm>

namespace yuanda::storage {
namespace {

/// From BEGIN to the end of the checkpoint.
class WritingTurn {
public:
    explicit WritingTurn(const Dialect& dialect) : dialect_(dialect) { dialect_.lock_writing(); }
    ~WritingTurn() { dialect_.unlock_writing(); }
    WritingTurn(const WritingTurn&) = delete;
    WritingTurn& operator=(const WritingTurn&) = delete;

private:
    const Dialect& dialect_;
};

}  // namespace

Writer::Writer(const Dialect& dialect, const DatabaseConfig& config)
    : config_(config), session_(dialect, Role::Writer), thread_([this] { run(); }) {}

Writer::~Writer() { close(); }

void Writer::submit(Database::Work work, Database::Done done, std::string order) {
    {
        const std::lock_guard lock(mutex_);
        if (!closing_ && queue_.size() < config_.queue_limit) {
            queue_.push_back(Item{std::move(work), std::move(done), std::move(order), {}});
            ready_.notify_one();
            return;
        }
    }
    ++failures_;
    done(Error(ErrorCode::Unavailable, "the writer's queue is full or closed"));
}

DatabaseCounters Writer::counters() const { return {commits_, works_, failures_}; }

void Writer::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    ready_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    for (;;) {
        auto batch = next_batch();
        if (batch.empty()) return;
        process(batch);
        for (Item& item : batch) tell(item);
    }
}

/// Whoever waits must not end the writer by what its answer throws.
void Writer::tell(Item& item) {
    try {
        item.done(std::move(item.outcome));
    } catch (const std::exception&) {
        ++failures_;
    }
}

/// Empty only when closing and nothing is left.
std::vector<Writer::Item> Writer::next_batch() {
    std::unique_lock lock(mutex_);
    const bool busy = !queue_.empty();
    ready_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    // Works that came during the last commit mean that more are on their way; a lone one must not wait.
    if (busy && !closing_)
        ready_.wait_for(lock, config_.batch_window, [&] { return closing_ || queue_.size() >= config_.batch_limit; });

    std::vector<Item> batch;
    while (!queue_.empty() && batch.size() < config_.batch_limit) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    lock.unlock();
    // Every node touches rows in one order, so that two batches cannot lock each other out.
    std::stable_sort(batch.begin(), batch.end(), [](const Item& a, const Item& b) { return a.order < b.order; });
    return batch;
}

void Writer::process(std::vector<Item>& batch) {
    if (session_.lost())
        if (const auto fresh = session_.reconnect(); !fresh) return abandon(batch, fresh.error());

    Attempt attempt = try_batch(batch);
    if (attempt == Attempt::LostBeforeCommit) {
        // Nothing was committed, so running everything again is safe.
        if (const auto fresh = session_.reconnect(); !fresh) return abandon(batch, fresh.error());
        attempt = try_batch(batch);
        if (attempt == Attempt::LostBeforeCommit) abandon(batch, Error(ErrorCode::Unavailable, "connection lost"));
    }
    if (attempt == Attempt::Unknown) session_.chain()->restart();
    for (const Item& item : batch) {
        ++works_;
        if (!item.outcome) ++failures_;
    }
}

Writer::Attempt Writer::try_batch(std::vector<Item>& batch) {
    const WritingTurn turn{session_.dialect()};
    const ChainHead before = session_.chain()->head;
    const Result<> worked = run_works(batch);
    if (!worked) {
        session_.chain()->head = before;
        (void)session_.attempt([&] { return session_.script("ROLLBACK"), Result<>(); });
        if (session_.lost()) return Attempt::LostBeforeCommit;
        abandon(batch, worked.error());
        return Attempt::Finished;
    }
    const Result<> committed = session_.attempt([&] { return session_.commit(), Result<>(); });
    if (!committed) {
        (void)session_.attempt([&] { return session_.script("ROLLBACK"), Result<>(); });
        abandon(batch, Error(ErrorCode::Unavailable, "commit failed: " + committed.error().detail));
        return Attempt::Unknown;
    }
    ++commits_;
    session_.after_commit();
    return Attempt::Finished;
}

/// The transaction without its COMMIT. A failed work is undone alone; an error here is the whole batch's.
Result<> Writer::run_works(std::vector<Item>& batch) {
    const std::string begin = std::string(session_.dialect().begin()) + "; SAVEPOINT work";
    if (auto begun = session_.attempt([&] { return session_.script(begin), Result<>(); }); !begun) return begun;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const ChainHead before = session_.chain()->head;
        batch[i].outcome = run_one(batch[i]);
        if (session_.lost()) return batch[i].outcome.error();
        const bool failed = !batch[i].outcome;
        if (failed) session_.chain()->head = before;
        const bool last = i + 1 == batch.size();
        if (!failed && last) break;  // COMMIT releases it
        const char* between = failed ? "ROLLBACK TO SAVEPOINT work" : "RELEASE SAVEPOINT work; SAVEPOINT work";
        const auto moved = session_.attempt([&] { return session_.script(between), Result<>(); });
        if (moved) continue;
        // SQLite may answer a full disk by rolling back the whole transaction, savepoints and all ("Response To
        // Errors Within A Transaction"): no work of the batch has happened, and the first cause says more than the
        // last.
        const Error& cause = failed ? batch[i].outcome.error() : moved.error();
        return Error(ErrorCode::Unavailable, "transaction lost: " + cause.detail);
    }
    return {};
}

Result<> Writer::run_one(Item& item) {
    return session_.attempt([&] { return item.work(session_); });
}

void Writer::abandon(std::vector<Item>& batch, const Error& error) {
    for (Item& item : batch) item.outcome = error;
}

}  // namespace yuanda::storage
