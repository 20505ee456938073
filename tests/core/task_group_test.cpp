// Background work has a name, an end, and somebody who hears of its failure.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "core/task_group.hpp"

using namespace yuanda;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

asio::awaitable<void> wait_for_ever() {
    asio::steady_timer timer{co_await asio::this_coro::executor, 1h};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> fail_now() {
    throw std::runtime_error("broken");
    co_return;
}

struct Running {
    asio::io_context io;
    std::vector<std::string> failures;
    std::mutex mutex;
    TaskGroup tasks{io.get_executor(), [this](const std::string& name, const std::string& what) {
                        const std::lock_guard lock{mutex};
                        failures.push_back(name + ": " + what);
                    }};
    asio::executor_work_guard<asio::io_context::executor_type> keep = asio::make_work_guard(io);
    std::thread thread{[this] { io.run(); }};
    ~Running() {
        keep.reset();
        io.stop();
        thread.join();
    }
};

}  // namespace

TEST_CASE("stopping the group ends work that waits for ever, and that is no failure", "[core][task_group]") {
    Running running;
    running.tasks.spawn("waiter", wait_for_ever());
    CHECK_FALSE(running.tasks.join(50ms));
    CHECK(running.tasks.size() == 1);
    running.tasks.stop();
    CHECK(running.tasks.join(5s));
    CHECK(running.failures.empty());
}

TEST_CASE("a task that fails ends alone and is reported by its name", "[core][task_group]") {
    Running running;
    running.tasks.spawn("waiter", wait_for_ever());
    running.tasks.spawn("breaker", fail_now());
    while (running.tasks.size() > 1) std::this_thread::yield();
    CHECK(running.tasks.size() == 1);
    {
        const std::lock_guard lock{running.mutex};
        CHECK(running.failures == std::vector<std::string>{"breaker: broken"});
    }
    running.tasks.stop();
    CHECK(running.tasks.join(5s));
}

TEST_CASE("a stopped group takes nothing new", "[core][task_group]") {
    Running running;
    running.tasks.stop();
    running.tasks.spawn("late", wait_for_ever());
    CHECK(running.tasks.size() == 0);
}

TEST_CASE("work spawned on a strand runs on that strand", "[core][task_group]") {
    Running running;
    const auto strand = asio::make_strand(running.io);
    std::atomic<int> inside{0};
    const auto look = [](const asio::strand<asio::io_context::executor_type>& s,
                         std::atomic<int>& seen) -> asio::awaitable<void> {
        seen = s.running_in_this_thread() ? 1 : -1;
        co_return;
    };
    running.tasks.spawn_on(strand, "looker", look(strand, inside));
    CHECK(running.tasks.join(5s));
    CHECK(inside == 1);
}
