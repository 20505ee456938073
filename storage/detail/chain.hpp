// The hash chain of this process's events: each one names the hash of the one before.
#pragma once

#include <cstdint>
#include <string>

#include "storage/events.hpp"

namespace yuanda::storage {

/// Where a chain stands. Copied before a unit of work and put back when that work is rolled back.
struct ChainHead {
    std::int64_t seq = 0;
    std::string hash = std::string(64, '0');
};

struct Chain {
    std::string writer;  // fresh for each start
    ChainHead head;
    Chain();
    /// After a commit of unknown outcome nobody can say which events are stored: a new chain begins.
    void restart();
};

/// SHA-256 over every column, each preceded by its length, so that no two records read the same.
std::string event_hash(const std::string& writer, std::int64_t seq, const std::string& previous, const Event& event);

/// Appends inside the open transaction of the writer's session; throws as Query does.
void append_event(Session& session, const Event& event);

}  // namespace yuanda::storage
