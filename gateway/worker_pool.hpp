// Threads for work that blocks: SQL, outbound HTTP, password hashing. I/O threads never wait.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace yuanda::gateway {

using WorkerPool = boost::asio::thread_pool;

/// Runs `work` on the pool and resumes the caller on its own executor with the result. Exceptions travel.
template <class Work, class T = std::invoke_result_t<Work>>
boost::asio::awaitable<T> run_on(WorkerPool& pool, Work work) {
    struct Outcome {
        std::optional<T> value;
        std::exception_ptr failure;
    };
    auto outcome = std::make_shared<Outcome>();
    auto start = [&pool, outcome, work = std::move(work)](auto handler) mutable {
        boost::asio::post(pool, [outcome, work = std::move(work), handler = std::move(handler)]() mutable {
            try {
                outcome->value.emplace(work());
            } catch (...) {
                outcome->failure = std::current_exception();
            }
            const auto executor = boost::asio::get_associated_executor(handler);
            boost::asio::post(executor, std::move(handler));
        });
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(std::move(start),
                                                                                       boost::asio::use_awaitable);
    if (outcome->failure) std::rethrow_exception(outcome->failure);
    co_return std::move(*outcome->value);
}

}  // namespace yuanda::gateway
