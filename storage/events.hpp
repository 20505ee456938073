// The append-only record: every state change of desk and cases, and every staff read of personal data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace yuanda::storage {

/// Ids, codes and hashes only; never a citizen's words.
struct Event {
    std::string kind;     // "conversation.accept", "application.submit", "contact.read"
    std::string subject;  // id of what changed
    std::string actor;    // staff id, "contact", "bot", "system"
    std::string detail;   // JSON of codes
    TimePoint at;
};

/// Checks the hash chain of every writer. NotFound-free: an empty record is whole.
struct AuditReport {
    std::int64_t events = 0;
    std::int64_t writers = 0;
    std::optional<std::string> first_bad;  // "writer/seq: why"
};

class Events {
public:
    explicit Events(Database& database);
    Result<> append(const Event& event);
    /// Notes what each chain has reached, so that a tail cut later shows; once a minute, by a leased job.
    Result<> store_heads(TimePoint now);
    Result<AuditReport> verify();

private:
    Database* database_;
};

}  // namespace yuanda::storage
