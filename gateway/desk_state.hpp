// Who is at the desk right now, and how long the queue is: kept in memory, read by every handoff.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/ports.hpp"
#include "desk/duty.hpp"
#include "storage/conversations.hpp"

namespace yuanda::gateway {

struct PresenceRow {
    StaffId staff;
    std::string name;
    desk::Presence state = desk::Presence::Offline;
    TimePoint seen_at;
};

/// Thread-safe. Presence is this process's: a lawyer whose console has not been heard of for 90 s is offline.
class DeskState {
public:
    DeskState(storage::Conversations& conversations, const Calendar& calendar, const Clock& clock,
              const desk::DutyHours& hours, std::string phone);

    void set_presence(const StaffId& staff, const std::string& name, desk::Presence state);
    void heard_from(const StaffId& staff);
    std::vector<PresenceRow> present() const;

    /// Queue length from the database, presence from memory. Blocking.
    desk::DeskSnapshot snapshot();
    /// 1-based place of `conversation` in the queue, or the place it would get. Blocking.
    int position(const ConversationId& conversation);
    std::string hours_line() const;

private:
    storage::Conversations* conversations_;
    const Calendar* calendar_;
    const Clock* clock_;
    desk::DutyHours hours_;
    std::string phone_;
    mutable std::mutex mutex_;
    std::map<StaffId, PresenceRow> present_;
};

}  // namespace yuanda::gateway
