// Revisions of knowledge-base entries: written by one person, published by another, never lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "storage/database.hpp"

namespace yuanda::storage {

using RevisionId = Id<struct RevisionTag>;

enum class RevisionState { Draft, Submitted, Published, Retired };
std::string_view name_of(RevisionState state);  // "draft"

struct Revision {
    RevisionId id;
    EntryId entry;
    int number = 0;    // 1, 2, … per entry once published; 0 before
    std::string text;  // the whole file, as kb/entries has them; empty in lists
    RevisionState state = RevisionState::Draft;
    StaffId author;
    std::string author_name;
    StaffId approver;  // whoever published it or sent it back; empty: nobody yet, or given up by its author
    std::string approver_name;
    std::string note;             // theirs
    int base = 0;                 // number served when this was written; 0: the shipped entry
    std::optional<int> restores;  // number this one brings back; 0: the shipped entry
    std::int64_t version = 1;     // for compare-and-set
    TimePoint created_at;
    TimePoint saved_at;
    std::optional<TimePoint> submitted_at;
    std::optional<TimePoint> decided_at;
    std::optional<TimePoint> published_at;
    bool open() const { return state == RevisionState::Draft || state == RevisionState::Submitted; }
};

/// What an author has written, with what it was written over.
struct DraftText {
    std::string text;
    int base = 0;
};

/// At most one open revision (draft or submitted) per entry and author, and one published per entry. Every change
/// leaves its event in the same transaction. `version`: as the caller read it. Conflict: it has moved on, or the
/// served number is no longer `base`. Forbidden: not this person's to do. NotFound: no such revision.
class Revisions {
public:
    explicit Revisions(Database& database);

    /// Newest first, without their texts.
    Result<std::vector<Revision>> of_entry(const EntryId& entry);
    /// Drafts and submitted ones of all entries, without their texts; those waiting longest for a decision first.
    Result<std::vector<Revision>> open();
    /// What stands in for the shipped entries, with texts, in the order of entry ids.
    Result<std::vector<Revision>> published();
    /// How many publications there have been: grows with each, and is cheap enough to be asked every second.
    Result<std::int64_t> publications();
    Result<std::optional<Revision>> find(const RevisionId& id);
    Result<std::optional<Revision>> numbered(const EntryId& entry, int number);

    /// A new draft. Conflict too when the author has an open one of this entry.
    Result<> begin(const RevisionId& id, const EntryId& entry, const DraftText& draft, const StaffId& author,
                   TimePoint now);
    /// Only a draft, only by its author.
    Result<> save(const RevisionId& id, std::int64_t version, const DraftText& draft, const StaffId& author,
                  TimePoint now);
    Result<> submit(const RevisionId& id, std::int64_t version, const StaffId& author, TimePoint now);
    /// A submitted one becomes a draft again, by its author.
    Result<> withdraw(const RevisionId& id, const StaffId& author, TimePoint now);
    /// Given up: an open one is retired, by its author.
    Result<> discard(const RevisionId& id, const StaffId& author, TimePoint now);

    /// Publishes a submitted one in place of the one before. Forbidden for its author: two people, always. `version`
    /// keeps anybody from publishing words they have not read.
    Result<> approve(const RevisionId& id, std::int64_t version, const StaffId& by, const std::string& note,
                     TimePoint now);
    /// Back to its author as a draft. Forbidden for the author.
    Result<> reject(const RevisionId& id, const StaffId& by, const std::string& note, TimePoint now);
    /// Publishes `text`, which was served before as `restores` (0: shipped), as a new revision over `base`.
    Result<> restore(const RevisionId& id, const EntryId& entry, const DraftText& draft, int restores,
                     const StaffId& by, const std::string& reason, TimePoint now);

private:
    Database* database_;
};

}  // namespace yuanda::storage
