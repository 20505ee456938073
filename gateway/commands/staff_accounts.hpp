// Making and changing staff accounts from the command line: one way for init, demo and user.
#pragma once

#include <string>
#include <vector>

#include "core/ports.hpp"
#include "storage/people.hpp"

namespace yuanda::gateway {

struct NewAccount {
    std::string login;
    std::string name;
    std::vector<std::string> roles;
    std::string password;     // empty: a one-time password is made
    bool must_change = true;  // at the first login
};

/// Adds the account and returns its password. InvalidInput for a bad login, role or password; Conflict when the
/// login is taken.
Result<std::string> add_account(storage::People& people, const NewAccount& account, const Clock& clock, Random& random);

/// Gives a new one-time password, lifts a lock and ends every session. NotFound for an unknown login.
Result<std::string> reset_account(storage::People& people, const std::string& login, const Clock& clock,
                                  Random& random);

/// Comma-separated roles; InvalidInput names an unknown one and the nearest known.
Result<std::vector<std::string>> parse_roles(const std::string& text);

}  // namespace yuanda::gateway
