// Each change is one narrow statement that names the state and version it expects, and one event.
#include "storage/revisions.hpp"

#include <array>

#include "core/json.hpp"
#include "core/token.hpp"
#include "storage/detail/session.hpp"

namespace yuanda::storage {
namespace {

constexpr std::array<std::string_view, 4> kStates{"draft", "submitted", "published", "retired"};

RevisionState state_named(const std::string& name) {
    for (std::size_t i = 0; i < kStates.size(); ++i)
        if (kStates[i] == name) return static_cast<RevisionState>(i);
    return RevisionState::Retired;  // of a later release: not to be served, not to be changed
}

enum class With { Text, NoText };

std::string select(With with, const std::string& tail) {
    return std::string("SELECT r.id, r.entry_id, r.number, ") + (with == With::Text ? "r.text" : "''") +
           ", r.state, r.author, COALESCE(a.name, ''), r.approver, COALESCE(p.name, ''), r.note, r.base,"
           " COALESCE(r.restores, -1), r.version, r.created_at, r.saved_at, r.submitted_at, r.decided_at,"
           " r.published_at FROM entry_revision r LEFT JOIN staff a ON a.id = r.author"
           " LEFT JOIN staff p ON p.id = r.approver " +
           tail;
}

std::vector<Revision> fetch(Query& query) {
    std::vector<Revision> list;
    Revision r;
    std::string state;
    int restores = -1;
    query.out(r.id).out(r.entry).out(r.number).out(r.text).out(state).out(r.author).out(r.author_name);
    query.out(r.approver).out(r.approver_name).out(r.note).out(r.base).out(restores).out(r.version);
    query.out(r.created_at).out(r.saved_at).out(r.submitted_at).out(r.decided_at).out(r.published_at);
    while (query.next()) {
        r.state = state_named(state);
        r.restores = restores < 0 ? std::nullopt : std::optional(restores);
        list.push_back(r);
    }
    return list;
}

Result<std::vector<Revision>> listed(Database& database, const std::string& sql, const std::string& key = {}) {
    std::vector<Revision> list;
    const auto done = database.read([&](Session& session) -> Result<> {
        Query query(session, sql);
        if (!key.empty()) query.in(key);
        list = fetch(query);
        return {};
    });
    if (!done) return done.error();
    return list;
}

std::optional<Revision> one(Session& session, const RevisionId& id) {
    Query query(session, select(With::NoText, "WHERE r.id = :id"));
    query.in(id);
    auto list = fetch(query);
    return list.empty() ? std::nullopt : std::optional(std::move(list.front()));
}

int served_number(Session& session, const EntryId& entry) {
    int number = 0;
    Query query(session, "SELECT number FROM entry_revision WHERE entry_id = :entry AND state = 'published'");
    query.in(entry).out(number).next();
    return number;
}

Error moved_on() { return {ErrorCode::Conflict, "the revision has moved on"}; }
Error other_base() { return {ErrorCode::Conflict, "another revision is served by now"}; }

void record(Session& session, const char* what, const EntryId& entry, const StaffId& by, TimePoint now,
            const Json& detail) {
    append_event(session, {std::string("entry.") + what, entry.value, by.value, detail.dump(), now});
}

Json detail_of(const RevisionId& id) { return {{"revision", id.value}}; }
Json detail_of(const RevisionId& id, const std::string& text) {
    return {{"revision", id.value}, {"sha256", sha256_hex(text)}};
}

/// The revision when it is in `state`; `mine`: whether it must, or must not, be `by`'s own.
enum class Whose { Own, Others };
Result<Revision> expected(Session& session, const RevisionId& id, RevisionState state, Whose whose, const StaffId& by) {
    auto found = one(session, id);
    if (!found) return Error(ErrorCode::NotFound, "no such revision");
    if ((found->author == by) != (whose == Whose::Own))
        return Error(ErrorCode::Forbidden, whose == Whose::Own ? "not the author" : "the author decides nothing");
    if (found->state != state) return moved_on();
    return std::move(*found);
}

void insert(Session& session, const Revision& r) {
    Query(session,
          "INSERT INTO entry_revision (id, entry_id, number, text, state, author, approver, note, base, restores,"
          " version, created_at, saved_at, submitted_at, decided_at, published_at) VALUES (:id, :entry, :number,"
          " :text, :state, :author, :approver, :note, :base, NULLIF(:restores, -1), 1, :created, :saved, :submitted,"
          " :decided, :published)")
        .in(r.id)
        .in(r.entry)
        .in(r.number)
        .in(r.text)
        .in(name_of(r.state))
        .in(r.author)
        .in(r.approver)
        .in(r.note)
        .in(r.base)
        .in(r.restores.value_or(-1))
        .in(r.created_at)
        .in(r.saved_at)
        .in(r.submitted_at)
        .in(r.decided_at)
        .in(r.published_at)
        .run();
}

/// The next free number; the revision served so far is retired and keeps its own.
int make_room(Session& session, const EntryId& entry) {
    Query(session, "UPDATE entry_revision SET state = 'retired' WHERE entry_id = :entry AND state = 'published'")
        .in(entry)
        .run();
    int last = 0;
    Query(session, "SELECT COALESCE(MAX(number), 0) FROM entry_revision WHERE entry_id = :entry")
        .in(entry)
        .out(last)
        .next();
    return last + 1;
}

}  // namespace

std::string_view name_of(RevisionState state) { return kStates[static_cast<std::size_t>(state)]; }

Revisions::Revisions(Database& database) : database_(&database) {}

Result<std::vector<Revision>> Revisions::of_entry(const EntryId& entry) {
    return listed(
        *database_,
        select(With::NoText, "WHERE r.entry_id = :entry ORDER BY r.created_at DESC, r.number DESC, r.id DESC"),
        entry.value);
}

Result<std::vector<Revision>> Revisions::open() {
    return listed(*database_, select(With::NoText,
                                     "WHERE r.state IN ('draft', 'submitted') ORDER BY CASE r.state WHEN 'submitted'"
                                     " THEN 0 ELSE 1 END, COALESCE(r.submitted_at, r.saved_at), r.id"));
}

Result<std::vector<Revision>> Revisions::published() {
    return listed(*database_, select(With::Text, "WHERE r.state = 'published' ORDER BY r.entry_id"));
}

Result<std::int64_t> Revisions::publications() {
    std::int64_t count = 0;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query(session, "SELECT COUNT(*) FROM entry_revision WHERE published_at IS NOT NULL").out(count).next();
        return {};
    });
    if (!done) return done.error();
    return count;
}

Result<std::optional<Revision>> Revisions::find(const RevisionId& id) {
    auto list = listed(*database_, select(With::Text, "WHERE r.id = :id"), id.value);
    if (!list) return list.error();
    return list->empty() ? std::nullopt : std::optional(std::move(list->front()));
}

Result<std::optional<Revision>> Revisions::numbered(const EntryId& entry, int number) {
    std::optional<Revision> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, select(With::Text, "WHERE r.entry_id = :entry AND r.number = :number AND r.number > 0"));
        query.in(entry).in(number);
        if (auto list = fetch(query); !list.empty()) found = std::move(list.front());
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<> Revisions::begin(const RevisionId& id, const EntryId& entry, const DraftText& draft, const StaffId& author,
                          TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        if (served_number(session, entry) != draft.base) return other_base();
        Revision r;
        r.id = id;
        r.entry = entry;
        r.text = draft.text;
        r.author = author;
        r.base = draft.base;
        r.created_at = r.saved_at = now;
        insert(session, r);
        record(session, "draft", entry, author, now, detail_of(id, draft.text));
        return {};
    });
}

Result<> Revisions::save(const RevisionId& id, std::int64_t version, const DraftText& draft, const StaffId& author,
                         TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Draft, Whose::Own, author);
        if (!found) return found.error();
        if (served_number(session, found->entry) != draft.base) return other_base();
        const auto changed =
            Query(session,
                  "UPDATE entry_revision SET text = :text, base = :base, saved_at = :now, version = version + 1"
                  " WHERE id = :id AND version = :version AND state = 'draft'")
                .in(draft.text)
                .in(draft.base)
                .in(now)
                .in(id)
                .in(version)
                .run();
        if (changed == 0) return moved_on();
        record(session, "save", found->entry, author, now, detail_of(id, draft.text));
        return {};
    });
}

Result<> Revisions::submit(const RevisionId& id, std::int64_t version, const StaffId& author, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Draft, Whose::Own, author);
        if (!found) return found.error();
        if (served_number(session, found->entry) != found->base) return other_base();
        const auto changed = Query(session,
                                   "UPDATE entry_revision SET state = 'submitted', submitted_at = :now,"
                                   " version = version + 1 WHERE id = :id AND version = :version AND state = 'draft'")
                                 .in(now)
                                 .in(id)
                                 .in(version)
                                 .run();
        if (changed == 0) return moved_on();
        record(session, "submit", found->entry, author, now, detail_of(id));
        return {};
    });
}

Result<> Revisions::withdraw(const RevisionId& id, const StaffId& author, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Submitted, Whose::Own, author);
        if (!found) return found.error();
        const auto changed = Query(session,
                                   "UPDATE entry_revision SET state = 'draft', submitted_at = NULL,"
                                   " version = version + 1 WHERE id = :id AND state = 'submitted'")
                                 .in(id)
                                 .run();
        if (changed == 0) return moved_on();
        record(session, "withdraw", found->entry, author, now, detail_of(id));
        return {};
    });
}

Result<> Revisions::discard(const RevisionId& id, const StaffId& author, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Draft, Whose::Own, author);
        if (!found) return found.error();
        const auto changed = Query(session,
                                   "UPDATE entry_revision SET state = 'retired', approver = '', decided_at = :now,"
                                   " version = version + 1 WHERE id = :id AND state = 'draft'")
                                 .in(now)
                                 .in(id)
                                 .run();
        if (changed == 0) return moved_on();
        record(session, "discard", found->entry, author, now, detail_of(id));
        return {};
    });
}

Result<> Revisions::approve(const RevisionId& id, std::int64_t version, const StaffId& by, const std::string& note,
                            TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Submitted, Whose::Others, by);
        if (!found) return found.error();
        if (served_number(session, found->entry) != found->base) return other_base();
        const int number = make_room(session, found->entry);
        const auto changed =
            Query(session,
                  "UPDATE entry_revision SET state = 'published', number = :number, approver = :by, note = :note,"
                  " decided_at = :now, published_at = :now2, version = version + 1"
                  " WHERE id = :id AND version = :version AND state = 'submitted'")
                .in(number)
                .in(by)
                .in(note)
                .in(now)
                .in(now)
                .in(id)
                .in(version)
                .run();
        if (changed == 0) return moved_on();  // rolls back what make_room() did
        auto detail = detail_of(id);
        detail["number"] = number;
        record(session, "publish", found->entry, by, now, detail);
        return {};
    });
}

Result<> Revisions::reject(const RevisionId& id, const StaffId& by, const std::string& note, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        const auto found = expected(session, id, RevisionState::Submitted, Whose::Others, by);
        if (!found) return found.error();
        const auto changed = Query(session,
                                   "UPDATE entry_revision SET state = 'draft', approver = :by, note = :note,"
                                   " decided_at = :now, version = version + 1 WHERE id = :id AND state = 'submitted'")
                                 .in(by)
                                 .in(note)
                                 .in(now)
                                 .in(id)
                                 .run();
        if (changed == 0) return moved_on();
        record(session, "reject", found->entry, by, now, detail_of(id));
        return {};
    });
}

Result<> Revisions::restore(const RevisionId& id, const EntryId& entry, const DraftText& draft, int restores,
                            const StaffId& by, const std::string& reason, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        if (served_number(session, entry) != draft.base) return other_base();
        Revision r;
        r.id = id;
        r.entry = entry;
        r.number = make_room(session, entry);
        r.text = draft.text;
        r.state = RevisionState::Published;
        r.author = r.approver = by;
        r.note = reason;
        r.base = draft.base;
        r.restores = restores;
        r.created_at = r.saved_at = now;
        r.decided_at = r.published_at = now;
        insert(session, r);
        auto detail = detail_of(id, draft.text);
        detail["number"] = r.number;
        detail["restores"] = restores;
        record(session, "restore", entry, by, now, detail);
        return {};
    });
}

}  // namespace yuanda::storage
