// The one writer: takes every work that is ready, gives each a savepoint, and commits them together.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/database.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {

class Writer {
public:
    Writer(const Dialect& dialect, const DatabaseConfig& config);  // throws as Session
    ~Writer();

    void submit(Database::Work work, Database::Done done, std::string order);
    DatabaseCounters counters() const;
    /// Finishes what is queued; later works are refused.
    void close();

private:
    struct Item {
        Database::Work work;
        Database::Done done;
        std::string order;
        Result<> outcome;
    };
    enum class Attempt { Finished, LostBeforeCommit, Unknown };

    void run();
    void tell(Item& item);
    std::vector<Item> next_batch();
    void process(std::vector<Item>& batch);
    Attempt try_batch(std::vector<Item>& batch);
    Result<> run_works(std::vector<Item>& batch);
    Result<> run_one(Item& item);
    void abandon(std::vector<Item>& batch, const Error& error);

    DatabaseConfig config_;
    Session session_;

    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Item> queue_;
    bool closing_ = false;

    std::atomic<std::uint64_t> commits_{0}, works_{0}, failures_{0};
    std::thread thread_;  // last: starts when everything else is there
};

}  // namespace yuanda::storage
