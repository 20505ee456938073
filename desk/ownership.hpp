// Who owns a conversation. Exactly one owner at any instant; the bot is silent while a person owns it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda::desk {

enum class Owner { Bot, Queued, Human, Snoozed, Closed };
std::string_view name_of(Owner owner);  // "queued"
std::optional<Owner> owner_from(std::string_view name);

struct Ownership {
    Owner owner = Owner::Bot;
    StaffId lawyer;                          // set while Human
    std::optional<TimePoint> waiting_since;  // when the wait for a person began; empty while nobody waits
    std::optional<TimePoint> queued_at;      // place in the queue; kept until a lawyer has answered for the first time
    bool operator==(const Ownership&) const = default;
};

/// The contact asks for a person: Bot or Closed -> Queued; unchanged when already Queued or Human.
Ownership request_human(Ownership current, TimePoint now);
/// A lawyer takes it: Queued, Bot or Snoozed -> Human. Conflict when another lawyer owns it or it is closed.
Result<Ownership> accept(Ownership current, const StaffId& lawyer);
/// The owner gives it back to the bot, or to the queue (keeping the first wait). Forbidden for anybody else.
Result<Ownership> release_to_bot(Ownership current, const StaffId& lawyer);
Result<Ownership> release_to_queue(Ownership current, const StaffId& lawyer, TimePoint now);
/// Owner or supervisor ends it.
Result<Ownership> close(Ownership current, const StaffId& staff, bool supervisor);
/// The contact wrote: Closed and Snoozed wake up (to Bot); while Queued or Human the wait begins if none runs.
Ownership contact_wrote(Ownership current, TimePoint now);
/// The contact no longer wants to wait: Queued -> Bot; unchanged otherwise.
Ownership stop_waiting(Ownership current);
/// The lawyer answered: nobody waits any more. Forbidden unless `lawyer` owns it.
Result<Ownership> lawyer_wrote(Ownership current, const StaffId& lawyer);

}  // namespace yuanda::desk
