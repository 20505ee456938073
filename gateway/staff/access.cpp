// The role matrix: administrators and auditors never see content, since their work needs none (个人信息保护法 6).
#include "gateway/staff/access.hpp"

#include <algorithm>

namespace yuanda::gateway::staff {
namespace {

using Roles = std::vector<std::string_view>;

const Roles kDesk{"lawyer", "supervisor"};
const Roles kKnowledge{"lawyer", "supervisor", "editor", "reviewer", "approver", "dispatcher", "intake"};
const Roles kCases{"lawyer", "supervisor", "reviewer", "approver", "dispatcher", "intake"};
const Roles kReview{"intake", "reviewer"};                        // as casework's own table has it
const Roles kTell{"lawyer", "supervisor", "intake", "reviewer"};  // whoever writes to a contact may ring them instead
const Roles kEdit{"editor"};
const Roles kDecide{"reviewer", "approver"};  // of what others have written, never of their own: storage sees to that
const Roles kEntries{"editor", "reviewer", "approver"};
const Roles kAdmin{"admin"};

bool any_of(const std::vector<std::string>& roles, const Roles& wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view role) { return has_role(roles, role); });
}

}  // namespace

bool has_role(const std::vector<std::string>& roles, std::string_view role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const std::vector<Access>& access_table() {
    using Need = Access::Need;
    static const std::vector<Access> table{
        {"POST", "/api/v1/session", Need::Nothing, {}, true},
        {"GET", "/api/v1/session", Need::Session, {}, false},
        {"DELETE", "/api/v1/session", Need::Session, {}, true},
        {"POST", "/api/v1/session/password", Need::Session, {}, true},
        {"GET", "/api/v1/socket", Need::AnyRole, {}, false},
        {"PUT", "/api/v1/presence", Need::Roles, kDesk, true},
        {"GET", "/api/v1/desk", Need::AnyRole, {}, false},
        {"GET", "/api/v1/conversations", Need::Roles, kDesk, false},
        {"GET", "/api/v1/conversations/{id}", Need::Roles, kDesk, true},
        {"POST", "/api/v1/conversations/{id}/accept", Need::Roles, kDesk, true},
        {"POST", "/api/v1/conversations/{id}/messages", Need::Roles, kDesk, true},
        {"POST", "/api/v1/conversations/{id}/notes", Need::Roles, kDesk, true},
        {"POST", "/api/v1/conversations/{id}/release", Need::Roles, kDesk, true},
        {"POST", "/api/v1/conversations/{id}/close", Need::Roles, kDesk, true},
        {"GET", "/api/v1/undelivered", Need::Roles, kDesk, false},
        {"POST", "/api/v1/undelivered/{id}/settle", Need::Roles, kTell, true},
        {"POST", "/api/v1/kb/search", Need::Roles, kKnowledge, false},  // asked by itself when a contact writes
        {"POST", "/api/v1/kb/list", Need::Roles, kEntries, true},
        {"GET", "/api/v1/kb/tables", Need::Roles, kEntries, true},
        {"GET", "/api/v1/kb/entries/{id}", Need::Roles, kEntries, true},
        {"GET", "/api/v1/kb/entries/{id}/shipped", Need::Roles, kEntries, true},
        {"POST", "/api/v1/kb/entries/{id}/rollback", Need::Roles, kDecide, true},
        {"GET", "/api/v1/kb/revisions/{id}", Need::Roles, kEntries, true},
        {"POST", "/api/v1/kb/check", Need::Roles, kEntries, true},
        {"POST", "/api/v1/kb/try", Need::Roles, kEntries, true},
        {"POST", "/api/v1/kb/drafts", Need::Roles, kEdit, true},
        {"PUT", "/api/v1/kb/drafts/{id}", Need::Roles, kEdit, true},
        {"POST", "/api/v1/kb/drafts/{id}/submit", Need::Roles, kEdit, true},
        {"POST", "/api/v1/kb/drafts/{id}/withdraw", Need::Roles, kEdit, true},
        {"POST", "/api/v1/kb/drafts/{id}/discard", Need::Roles, kEdit, true},
        {"POST", "/api/v1/kb/drafts/{id}/approve", Need::Roles, kDecide, true},
        {"POST", "/api/v1/kb/drafts/{id}/reject", Need::Roles, kDecide, true},
        {"GET", "/api/v1/applications", Need::Roles, kCases, true},
        {"GET", "/api/v1/applications/{id}", Need::Roles, kCases, true},
        {"POST", "/api/v1/applications/{id}/review", Need::Roles, kReview, true},
        {"POST", "/api/v1/applications/{id}/supplement", Need::Roles, kReview, true},
        {"GET", "/api/v1/staff", Need::Roles, kAdmin, true},
        {"POST", "/api/v1/staff", Need::Roles, kAdmin, true},
        {"POST", "/api/v1/staff/{id}/reset", Need::Roles, kAdmin, true},
        {"POST", "/api/v1/staff/{id}/disable", Need::Roles, kAdmin, true},
        {"POST", "/api/v1/staff/{id}/enable", Need::Roles, kAdmin, true},
        {"POST", "/api/v1/staff/{id}/roles", Need::Roles, kAdmin, true},
    };
    return table;
}

const Access* access_of(std::string_view method, std::string_view pattern) {
    const auto& table = access_table();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Access& access) {
        return access.method == method && access.pattern == pattern;
    });
    return found == table.end() ? nullptr : &*found;
}

bool may(const Access& access, const std::vector<std::string>& roles) {
    switch (access.need) {
        case Access::Need::Nothing:
        case Access::Need::Session:
        case Access::Need::AnyRole: return true;
        case Access::Need::Roles: return any_of(roles, access.roles);
    }
    return false;
}

bool may_read_conversations(const std::vector<std::string>& roles) { return any_of(roles, kDesk); }
bool may_read_applications(const std::vector<std::string>& roles) { return any_of(roles, kCases); }
bool may_read_entries(const std::vector<std::string>& roles) { return any_of(roles, kEntries); }

}  // namespace yuanda::gateway::staff
