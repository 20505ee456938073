// Builds MESSAGE and STATUS from what is stored.
#include "gateway/chat/chat_json.hpp"

namespace yuanda::gateway {
namespace {

Json status_json(Services& services, const dialogue::Conversation& conversation) {
    const auto& ownership = conversation.ownership;
    Json status = {{"owner", desk::name_of(ownership.owner)}, {"quiet", conversation.memory.quiet}};
    if (ownership.owner == desk::Owner::Queued) {
        const int position = services.desk.position(conversation.id);
        status["position"] = position;
        if (const auto minutes = desk::estimate_minutes(services.desk.snapshot(), position))
            status["estimate_min"] = *minutes;
    }
    if (ownership.owner == desk::Owner::Queued || ownership.owner == desk::Owner::Snoozed) {
        const auto due = services.conversations.open_promise(conversation.id);
        if (due.has_value() && *due)
            status["promise"] = {{"at", to_epoch_ms(**due)}, {"text", desk::promise_line(**due, services.clock.now())}};
    }
    if (ownership.owner == desk::Owner::Human) {
        const auto row = services.conversations.row(conversation.id);
        if (row.has_value() && row->has_value())
            status["lawyer"] = {{"name", (*row)->lawyer_name}, {"office", services.config.centre.name}};
    }
    return status;
}

}  // namespace

Json message_json(const storage::StoredMessage& message) {
    Json json = {{"seq", message.seq},
                 {"id", message.id.value},
                 {"from", storage::name_of(message.from)},
                 {"at", to_epoch_ms(message.at)},
                 {"text", message.text}};
    if (!message.author_name.empty()) json["name"] = message.author_name;
    if (!message.cmid.empty()) json["cmid"] = message.cmid;
    if (!message.card.empty()) {
        Json card = Json::parse(message.card, nullptr, false);
        if (!card.is_discarded()) json["card"] = std::move(card);
    }
    return json;
}

Result<ChatView> chat_view(Services& services, const InboxId& inbox, const ExternalId& peer, std::int64_t after,
                           int limit) {
    ChatView view;
    const auto conversation = services.conversations.find(inbox, peer);
    if (!conversation.has_value()) return conversation.error();
    if (!conversation->has_value()) {
        view.status = {{"owner", "bot"}, {"quiet", false}};
        return view;
    }
    auto messages = services.conversations.messages((*conversation)->id, after, limit, false);
    if (!messages.has_value()) return messages.error();
    view.messages = std::move(*messages);
    view.status = status_json(services, **conversation);
    view.seq = (*conversation)->last_seq;
    return view;
}

}  // namespace yuanda::gateway
