// The lawyers' lists: which conversations, in which order, and how many.
#include <array>

#include "storage/conversations.hpp"
#include "storage/detail/rows.hpp"
#include "storage/detail/sealed_row.hpp"
#include "storage/detail/undelivered.hpp"
#include "storage/detail/values.hpp"

namespace yuanda::storage {
namespace {

constexpr std::array<std::string_view, 5> kListNames{"queued", "mine", "waiting", "overdue", "closed"};

/// `where` takes :key, or the three times of kOverdue, or nothing. `key` is two expressions and the id, ascending: the
/// order of the list and the bookmark of a page. Each condition repeats that of the partial index it can use.
struct ListQuery {
    const char* where;
    const char* first;  // sort expressions over c
    const char* second;
    enum class Needs { Nothing, Staff, Times } needs;
};

/// desk::due_at() in SQL, so that an index can serve it and a count opens no row.
const std::string& overdue() {
    static const std::string where = std::string("c.waiting_since IS NOT NULL AND COALESCE(") + kOpenPromise +
                                     ", CASE WHEN c.owner = 'human' AND c.queued_at IS NULL"
                                     " THEN c.waiting_since + :next ELSE c.waiting_since + :first END) <= :now";
    return where;
}

ListQuery query_of(DeskList list) {
    using Needs = ListQuery::Needs;
    switch (list) {
        case DeskList::Queued:
            return {"c.owner = 'queued' AND c.owner <> 'bot'", "-c.risk", "c.queued_at", Needs::Nothing};
        case DeskList::Mine:
            return {"c.owner = 'human' AND c.owner <> 'bot' AND c.lawyer_id = :key",
                    "CASE WHEN c.waiting_since IS NULL THEN 1 ELSE 0 END", "-c.last_at", Needs::Staff};
        case DeskList::Waiting: return {"c.waiting_since IS NOT NULL", "-c.risk", "c.waiting_since", Needs::Nothing};
        case DeskList::Overdue: return {overdue().c_str(), "-c.risk", "c.waiting_since", Needs::Times};
        case DeskList::Closed: break;
    }
    return {"c.owner = 'closed' AND c.owner <> 'bot'", "-c.last_at", "-c.last_seq", Needs::Nothing};
}

constexpr const char* kRowColumns =
    "SELECT c.id, c.channel, c.inbox, c.peer, c.contact_id, p.name, p.phone, c.topic, c.owner, c.lawyer_id,"
    " c.waiting_since, c.queued_at, s.name, c.last_text, c.last_from, c.last_at, c.unread, c.risks, c.handover,"
    " c.version, c.last_seq, c.started_at, ";
constexpr const char* kRowTables =
    " FROM conversation c JOIN contact p ON p.id = c.contact_id LEFT JOIN staff s ON s.id = c.lawyer_id WHERE ";

std::string select_rows(const std::string& where) {
    return std::string(kRowColumns) + kOpenPromise + kRowTables + where;
}

/// Binds the columns of kRowColumns and opens what is sealed.
class RowReader {
public:
    RowReader(Query& query, const Sealer& sealer) : sealer_(&sealer) {
        query.out(r_.id)
            .out(channel_)
            .out(r_.inbox)
            .out(r_.peer)
            .out(r_.contact)
            .out(name_)
            .out(phone_)
            .out(r_.topic)
            .out(owner_)
            .out(r_.ownership.lawyer)
            .out(r_.ownership.waiting_since)
            .out(r_.ownership.queued_at)
            .out(r_.lawyer_name)
            .out(last_)
            .out(from_)
            .out(r_.last_at)
            .out(r_.unread)
            .out(risks_)
            .out(handover_)
            .out(r_.version)
            .out(r_.last_seq)
            .out(r_.started_at)
            .out(r_.promise);
    }

    ConversationRow row() {
        const SealedRow own(*sealer_, "conversation", r_.id.value);
        const SealedRow contact(*sealer_, "contact", r_.contact.value);
        r_.channel = channel_from(channel_).value_or(Channel::Webchat);
        r_.ownership.owner = desk::owner_from(owner_).value_or(desk::Owner::Bot);
        r_.contact_name = contact.open("name", name_);
        r_.contact_phone = contact.open("phone", phone_);
        r_.last_text = own.open("last_text", last_);
        r_.last_from = sender_named(from_);
        r_.risks = list_from_json(risks_);
        r_.handover =
            handover_.empty() ? std::nullopt : std::optional(handover_from_json(own.open("handover", handover_)));
        return r_;
    }

private:
    const Sealer* sealer_;
    ConversationRow r_;
    std::string channel_, owner_, name_, phone_, last_, from_, risks_, handover_;
};

std::int64_t milliseconds(std::chrono::milliseconds length) { return length.count(); }

void bind_needs(Query& query, ListQuery::Needs needs, const StaffId& staff, const desk::SlaPolicy& policy,
                TimePoint now) {
    if (needs == ListQuery::Needs::Staff) query.in(staff);
    if (needs == ListQuery::Needs::Times)
        query.in(milliseconds(policy.next_response)).in(milliseconds(policy.first_response)).in(now);
}

}  // namespace

std::optional<DeskList> desk_list_from(std::string_view name) {
    for (std::size_t i = 0; i < kListNames.size(); ++i)
        if (kListNames[i] == name) return static_cast<DeskList>(i);
    return std::nullopt;
}

Result<std::optional<ConversationRow>> Conversations::row(const ConversationId& id) {
    std::optional<ConversationRow> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query query(session, select_rows("c.id = :id"));
        query.in(id);
        RowReader reader(query, *sealer_);
        if (query.next()) found = reader.row();
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::vector<ConversationRow>> Conversations::list(DeskList list, const StaffId& staff,
                                                         const desk::SlaPolicy& policy, TimePoint now, int limit,
                                                         const std::string& after) {
    const ListQuery parts = query_of(list);
    const std::string key = std::string(parts.first) + ", " + parts.second + ", c.id";
    std::string sql = select_rows(parts.where);
    if (!after.empty()) sql += " AND (" + key + ") > (SELECT " + key + " FROM conversation c WHERE c.id = :after)";
    sql += " ORDER BY " + std::string(parts.first) + ", " + parts.second + ", c.id LIMIT :limit";

    std::vector<ConversationRow> rows;
    const auto done = database_->read([&](Session& session) -> Result<> {
        rows.clear();
        Query query(session, sql);
        bind_needs(query, parts.needs, staff, policy, now);
        if (!after.empty()) query.in(after);
        query.in(limit);
        RowReader reader(query, *sealer_);
        while (query.next()) rows.push_back(reader.row());
        return {};
    });
    if (!done) return done.error();
    return rows;
}

Result<DeskCounts> Conversations::counts(const StaffId& staff, const desk::SlaPolicy& policy, TimePoint now) {
    DeskCounts counts;
    const auto done = database_->read([&](Session& session) -> Result<> {
        const std::pair<DeskList, std::int64_t*> all[] = {{DeskList::Queued, &counts.queued},
                                                          {DeskList::Mine, &counts.mine},
                                                          {DeskList::Waiting, &counts.waiting},
                                                          {DeskList::Overdue, &counts.overdue},
                                                          {DeskList::Closed, &counts.closed}};
        for (const auto& [list, into] : all) {
            const ListQuery parts = query_of(list);
            Query query(session, std::string("SELECT COUNT(*) FROM conversation c WHERE ") + parts.where);
            bind_needs(query, parts.needs, staff, policy, now);
            query.out(*into).next();
        }
        counts.undelivered = count_undelivered(session);
        return {};
    });
    if (!done) return done.error();
    return counts;
}

Result<std::int64_t> Conversations::count_of_contact(const ContactId& contact) {
    std::int64_t count = 0;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query(session, "SELECT COUNT(*) FROM conversation WHERE contact_id = :contact").in(contact).out(count).next();
        return {};
    });
    if (!done) return done.error();
    return count;
}

}  // namespace yuanda::storage
