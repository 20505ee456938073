// Lists what did not arrive, the bot's words too, and takes off the list what somebody has told otherwise.
#include "gateway/staff/undelivered_api.hpp"

#include "gateway/staff/notes.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

Json undelivered_json(const storage::UndeliveredRow& row) {
    return {{"message", row.message.value},
            {"conversation", row.conversation.value},
            {"contact", contact_label(row.contact, row.contact_name)},
            {"channel", name_of(row.channel)},
            {"from", storage::name_of(row.from)},
            {"at", to_epoch_ms(row.at)},
            {"delivery", row.delivery}};
}

Response list_undelivered(Context& context, const Call& call) {
    const auto limit = page_limit(call.request);
    if (!limit) return error_response(call.request, ErrorCode::InvalidInput, "没有这样的列表。");
    const MessageId after{call.request.parameter("after")};
    auto rows = context.services.conversations.undelivered(*limit + 1, after);
    if (!rows.has_value()) return storage_failure(call.request, rows.error());
    const bool more = rows->size() > static_cast<std::size_t>(*limit);
    if (more) rows->resize(static_cast<std::size_t>(*limit));
    Json shown = Json::array();
    for (const auto& row : *rows) shown.push_back(undelivered_json(row));
    const Json next = more ? Json(rows->back().message.value) : Json(nullptr);
    return json_response(200, Json{{"messages", shown}, {"next", next}}.dump());
}

Response settle(Context& context, const Call& call) {
    const auto settled =
        context.services.conversations.settle_undelivered(MessageId{call.id()}, call.staff.id, call.now);
    if (!settled && settled.error().code == ErrorCode::NotFound)
        return error_response(call.request, ErrorCode::NotFound, "这条已经送达，或者已经有人处理。");
    if (!settled) return storage_failure(call.request, settled.error());
    context.services.hub.notify("staff", desk_note());
    return no_content();
}

}  // namespace

void add_undelivered_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "GET", "/api/v1/undelivered", list_undelivered);
    add_route(router, context, "POST", "/api/v1/undelivered/{id}/settle", settle);
}

}  // namespace yuanda::gateway::staff
