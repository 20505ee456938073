// Accounts are made with a password that must be changed, unless they belong to a demonstration.
#include "gateway/commands/staff_accounts.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/token.hpp"
#include "gateway/login.hpp"
#include "gateway/passwords.hpp"
#include "gateway/roles.hpp"
#include "gateway/suggest.hpp"

namespace yuanda::gateway {
Result<std::vector<std::string>> parse_roles(const std::string& text) {
    std::vector<std::string> roles;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const std::string role(trimmed(std::string_view(text).substr(begin, end - begin)));
        begin = end + 1;
        if (role.empty() || std::find(roles.begin(), roles.end(), role) != roles.end()) continue;
        if (!is_role(role))
            return invalid("there is no role " + role +
                           did_you_mean(role, std::vector<std::string>(kRoles.begin(), kRoles.end())));
        roles.push_back(role);
    }
    if (roles.empty()) return invalid("at least one role is needed");
    return roles;
}

Result<std::string> add_account(storage::People& people, const NewAccount& account, const Clock& clock,
                                Random& random) {
    if (!is_login(account.login))
        return invalid("a login is 3 to 32 small letters, digits, '-', '_' or '.', a letter or digit first");
    if (trimmed(account.name).empty() || !is_clean_utf8(account.name)) return invalid("a name is needed");
    const auto password = account.password.empty() ? one_time_password(random) : account.password;
    const auto strong = check_password(password, account.login);
    if (!strong) return Error(strong.error().code, account.login + ": " + strong.error().detail);
    const auto hash = hash_password(password);
    if (!hash) return hash.error();
    storage::Staff staff;
    staff.id = StaffId{uuid_v7(clock.now(), random)};
    staff.login = account.login;
    staff.name = account.name;
    staff.roles = account.roles;
    staff.password_hash = *hash;
    staff.must_change = account.must_change;
    staff.created_at = clock.now();
    const auto added = people.add_staff(staff, StaffId{}, clock.now());
    if (!added && added.error().code == ErrorCode::Conflict)
        return Error(ErrorCode::Conflict, "the login " + account.login + " is taken");
    if (!added) return added.error();
    return password;
}

Result<std::string> reset_account(storage::People& people, const std::string& login, const Clock& clock,
                                  Random& random) {
    const auto staff = people.staff_by_login(login);
    if (!staff) return staff.error();
    if (!*staff) return Error(ErrorCode::NotFound, "there is no account " + login);
    const auto password = one_time_password(random);
    const auto hash = hash_password(password);
    if (!hash) return hash.error();
    const auto set = people.set_password((*staff)->id, *hash, StaffId{}, clock.now());
    if (!set) return set.error();
    return password;
}

}  // namespace yuanda::gateway
