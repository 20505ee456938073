// One sealed word; a database from before it is proved by the first message it holds.
#include "storage/key_proof.hpp"

#include "storage/detail/sealed_row.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {
namespace {

constexpr std::string_view kWord = "yuanda";
constexpr SealPlace kPlace{"key_proof", "proof", "field"};

std::string stored_proof(Session& session) {
    std::string proof;
    Query query(session, "SELECT proof FROM key_proof WHERE id = 'field'");
    query.out(proof).next();
    return proof;
}

/// Id and sealed body of some message; empty when there is none.
std::pair<std::string, std::string> some_message(Session& session) {
    std::pair<std::string, std::string> found;
    Query query(session, "SELECT id, body FROM message LIMIT 1");
    query.out(found.first).out(found.second).next();
    return found;
}

Error another_key() {
    return invalid("this database was sealed with another key: put the right key file (or its copy) back");
}

}  // namespace

Result<bool> may_make_key(Database& database) {
    bool fresh = false;
    const auto done = database.read([&](Session& session) -> Result<> {
        fresh = stored_proof(session).empty() && some_message(session).first.empty();
        return {};
    });
    if (!done) return done.error();
    return fresh;
}

Result<> prove_key(Database& database, const Sealer& sealer) {
    const std::string fresh = sealer.seal(kWord, kPlace);
    return database.write([&](Session& session) -> Result<> {
        if (const auto proof = stored_proof(session); !proof.empty()) {
            const auto opened = sealer.open(proof, kPlace);
            return opened && *opened == kWord ? Result<>() : another_key();
        }
        if (const auto [id, body] = some_message(session); !id.empty())
            if (!sealer.open(body, {"message", "body", id})) return another_key();
        Query(session, "INSERT INTO key_proof (id, proof) VALUES ('field', :proof)").in(fresh).run();
        return {};
    });
}

}  // namespace yuanda::storage
