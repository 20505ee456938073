// Counts failed sign-ins in memory, for known and unknown names alike, before any password is looked at.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "core/time.hpp"

namespace yuanda::gateway::staff {

/// The database remembers the failures of staff across restarts. This guard adds what it cannot: names nobody
/// has are locked in the same way, so that a lock tells nothing, and attempts still being checked count as
/// failures, so that a hundred at once are not a hundred guesses. Thread-safe.
class LoginGuard {
public:
    explicit LoginGuard(std::size_t capacity = 10'000) : capacity_(capacity) {}

    /// Takes one attempt for `name`; false: locked, or as many as may fail are already under way.
    bool begin(const std::string& name, TimePoint now);
    /// Ends an attempt that began.
    void end(const std::string& name, bool success, TimePoint now);
    void forget(const std::string& name);

private:
    struct Attempts {
        int failures = 0;
        int running = 0;
        TimePoint failed_at{};
        TimePoint locked_until{};
    };
    void make_room(TimePoint now);

    std::size_t capacity_;
    std::mutex mutex_;
    std::map<std::string, Attempts> attempts_;
};

}  // namespace yuanda::gateway::staff
