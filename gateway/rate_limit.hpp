// Token buckets: how many requests an address or an inbox may make.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/ports.hpp"

namespace yuanda::gateway {

struct RateLimit {
    double per_second = 1;  // 60 a minute
    double burst = 60;
};

/// Remembers at most `capacity` keys; the least recently seen is forgotten first. Thread-safe.
class RateLimiter {
public:
    RateLimiter(RateLimit limit, const Clock& clock, std::size_t capacity = 100'000);
    /// Takes `cost` tokens of `key`; false, and nothing is taken, when fewer are left.
    bool allow(const std::string& key, double cost = 1);

private:
    struct Bucket {
        std::string key;
        double tokens = 0;
        TimePoint filled;
    };
    RateLimit limit_;
    const Clock* clock_;
    std::size_t capacity_;
    std::mutex mutex_;
    std::list<Bucket> order_;  // most recent first
    std::unordered_map<std::string, std::list<Bucket>::iterator> buckets_;
};

}  // namespace yuanda::gateway
