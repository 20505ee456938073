// Lends reading connections, never without a time limit.
#include "storage/detail/pool.hpp"

namespace yuanda::storage {
namespace {
constexpr std::chrono::seconds kLeaseWait{5};
}

Pool::Pool(const Dialect& dialect, int size) : size_(static_cast<std::size_t>(std::max(size, 1))) {
    for (std::size_t i = 0; i < size_; ++i) idle_.push_back(std::make_unique<Session>(dialect, Role::Reader));
}

std::unique_ptr<Session> Pool::lend() {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, kLeaseWait, [&] { return closed_ || !idle_.empty(); })) return nullptr;
    if (closed_) return nullptr;
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
}

void Pool::take_back(std::unique_ptr<Session> session) {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(session));
    }
    returned_.notify_all();
}

Result<> Pool::read(const std::function<Result<>(Session&)>& work) {
    auto session = lend();
    if (!session) return Error(ErrorCode::Unavailable, "no reader within 5 s");
    Result<> outcome = session->lost() ? Result<>(Error()) : session->attempt([&] { return work(*session); });
    if (session->lost()) {
        outcome = session->reconnect();
        if (outcome) outcome = session->attempt([&] { return work(*session); });
    }
    take_back(std::move(session));
    return outcome;
}

void Pool::close() {
    std::unique_lock lock(mutex_);
    if (closed_) return;
    closed_ = true;
    returned_.notify_all();
    returned_.wait_for(lock, kLeaseWait, [&] { return idle_.size() == size_; });
    idle_.clear();
}

}  // namespace yuanda::storage
