// The moves of a conversation between bot, queue and one person: it has one owner at a time.
#include "desk/ownership.hpp"

namespace yuanda::desk {
namespace {

constexpr std::array<std::pair<Owner, std::string_view>, 5> kOwners{{{Owner::Bot, "bot"},
                                                                     {Owner::Queued, "queued"},
                                                                     {Owner::Human, "human"},
                                                                     {Owner::Snoozed, "snoozed"},
                                                                     {Owner::Closed, "closed"}}};

Error not_the_owner() { return {ErrorCode::Forbidden, "only the lawyer who owns the conversation may do this"}; }

bool owns(const Ownership& current, const StaffId& staff) {
    return current.owner == Owner::Human && !staff.empty() && current.lawyer == staff;
}

}  // namespace

std::string_view name_of(Owner owner) {
    for (const auto& [value, name] : kOwners)
        if (value == owner) return name;
    return "bot";
}

std::optional<Owner> owner_from(std::string_view name) {
    for (const auto& [value, known] : kOwners)
        if (known == name) return value;
    return std::nullopt;
}

Ownership request_human(Ownership current, TimePoint now) {
    if (current.owner == Owner::Queued || current.owner == Owner::Human) return current;
    current.owner = Owner::Queued;
    current.lawyer = {};
    if (!current.waiting_since) current.waiting_since = now;
    current.queued_at = now;
    return current;
}

Result<Ownership> accept(Ownership current, const StaffId& lawyer) {
    if (lawyer.empty()) return invalid("no lawyer named");
    if (owns(current, lawyer)) return current;  // a second tap on 接入 changes nothing
    if (current.owner == Owner::Human) return Error(ErrorCode::Conflict, "another lawyer owns the conversation");
    if (current.owner == Owner::Closed) return Error(ErrorCode::Conflict, "the conversation is closed");
    current.owner = Owner::Human;
    current.lawyer = lawyer;
    return current;  // the wait goes on until the lawyer has written
}

Result<Ownership> release_to_bot(Ownership current, const StaffId& lawyer) {
    if (!owns(current, lawyer)) return not_the_owner();
    return Ownership{};
}

Result<Ownership> release_to_queue(Ownership current, const StaffId& lawyer, TimePoint now) {
    if (!owns(current, lawyer)) return not_the_owner();
    current.owner = Owner::Queued;
    current.lawyer = {};
    if (!current.waiting_since) current.waiting_since = now;
    current.queued_at = current.waiting_since;  // who has waited longest keeps the better place
    return current;
}

Result<Ownership> close(Ownership current, const StaffId& staff, bool supervisor) {
    if (!supervisor && !owns(current, staff)) return not_the_owner();
    return Ownership{.owner = Owner::Closed, .lawyer = {}, .waiting_since = {}, .queued_at = {}};
}

Ownership contact_wrote(Ownership current, TimePoint now) {
    switch (current.owner) {
        case Owner::Closed:
        case Owner::Snoozed: return Ownership{};
        case Owner::Queued:
        case Owner::Human:
            if (!current.waiting_since) current.waiting_since = now;
            return current;
        case Owner::Bot: break;
    }
    return current;
}

Ownership stop_waiting(Ownership current) { return current.owner == Owner::Queued ? Ownership{} : current; }

Result<Ownership> lawyer_wrote(Ownership current, const StaffId& lawyer) {
    if (!owns(current, lawyer)) return not_the_owner();
    current.waiting_since.reset();
    current.queued_at.reset();
    return current;
}

}  // namespace yuanda::desk
