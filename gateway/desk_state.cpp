// Presence in memory, the queue from the database.
#include "gateway/desk_state.hpp"

namespace yuanda::gateway {

namespace {
constexpr std::chrono::seconds kSilence{90};
}

DeskState::DeskState(storage::Conversations& conversations, const Calendar& calendar, const Clock& clock,
                     const desk::DutyHours& hours, std::string phone)
    : conversations_(&conversations), calendar_(&calendar), clock_(&clock), hours_(hours), phone_(std::move(phone)) {}

void DeskState::set_presence(const StaffId& staff, const std::string& name, desk::Presence state) {
    const std::lock_guard lock{mutex_};
    present_[staff] = {staff, name, state, clock_->now()};
}

void DeskState::heard_from(const StaffId& staff) {
    const std::lock_guard lock{mutex_};
    if (const auto found = present_.find(staff); found != present_.end()) found->second.seen_at = clock_->now();
}

std::vector<PresenceRow> DeskState::present() const {
    const TimePoint now = clock_->now();
    const std::lock_guard lock{mutex_};
    std::vector<PresenceRow> out;
    for (const auto& [id, row] : present_)
        if (row.state != desk::Presence::Offline && now - row.seen_at < kSilence) out.push_back(row);
    return out;
}

desk::DeskSnapshot DeskState::snapshot() {
    const TimePoint now = clock_->now();
    desk::DeskSnapshot snapshot;
    if (const auto queue = conversations_->queue(); queue.has_value())
        snapshot.queued = static_cast<int>(queue->size());
    for (const auto& row : present())
        if (row.state == desk::Presence::Online) ++snapshot.lawyers_online;
    snapshot.on_duty = desk::on_duty(hours_, *calendar_, now);
    snapshot.next_opening = desk::next_opening(hours_, *calendar_, now);
    snapshot.phone = phone_;
    return snapshot;
}

int DeskState::position(const ConversationId& conversation) {
    const auto queue = conversations_->queue();
    if (!queue.has_value()) return 0;
    const int place = desk::queue_position(*queue, conversation);
    return place > 0 ? place : static_cast<int>(queue->size()) + 1;
}

std::string DeskState::hours_line() const { return desk::hours_line(hours_, *calendar_, clock_->now()); }

}  // namespace yuanda::gateway
