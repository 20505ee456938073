// Appends to the record and proves that nobody changed it.
#include "storage/events.hpp"

#include "storage/detail/session.hpp"

namespace yuanda::storage {
namespace {

/// Walks one chain after the other; each record must follow the one before and hash to what it says.
class Verifier {
public:
    /// Where chains stood when their heads were last stored.
    explicit Verifier(std::map<std::string, ChainHead> stored) : stored_(std::move(stored)) {}

    void check(const std::string& writer, std::int64_t seq, const std::string& previous, const std::string& hash,
               const Event& event) {
        ++report.events;
        if (writer != writer_) {
            writer_ = writer;
            head_ = {};
            ++report.writers;
        }
        if (seq != head_.seq + 1)
            bad(writer, head_.seq + 1, "missing");
        else if (previous != head_.hash)
            bad(writer, seq, "does not follow the record before");
        else if (hash != event_hash(writer, seq, previous, event))
            bad(writer, seq, "was changed");
        head_ = {seq, hash};
        reached_[writer] = seq;
        // A whole chain written anew agrees with itself, but not with what it had come to.
        const auto stored = stored_.find(writer);
        if (stored != stored_.end() && stored->second.seq == seq && stored->second.hash != hash)
            bad(writer, seq, "is not the record its stored head names");
    }

    /// A stored head must be in its chain; a chain cut before it has lost its tail.
    void check_tails() {
        for (const auto& [writer, head] : stored_)
            if (const auto reached = reached_[writer]; reached < head.seq)
                bad(writer, reached + 1, "missing (the tail was cut)");
    }

    AuditReport report;

private:
    void bad(const std::string& writer, std::int64_t seq, const std::string& why) {
        if (!report.first_bad) report.first_bad = writer + "/" + std::to_string(seq) + ": " + why;
    }

    std::map<std::string, ChainHead> stored_;
    std::string writer_;
    ChainHead head_;
    std::map<std::string, std::int64_t> reached_;
};

std::map<std::string, ChainHead> stored_heads(Session& session) {
    std::map<std::string, ChainHead> heads;
    std::string writer;
    ChainHead head;
    Query rows(session, "SELECT writer, seq, hash FROM event_head ORDER BY writer");
    rows.out(writer).out(head.seq).out(head.hash);
    while (rows.next()) heads[writer] = head;
    return heads;
}

}  // namespace

Events::Events(Database& database) : database_(&database) {}

Result<> Events::append(const Event& event) {
    return database_->write([&](Session& session) -> Result<> {
        append_event(session, event);
        return {};
    });
}

Result<> Events::store_heads(TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        // WHERE true: without it SQLite reads ON CONFLICT after a SELECT as a join condition.
        Query(session,
              "INSERT INTO event_head (writer, seq, hash, at) SELECT e.writer, e.seq, e.hash, :at FROM event e"
              " JOIN (SELECT writer, MAX(seq) AS top FROM event GROUP BY writer) m"
              " ON m.writer = e.writer AND m.top = e.seq WHERE true"
              " ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at"
              " WHERE event_head.seq < excluded.seq")
            .in(now)
            .run();
        return {};
    });
}

Result<AuditReport> Events::verify() {
    AuditReport report;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Verifier verifier(stored_heads(session));
        std::string writer, previous, hash;
        std::int64_t seq = 0;
        Event event;
        Query rows(session,
                   "SELECT writer, seq, prev_hash, hash, kind, subject, actor, detail, at FROM event"
                   " ORDER BY writer, seq");
        rows.out(writer)
            .out(seq)
            .out(previous)
            .out(hash)
            .out(event.kind)
            .out(event.subject)
            .out(event.actor)
            .out(event.detail)
            .out(event.at);
        while (rows.next()) verifier.check(writer, seq, previous, hash, event);
        verifier.check_tails();
        report = verifier.report;
        return {};
    });
    if (!done) return done.error();
    return report;
}

}  // namespace yuanda::storage
