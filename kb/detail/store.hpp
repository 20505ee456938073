// The Xapian side of the index: two databases in one generation's folder, written once, read by many threads.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "kb/detail/ranker.hpp"

namespace yuanda::kb::detail {

/// Questions and answers stand in separate databases: Xapian's document length is the sum over a whole
/// document, and a long answer would drown a short question. `durable`: on disk when this returns.
Result<> write_databases(const std::string& folder, const std::vector<EntryTerms>& entries, bool durable);

/// Proposes entries for exact scoring. Thread-safe: each thread opens its own databases.
class CandidateStore {
public:
    explicit CandidateStore(std::string folder);

    /// The best `limit` entries of each database by the query's rarest terms, distinct, ascending. Unavailable when the
    /// files are gone or broken.
    Result<std::vector<std::size_t>> candidates(const Query& query, unsigned limit) const;

private:
    std::string folder_;
    std::uint64_t serial_;  // tells this store's readers from those of an earlier one at the same address
};

}  // namespace yuanda::kb::detail
