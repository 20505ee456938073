// Ties a database to the key file that sealed it: the wrong file is refused at start, a lost one never replaced.
#pragma once

#include "core/seal.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

/// Nothing sealed has been stored yet, so a key file may still be made.
Result<bool> may_make_key(Database& database);

/// Leaves the proof in a database that has none, else opens it. InvalidInput when `sealer` has another key.
/// Thread-safe; the schema must be the newest.
Result<> prove_key(Database& database, const Sealer& sealer);

}  // namespace yuanda::storage
