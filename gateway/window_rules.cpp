// Rules over values; the platforms' numbers are the adapters' capabilities.
#include "gateway/window_rules.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::chrono::hours kNoWindow{24};
constexpr std::chrono::seconds kBeforeClosing{60};
constexpr std::int64_t kLongestDelayMs = 300'000;

std::chrono::minutes length_of(const adapters::Capabilities& can, const storage::OutboxRow& row) {
    return row.group ? can.group_reply_window : can.reply_window;
}

}  // namespace

bool window_allows(const adapters::Capabilities& can, const storage::Window& window, const storage::OutboxRow& row,
                   TimePoint now) {
    const auto open_for = length_of(can, row);
    if (open_for.count() > 0 && window.opened_at != TimePoint{} && now - window.opened_at >= open_for) return false;
    if (can.replies_per_message == 0) return true;
    return row.reply_number <= can.replies_per_message - (row.lawyer ? 0 : 1);
}

TimePoint try_until(const adapters::Capabilities& can, const storage::Window& window, const storage::OutboxRow& row) {
    const auto open_for = length_of(can, row);
    if (open_for.count() == 0) return row.created_at + kNoWindow;
    return (window.opened_at == TimePoint{} ? row.created_at : window.opened_at) + open_for - kBeforeClosing;
}

std::chrono::milliseconds retry_delay(int attempts, Random& random) {
    const auto ceiling = std::min<std::int64_t>(kLongestDelayMs, 1'000LL << std::clamp(attempts, 0, 20));
    std::uint32_t bits = 0;
    random.fill(std::as_writable_bytes(std::span{&bits, 1}));
    return std::chrono::milliseconds{static_cast<std::int64_t>(bits) % (ceiling + 1)};
}

Ending ending_of(const adapters::Receipt& receipt, int attempts, TimePoint now, TimePoint until, bool windowed,
                 Random& random) {
    using Outcome = adapters::Receipt::Outcome;
    switch (receipt.outcome) {
        case Outcome::Sent: return {"sent", receipt.code, receipt.external_id, std::nullopt};
        case Outcome::Unknown: return {"unknown", receipt.code, receipt.external_id, std::nullopt};
        case Outcome::WindowClosed: return {"held", receipt.code, receipt.external_id, std::nullopt};
        case Outcome::Failed: return {"failed", receipt.code, receipt.external_id, std::nullopt};
        case Outcome::Retry: break;
    }
    const TimePoint next = now + retry_delay(attempts, random);
    if (next < until) return {"queued", receipt.code, {}, next};
    return {windowed ? "held" : "failed", receipt.code, {}, std::nullopt};
}

}  // namespace yuanda::gateway
