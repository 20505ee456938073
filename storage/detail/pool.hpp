// Lends reading connections, never without a time limit.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/detail/session.hpp"

namespace yuanda::storage {

class Pool {
public:
    /// Opens `size` readers; throws as Session.
    Pool(const Dialect& dialect, int size);
    /// Runs `work` on a lent reader; again on a fresh connection when the first was dead (reads repeat harmlessly).
    Result<> read(const std::function<Result<>(Session&)>& work);
    /// Waits for lent readers and closes all.
    void close();

private:
    std::unique_ptr<Session> lend();
    void take_back(std::unique_ptr<Session> session);

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> idle_;
    std::size_t size_;
    bool closed_ = false;
};

}  // namespace yuanda::storage
