// When lawyers are on duty, and what a waiting citizen can honestly be told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda::desk {

/// Opening hours of the duty desk, in minutes of the civil day (UTC+8).
struct DutyHours {
    std::chrono::minutes opens{9 * 60};
    std::chrono::minutes closes{17 * 60 + 30};
    bool weekends = false;  // open on rest days too
};

bool on_duty(const DutyHours& hours, const Calendar& calendar, TimePoint now);
/// The next instant the desk opens; `now` itself when it is open.
TimePoint next_opening(const DutyHours& hours, const Calendar& calendar, TimePoint now);
/// Day and night, rest days too.
bool always_open(const DutyHours& hours);
/// 每天24小时值班 / 今天 9:00–17:30 值班 / 下次值班：11月25日 9:00
std::string hours_line(const DutyHours& hours, const Calendar& calendar, TimePoint now);
/// 今天17:00前给您回复 / 明天9:30前给您回复 / 11月30日9:30前给您回复: the promise as the citizen was told it.
std::string promise_line(TimePoint due, TimePoint now);

enum class Presence { Online, Busy, Away, Offline };
std::string_view name_of(Presence presence);
std::optional<Presence> presence_from(std::string_view name);

/// What the desk looks like from the queue, kept in memory by the gateway.
struct DeskSnapshot {
    int queued = 0;          // conversations waiting for a lawyer
    int lawyers_online = 0;  // taking new conversations
    bool on_duty = false;
    TimePoint next_opening{};
    std::string phone = "12348";
    bool operator==(const DeskSnapshot&) const = default;
};

/// Minutes until a person is likely to answer, for the one at `position` (1 = next); nullopt: cannot say.
/// Rests on `minutes_each` a conversation and the lawyers online.
std::optional<int> estimate_minutes(const DeskSnapshot& desk, int position, int minutes_each = 5);

/// Order of the queue: risk first, then the longest wait.
struct QueueItem {
    ConversationId conversation;
    bool risk = false;
    TimePoint queued_at;
};
std::vector<ConversationId> queue_order(std::vector<QueueItem> items);
/// 1-based place of a conversation in that order; 0 when it is not in it.
int queue_position(const std::vector<QueueItem>& items, const ConversationId& conversation);

}  // namespace yuanda::desk
