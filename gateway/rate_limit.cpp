// Token buckets in least-recently-used order.
#include "gateway/rate_limit.hpp"

#include <algorithm>

namespace yuanda::gateway {

RateLimiter::RateLimiter(RateLimit limit, const Clock& clock, std::size_t capacity)
    : limit_(limit), clock_(&clock), capacity_(capacity) {}

bool RateLimiter::allow(const std::string& key, double cost) {
    const TimePoint now = clock_->now();
    const std::lock_guard lock{mutex_};
    if (const auto found = buckets_.find(key); found != buckets_.end()) {
        order_.splice(order_.begin(), order_, found->second);
    } else {
        if (buckets_.size() >= capacity_) {
            buckets_.erase(order_.back().key);
            order_.pop_back();
        }
        order_.push_front({key, limit_.burst, now});
        buckets_[key] = order_.begin();
    }
    Bucket& bucket = order_.front();
    // A clock set back must not empty the bucket, so time never counts negatively.
    const double elapsed = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
    bucket.tokens = std::min(limit_.burst, bucket.tokens + elapsed * limit_.per_second);
    bucket.filled = now;
    if (bucket.tokens < cost) return false;
    bucket.tokens -= cost;
    return true;
}

}  // namespace yuanda::gateway
