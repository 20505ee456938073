// Owns background work: nobody detaches; main stops and joins the group.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace yuanda {

/// Named coroutines that live until they end or the group is stopped.
///
/// spawn(): thread-safe. A coroutine that throws ends alone; `on_failure(name, what)` hears of it
/// (cancellation is not a failure). stop(): asks all to end by cancellation and refuses new ones.
/// join(): blocks the calling thread (never an I/O thread) until all have ended or `limit` passed;
/// returns whether all ended.
class TaskGroup {
public:
    using FailureSink = std::function<void(const std::string& name, const std::string& what)>;
    TaskGroup(boost::asio::any_io_executor executor, FailureSink on_failure);
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    void spawn(std::string name, boost::asio::awaitable<void> work);
    /// On `strand`, which must run one thing at a time: for work whose I/O objects live on that strand already.
    void spawn_on(boost::asio::any_io_executor strand, std::string name, boost::asio::awaitable<void> work);
    void stop();
    bool join(std::chrono::milliseconds limit);
    std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace yuanda
