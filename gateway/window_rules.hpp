// May a reply still leave, and until when is it tried: the platforms' reply windows as pure rules.
#pragma once

#include "adapters/adapter.hpp"
#include "storage/outbox.hpp"

namespace yuanda::gateway {

/// The contact's window is open and has a send left for `row`; the last one is kept for a person. The row's
/// own number decides, not the total: replies queued behind it take later places.
bool window_allows(const adapters::Capabilities& can, const storage::Window& window, const storage::OutboxRow& row,
                   TimePoint now);

/// When trying `row` again makes no sense any more: a minute before its window closes; a day after it was made
/// where there is no window.
TimePoint try_until(const adapters::Capabilities& can, const storage::Window& window, const storage::OutboxRow& row);

/// Full jitter: rand(0, min(300 s, 1 s * 2^attempts)).
std::chrono::milliseconds retry_delay(int attempts, Random& random);

/// What is written down after an attempt.
struct Ending {
    std::string state;  // sent, unknown, held, failed, queued
    std::string code;
    std::string external_id;
    std::optional<TimePoint> next_at;  // with queued
};

/// A retry that would come after `until` waits for the contact instead where the channel has a window, else fails.
Ending ending_of(const adapters::Receipt& receipt, int attempts, TimePoint now, TimePoint until, bool windowed,
                 Random& random);

}  // namespace yuanda::gateway
