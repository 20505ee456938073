// Applies numbered migrations once, in order, and refuses a schema that this binary does not know.
#include "storage/detail/migrations.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "core/token.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {
namespace {

struct Embedded {
    const char* name;
    const char* text;
};
constexpr Embedded kEmbedded[] = {
#include "migrations.inc"
};

/// The number in "-- v12 (reads…". A file without one is our bug and becomes version 0, which a test refuses.
int version_of(std::string_view text) {
    constexpr std::string_view kOpening = "-- v";
    return text.starts_with(kOpening) ? std::atoi(text.data() + kOpening.size()) : 0;
}

Result<std::map<int, std::string>> applied(Session& session) {
    std::int64_t tables = 0;
    Query exists(session, std::string(session.dialect().table_exists()));
    exists.in("schema_migration").out(tables);
    exists.next();
    std::map<int, std::string> checksums;
    if (tables == 0) return checksums;
    int version = 0;
    std::string checksum;
    Query rows(session, "SELECT version, checksum FROM schema_migration");
    rows.out(version).out(checksum);
    while (rows.next()) checksums[version] = checksum;
    return checksums;
}

void apply(Session& session, const Migration& migration, std::int64_t now_ms) {
    session.script(migration.text);
    Query(session,
          "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (:version, :name, :sum, :at)")
        .in(migration.version)
        .in(migration.name)
        .in(migration.checksum)
        .in(now_ms)
        .run();
}

}  // namespace

const std::vector<Migration>& migrations() {
    static const std::vector<Migration> all = [] {
        std::vector<Migration> list;
        for (const Embedded& file : kEmbedded)
            list.push_back({version_of(file.text), file.name, file.text, sha256_hex(file.text)});
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.version < b.version; });
        return list;
    }();
    return all;
}

Result<int> schema_version(Session& session) {
    const auto done = applied(session);
    if (!done) return done.error();
    return done->empty() ? 0 : done->rbegin()->first;
}

Result<int> apply_migrations(Session& session, std::int64_t now_ms) {
    if (const std::string guard = session.dialect().migration_guard(); !guard.empty()) session.script(guard);
    session.script(
        "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    const auto done = applied(session);
    if (!done) return done.error();
    if (!done->empty() && done->rbegin()->first > migrations().back().version)
        return Error(ErrorCode::Conflict, "the schema is newer than this binary");
    int count = 0;
    for (const Migration& migration : migrations()) {
        const auto found = done->find(migration.version);
        if (found == done->end()) {
            apply(session, migration, now_ms);
            ++count;
        } else if (found->second != migration.checksum) {
            return Error(ErrorCode::Conflict, "migration " + migration.name + " was applied with another text");
        }
    }
    return count;
}

}  // namespace yuanda::storage
