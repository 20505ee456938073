// Who may call what: the one table of the staff interface. What is not in it is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/roles.hpp"

namespace yuanda::gateway::staff {

bool has_role(const std::vector<std::string>& roles, std::string_view role);

/// One route of /api/v1 and whom it is for.
struct Access {
    enum class Need {
        Nothing,  // signing in
        Session,  // any signed-in person, also one who must first change the password
        AnyRole,  // any signed-in person
        Roles     // one of `roles`
    };
    std::string_view method;
    std::string_view pattern;
    Need need = Need::Roles;
    std::vector<std::string_view> roles;
    bool activity = true;  // a person did this; what a console fetches by itself does not keep a session alive
};

const std::vector<Access>& access_table();
/// nullptr: unknown, hence refused.
const Access* access_of(std::string_view method, std::string_view pattern);
/// The decision for a signed-in person.
bool may(const Access& access, const std::vector<std::string>& roles);

bool may_read_conversations(const std::vector<std::string>& roles);
bool may_read_applications(const std::vector<std::string>& roles);
bool may_read_entries(const std::vector<std::string>& roles);  // with their drafts

}  // namespace yuanda::gateway::staff
