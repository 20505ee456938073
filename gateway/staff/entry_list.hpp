// The editors' list: which entries, in which order, with what is going on about each.
#pragma once

#include <string>
#include <vector>

#include "core/json.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway::staff {

struct EntryQuery {
    std::string text;   // words, or an entry's id; empty: all, in order
    std::string topic;  // "T01"; empty: all
    std::string state;  // all submitted draft published trouble
    std::string after;  // id of the last entry shown
    std::size_t limit = 50;
    StaffId who;
    Date today;
};

/// {"entries":[ENTRY_ROW…],"next","total","counts","topics"} of docs/api.md. Unavailable while the index cannot be
/// read. `open` and `published` as Revisions gives them.
Result<Json> entry_list(Services& services, const std::vector<storage::Revision>& open,
                        const std::vector<storage::Revision>& published, const EntryQuery& query);

/// The topics that have entries, in order of their ids.
std::vector<std::string> topics_of(const kb::Base& base);

}  // namespace yuanda::gateway::staff
