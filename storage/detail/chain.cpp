// Appends to the record and computes its hashes.
#include "storage/detail/chain.hpp"

#include "core/token.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {

Chain::Chain() { restart(); }

void Chain::restart() {
    SystemRandom random;
    writer = random_token(16, random);
    head = {};
}

std::string event_hash(const std::string& writer, std::int64_t seq, const std::string& previous, const Event& event) {
    std::string bytes;
    for (const std::string& field : {previous, writer, std::to_string(seq), event.kind, event.subject, event.actor,
                                     event.detail, std::to_string(to_epoch_ms(event.at))}) {
        bytes += std::to_string(field.size());
        bytes += ':';
        bytes += field;
    }
    return sha256_hex(bytes);
}

void append_event(Session& session, const Event& event) {
    Chain* chain = session.chain();
    if (chain == nullptr) throw SqlFailure(Error(ErrorCode::Internal, "events are appended by the writer"), false);
    const ChainHead next{chain->head.seq + 1, event_hash(chain->writer, chain->head.seq + 1, chain->head.hash, event)};
    Query(session,
          "INSERT INTO event (writer, seq, prev_hash, hash, kind, subject, actor, detail, at)"
          " VALUES (:writer, :seq, :prev, :hash, :kind, :subject, :actor, :detail, :at)")
        .in(chain->writer)
        .in(next.seq)
        .in(chain->head.hash)
        .in(next.hash)
        .in(event.kind)
        .in(event.subject)
        .in(event.actor)
        .in(event.detail)
        .in(event.at)
        .run();
    chain->head = next;
}

}  // namespace yuanda::storage
