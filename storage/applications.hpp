// Applications for legal aid and the record of their moves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/application.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

class Applications {
public:
    Applications(Database& database, const Sealer& sealer);

    Result<std::optional<casework::Application>> find(const ApplicationId& id);
    /// Newest first; `state` empty: all. `after`: id of the last row of the page before.
    Result<std::vector<casework::Application>> list(const std::string& state, int limit, const std::string& after);
    Result<std::vector<casework::Application>> of_contact(const ContactId& contact);
    /// 1 + the highest serial of `centre` in `year`.
    Result<int> next_serial(const std::string& centre, int year);
    /// Saves a moved application (version as after apply()) with its event; Conflict when somebody was first.
    Result<> save(const casework::Application& application, const casework::Transition& transition);
    Result<std::vector<casework::Transition>> history(const ApplicationId& id);

private:
    Database* database_;
    const Sealer* sealer_;
};

}  // namespace yuanda::storage
