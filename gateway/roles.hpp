// The roles a centre's staff may hold: one list for the command line, the configuration and the staff API.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace yuanda::gateway {

inline constexpr std::array<std::string_view, 9> kRoles{"lawyer",     "supervisor", "editor",  "reviewer", "approver",
                                                        "dispatcher", "intake",     "auditor", "admin"};

inline bool is_role(std::string_view name) { return std::find(kRoles.begin(), kRoles.end(), name) != kRoles.end(); }

}  // namespace yuanda::gateway
