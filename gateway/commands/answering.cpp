// The same steps as a turn of the server, with nothing stored before and nothing after.
#include "gateway/commands/answering.hpp"

#include "core/json.hpp"
#include "core/text.hpp"

namespace yuanda::gateway {
namespace {

constexpr int kSearchLimit = 5;  // as in a turn of the server

dialogue::Conversation fresh_conversation() {
    dialogue::Conversation conversation;
    conversation.id = ConversationId{"command-line"};
    conversation.contact = ContactId{"command-line"};
    conversation.key = {Channel::Webchat, InboxId{"command-line"}, ExternalId{"command-line"}, false};
    return conversation;
}

Message message_of(const dialogue::Conversation& conversation, const std::string& text, TimePoint now) {
    Message message;
    message.conversation = conversation.key;
    message.external_id = ExternalId{"1"};
    message.sent_at = message.received_at = now;
    message.parts = {Text{text}};
    return message;
}

}  // namespace

Answering::Answering(Deciders deciders, std::shared_ptr<const Generation> generation, const CentreConfig& centre,
                     const Clock& clock)
    : deciders_(std::move(deciders)), generation_(std::move(generation)), centre_(centre), clock_(&clock) {}

Result<dialogue::TurnPlan> Answering::plan(const std::string& text) const {
    if (!is_clean_utf8(text)) return invalid("the text is not UTF-8");
    const auto now = clock_->now();
    const auto conversation = fresh_conversation();
    const auto message = message_of(conversation, text, now);
    const auto understanding = deciders_.reader->read(text);

    dialogue::Findings findings;
    findings.next_serial = 1;
    findings.queue_position = 1;
    findings.desk.on_duty = desk::on_duty(centre_.hours, *deciders_.calendar, now);
    findings.desk.next_opening = desk::next_opening(centre_.hours, *deciders_.calendar, now);
    findings.desk.phone = centre_.phone;
    const auto lookup = deciders_.planner->lookup(conversation, message, understanding, now);
    if (lookup && !lookup->search.empty()) {
        auto hits = generation_->index->search(lookup->search, lookup->topic, kSearchLimit);
        if (!hits) return hits.error();
        findings.hits = std::move(*hits);
    }
    auto plan = deciders_.planner->plan(conversation, message, understanding, findings, *generation_->base,
                                        ApplicationId{"command-line"}, now);
    if (plan.memory.topic.empty()) plan.memory.topic = understanding.topic();
    return plan;
}

Result<std::unique_ptr<Answering>> make_answering(const std::string& root, const Config& config, const Clock& clock) {
    auto deciders = make_deciders(root, config.centre);
    if (!deciders) return deciders.error();
    auto generation = build_generation(root, "");
    if (!generation) return generation.error();
    return std::make_unique<Answering>(std::move(*deciders), std::move(*generation), config.centre, clock);
}

std::string_view decision_word(const dialogue::TurnPlan& plan) {
    using dialogue::Decision;
    switch (plan.decision) {
        case Decision::Answer: return "answer";
        case Decision::Clarify: return "clarify";
        case Decision::Handoff: return "handoff";
        case Decision::Flow: return "flow";
        case Decision::Safety: return "safety";
        case Decision::Fallback:
        case Decision::Silent: return "fallback";
        case Decision::Notice: break;
    }
    if (!plan.entry.empty()) return "answer";
    return plan.reply.choices.empty() && plan.reply.follow_ups.empty() ? "fallback" : "clarify";
}

std::string answer_to_json(const dialogue::TurnPlan& plan) {
    nlohmann::ordered_json out;
    out["decision"] = decision_word(plan);
    out["topic"] = plan.memory.topic;
    out["confidence"] = plan.confidence;
    out["answer"] = plain_text(plan.reply, {});
    out["entry_id"] = plan.entry.value;
    out["citations"] = nlohmann::ordered_json::array();
    for (const auto& citation : plan.reply.citations)
        out["citations"].push_back(
            {{"law", citation.law}, {"article", citation.article}, {"in_force", citation.in_force}});
    out["candidates"] = nlohmann::ordered_json::array();
    for (const auto& hit : plan.candidates)
        out["candidates"].push_back({{"entry_id", hit.entry.value}, {"question", hit.question}, {"score", hit.score}});
    return out.dump();
}

}  // namespace yuanda::gateway
