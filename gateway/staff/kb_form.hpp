// An entry as the editors' form has it: JSON there and back.
#pragma once

#include <optional>

#include "core/json.hpp"
#include "kb/entry.hpp"

namespace yuanda::gateway::staff {

/// ENTRY of docs/api.md.
Json entry_json(const kb::Entry& entry);

/// The entry a form holds: texts trimmed, empty lines and empty sections left out. nullopt: something is no text, or
/// longer than any entry could be. Whether it is a good entry is for lint to say.
std::optional<kb::Entry> entry_from(const Json& form);

}  // namespace yuanda::gateway::staff
