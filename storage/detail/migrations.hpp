// The numbered schema changes compiled into this binary.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace yuanda::storage {

class Session;

struct Migration {
    int version = 0;
    std::string name;  // "01-first-life.sql"
    std::string text;
    std::string checksum;
};

/// In order of version: 1, 2, 3…; read once. The first line of each is `-- vN (reads from vM on): why`.
const std::vector<Migration>& migrations();

/// 0 when the schema is empty.
Result<int> schema_version(Session& session);
/// Applies what is missing, inside the open transaction; returns how many. Conflict when the schema is newer
/// than this binary or an applied migration reads differently.
Result<int> apply_migrations(Session& session, std::int64_t now_ms);

}  // namespace yuanda::storage
