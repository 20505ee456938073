// Messages that did not reach their contact: every one must be seen by a person, the bot's too.
#include "core/json.hpp"
#include "storage/conversations.hpp"
#include "storage/detail/rows.hpp"
#include "storage/detail/sealed_row.hpp"
#include "storage/detail/undelivered.hpp"

namespace yuanda::storage {
namespace {

/// What may still arrive by itself comes last.
constexpr const char* kKey =
    "CASE o.state WHEN 'failed' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, o.created_at, o.message_id";

}  // namespace

std::int64_t count_undelivered(Session& session) {
    std::int64_t count = 0;
    Query(session, std::string("SELECT COUNT(*) FROM outbox o WHERE") + kUndelivered).out(count).next();
    return count;
}

Result<std::vector<UndeliveredRow>> Conversations::undelivered(int limit, const MessageId& after) {
    const std::string key(kKey);
    std::string sql = std::string(
                          "SELECT o.message_id, o.conversation_id, o.channel, c.contact_id, p.name, m.sender, m.at,"
                          " o.state FROM outbox o JOIN message m ON m.id = o.message_id"
                          " JOIN conversation c ON c.id = o.conversation_id JOIN contact p ON p.id = c.contact_id"
                          " WHERE") +
                      kUndelivered;
    if (!after.empty()) sql += " AND (" + key + ") > (SELECT " + key + " FROM outbox o WHERE o.message_id = :after)";
    sql += " ORDER BY " + key + " LIMIT :limit";

    std::vector<UndeliveredRow> rows;
    const auto done = database_->read([&](Session& session) -> Result<> {
        rows.clear();
        UndeliveredRow r;
        std::string channel, name, sender;
        Query query(session, sql);
        if (!after.empty()) query.in(after);
        query.in(limit).out(r.message).out(r.conversation).out(channel).out(r.contact).out(name).out(sender);
        query.out(r.at).out(r.delivery);
        while (query.next()) {
            r.channel = channel_from(channel).value_or(Channel::Wechat);
            r.contact_name = SealedRow(*sealer_, "contact", r.contact.value).open("name", name);
            r.from = sender_named(sender);
            rows.push_back(r);
        }
        return {};
    });
    if (!done) return done.error();
    return rows;
}

Result<> Conversations::settle_undelivered(const MessageId& message, const StaffId& by, TimePoint now) {
    return database_->write([&](Session& session) -> Result<> {
        std::string id, state;
        Query settled(session,
                      std::string("UPDATE outbox AS o SET settled_at = :now WHERE o.message_id = :message AND") +
                          kUndelivered + " RETURNING id, state");
        if (!settled.in(now).in(message).out(id).out(state).next())
            return Error(ErrorCode::NotFound, "no such undelivered message");
        append_event(session, {"outbox.settle", id, by.value, Json{{"state", state}}.dump(), now});
        return {};
    });
}

}  // namespace yuanda::storage
