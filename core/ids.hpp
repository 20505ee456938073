// Ids are types, so that a contact's id can never be passed where a conversation's is meant.
#pragma once

#include <compare>
#include <functional>
#include <ostream>
#include <string>

namespace yuanda {

/// An opaque identifier. Internal ids are UUIDv7 text; only a channel's adapter may look inside an ExternalId.
template <class Tag>
struct Id {
    std::string value;
    Id() = default;
    explicit Id(std::string v) : value(std::move(v)) {}
    bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Id& id) { return out << id.value; }
};

using InboxId = Id<struct InboxTag>;                // configured account on a channel
using ContactId = Id<struct ContactTag>;            // the person seeking help
using ConversationId = Id<struct ConversationTag>;  // one contact's thread in one inbox
using MessageId = Id<struct MessageTag>;
using TurnId = Id<struct TurnTag>;
using OutboxId = Id<struct OutboxTag>;
using StaffId = Id<struct StaffTag>;
using ApplicationId = Id<struct ApplicationTag>;
using EntryId = Id<struct EntryTag>;        // "T01-arrears"
using ExternalId = Id<struct ExternalTag>;  // the channel's own id of a message or person

}  // namespace yuanda

template <class Tag>
struct std::hash<yuanda::Id<Tag>> {
    std::size_t operator()(const yuanda::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
