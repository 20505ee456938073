// The real clock and the real source of randomness.
#include <sodium.h>

#include "core/ports.hpp"

namespace yuanda {

TimePoint SystemClock::now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void SystemRandom::fill(std::span<std::byte> out) { randombytes_buf(out.data(), out.size()); }

}  // namespace yuanda
