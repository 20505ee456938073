// Keeps what is served equal to what is published: shipped entries, imports, and the editors' revisions over them.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "gateway/config.hpp"
#include "gateway/knowledge.hpp"
#include "storage/revisions.hpp"

namespace yuanda::gateway {

/// Thread-safe. Two cheap stamps say whether there is anything to do: the imports' file, and the number of
/// publications in the database, which every node sees.
class Publisher {
public:
    /// `knowledge` serves shipped and imported entries when this begins; refresh() lays the published ones over them.
    Publisher(const Config& config, storage::Revisions& revisions, Knowledge& knowledge);

    /// Serves what has been published since the last call, by whomever; true: the generation was switched. Waits for
    /// a call in progress. A file of imports that cannot be read is an error once, not every second. Blocking.
    Result<bool> refresh();

private:
    /// The ground of the next generation; rebuilt when imports have changed.
    Result<> look_at_imports();
    Result<> serve();

    const Config& config_;
    storage::Revisions& revisions_;
    Knowledge& knowledge_;
    std::mutex mutex_;
    std::shared_ptr<const Generation> ground_;  // what revisions are laid over
    std::string imports_;                       // stamp that ground_ was built at
    std::int64_t publications_ = 0;             // stamp that was served; -1: to be served whatever it is
};

/// The entries of published revisions. One that cannot be read any more is left out, and logged: the entry it stood
/// in for is served instead.
std::vector<kb::Entry> entries_of(const std::vector<storage::Revision>& published);

}  // namespace yuanda::gateway
