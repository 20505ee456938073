// Attempts by name, bounded.
#include "gateway/staff/login_guard.hpp"

#include "gateway/staff/auth.hpp"

namespace yuanda::gateway::staff {

bool LoginGuard::begin(const std::string& name, TimePoint now) {
    const std::lock_guard lock{mutex_};
    if (!attempts_.contains(name)) make_room(now);
    auto& one = attempts_[name];
    if (now < one.locked_until) return false;
    if (now - one.failed_at >= kFailureWindow) one.failures = 0;
    if (one.failures + one.running >= kMaxFailures) return false;
    ++one.running;
    return true;
}

void LoginGuard::end(const std::string& name, bool success, TimePoint now) {
    const std::lock_guard lock{mutex_};
    const auto found = attempts_.find(name);
    if (found == attempts_.end()) return;
    auto& one = found->second;
    if (one.running > 0) --one.running;
    if (success) {
        one.failures = 0;
        if (one.running == 0) attempts_.erase(found);
        return;
    }
    one.failed_at = now;
    if (++one.failures < kMaxFailures) return;
    one.failures = 0;
    one.locked_until = now + kLockTime;
}

void LoginGuard::forget(const std::string& name) {
    const std::lock_guard lock{mutex_};
    attempts_.erase(name);
}

// Called with the lock held. What has run out goes first; under a flood of invented names one old name goes.
void LoginGuard::make_room(TimePoint now) {
    if (attempts_.size() < capacity_) return;
    std::erase_if(attempts_, [&](const auto& entry) {
        const auto& one = entry.second;
        return one.running == 0 && now >= one.locked_until && now - one.failed_at >= kFailureWindow;
    });
    if (attempts_.size() < capacity_) return;
    auto oldest = attempts_.end();
    for (auto it = attempts_.begin(); it != attempts_.end(); ++it)
        if (it->second.running == 0 && (oldest == attempts_.end() || it->second.failed_at < oldest->second.failed_at))
            oldest = it;
    if (oldest != attempts_.end()) attempts_.erase(oldest);
}

}  // namespace yuanda::gateway::staff
