// A clock that moves only when a test says so.
#pragma once

#include "core/ports.hpp"

namespace yuanda::test {

class ManualClock : public Clock {
public:
    /// 2026-11-24 10:00 in China, a Tuesday.
    explicit ManualClock(TimePoint start = from_epoch_ms(1'795'485'600'000)) : now_(start) {}
    TimePoint now() const override { return now_; }
    void advance(std::chrono::milliseconds by) { now_ += by; }
    void set(TimePoint to) { now_ = to; }

private:
    TimePoint now_;
};

}  // namespace yuanda::test
