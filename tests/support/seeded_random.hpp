// Repeatable randomness: the same bytes in the same order in every run.
#pragma once

#include <mutex>
#include <random>

#include "core/ports.hpp"

namespace yuanda::test {

class SeededRandom : public Random {
public:
    explicit SeededRandom(unsigned seed = 1) : engine_(seed) {}
    void fill(std::span<std::byte> out) override {
        const std::lock_guard lock{mutex_};
        for (auto& b : out) b = static_cast<std::byte>(engine_() & 0xff);
    }

private:
    std::mutex mutex_;
    std::mt19937 engine_;
};

}  // namespace yuanda::test
