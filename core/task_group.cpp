// Background coroutines with a name, an end and somebody who hears of their failures.
#include "core/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>
#include <boost/system/system_error.hpp>
#include <condition_variable>
#include <list>
#include <mutex>

namespace yuanda {
namespace asio = boost::asio;

struct TaskGroup::State {
    struct Task {
        Task(std::string n, asio::any_io_executor on) : name(std::move(n)), strand(std::move(on)) {}
        std::string name;
        asio::any_io_executor strand;  // cancellation and the coroutine must not race
        asio::cancellation_signal signal;
    };

    asio::any_io_executor executor;
    FailureSink on_failure;
    mutable std::mutex mutex;
    std::condition_variable ended;
    std::list<std::shared_ptr<Task>> tasks;
    bool stopped = false;

    void finish(const std::shared_ptr<Task>& task, const std::exception_ptr& failure) {
        if (failure) report(task->name, failure);
        const std::lock_guard lock{mutex};
        tasks.remove(task);
        ended.notify_all();
    }

    void report(const std::string& name, const std::exception_ptr& failure) const {
        try {
            std::rethrow_exception(failure);
        } catch (const boost::system::system_error& e) {
            if (e.code() != asio::error::operation_aborted) on_failure(name, e.code().message());
        } catch (const std::exception& e) {
            on_failure(name, e.what());
        }
    }
};

TaskGroup::TaskGroup(asio::any_io_executor executor, FailureSink on_failure) : state_(std::make_shared<State>()) {
    state_->executor = std::move(executor);
    state_->on_failure = std::move(on_failure);
}

TaskGroup::~TaskGroup() { stop(); }

void TaskGroup::spawn(std::string name, asio::awaitable<void> work) {
    spawn_on(asio::make_strand(state_->executor), std::move(name), std::move(work));
}

void TaskGroup::spawn_on(asio::any_io_executor strand, std::string name, asio::awaitable<void> work) {
    auto task = std::make_shared<State::Task>(std::move(name), std::move(strand));
    {
        const std::lock_guard lock{state_->mutex};
        if (state_->stopped) return;
        state_->tasks.push_back(task);
    }
    auto done = [state = state_, task](const std::exception_ptr& failure) { state->finish(task, failure); };
    asio::co_spawn(task->strand, std::move(work), asio::bind_cancellation_slot(task->signal.slot(), std::move(done)));
}

void TaskGroup::stop() {
    std::list<std::shared_ptr<State::Task>> running;
    {
        const std::lock_guard lock{state_->mutex};
        state_->stopped = true;
        running = state_->tasks;
    }
    for (const auto& task : running)
        asio::dispatch(task->strand, [task] { task->signal.emit(asio::cancellation_type::all); });
}

bool TaskGroup::join(std::chrono::milliseconds limit) {
    std::unique_lock lock{state_->mutex};
    return state_->ended.wait_for(lock, limit, [&] { return state_->tasks.empty(); });
}

std::size_t TaskGroup::size() const {
    const std::lock_guard lock{state_->mutex};
    return state_->tasks.size();
}

}  // namespace yuanda
