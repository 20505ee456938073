// Builds MESSAGE and STATUS from what is stored.
#include "gateway/chat/chat_json.hpp"

namespace yuanda::gateway {
namespace {

/// "今天17:00前给您回复", "明天9:30前…", "11月30日9:30前…".
std::string promise_text(TimePoint now, TimePoint due) {
    const Date today = china_date(now);
    const Date day = china_date(due);
    const auto away = std::chrono::sys_days{day} - std::chrono::sys_days{today};
    std::string when = std::to_string(static_cast<unsigned>(day.month())) + "月" +
                       std::to_string(static_cast<unsigned>(day.day())) + "日";
    if (away.count() == 0) when = "今天";
    if (away.count() == 1) when = "明天";
    return when + china_clock(due) + "前给您回复";
}

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
            status["promise"] = {{"at", to_epoch_ms(**due)}, {"text", promise_text(services.clock.now(), **due)}};
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
