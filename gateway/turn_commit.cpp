// Reads what a turn needs, asks dialogue twice, and assembles the one transaction.
#include "gateway/turn_commit.hpp"

#include "core/json.hpp"
#include "core/text.hpp"
#include "core/token.hpp"
#include "nlu/understanding_json.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::size_t kMaxText = 8000;  // characters of one message that are read

/// How a message without words stands in the record.
std::string record_key(const Part& part) {
    if (const auto* media = std::get_if<Media>(&part)) {
        static constexpr std::array<const char*, 7> kKinds{"image",    "voice", "video", "file",
                                                           "location", "link",  "other"};
        return std::string("record.") + kKinds[static_cast<std::size_t>(media->kind)];
    }
    if (const auto* event = std::get_if<ContactEvent>(&part)) {
        static constexpr std::array<const char*, 4> kKinds{"subscribed", "unsubscribed", "entered", "event"};
        return std::string("record.") + kKinds[static_cast<std::size_t>(event->kind)];
    }
    return "record.other";
}

std::string record_text(const Message& message, const Texts& texts) {
    std::string out = spoken_text(message);
    for (const auto& part : message.parts) {
        if (std::holds_alternative<Text>(part) || std::holds_alternative<Choice>(part)) continue;
        const auto* media = std::get_if<Media>(&part);
        const bool labelled = media && media->kind != Media::Kind::Voice;  // recognised speech was said, and is there
        out = texts[record_key(part)] + (labelled ? media->description : std::string{}) + out;
    }
    return out;
}

/// A tap names a choice by id; its words are what we offered.
void fill_choice_text(Message& message, const dialogue::Memory& memory) {
    for (auto& part : message.parts) {
        auto* choice = std::get_if<Choice>(&part);
        if (!choice || !choice->text.empty()) continue;
        for (const auto& offered : memory.offered)
            if (offered.id == choice->id) choice->text = offered.text;
    }
}

std::string detail_json(const nlu::Understanding& understanding, const dialogue::TurnPlan& plan) {
    Json candidates = Json::array();
    for (const auto& hit : plan.candidates) candidates.push_back({{"entry", hit.entry.value}, {"score", hit.score}});
    Json detail = Json::parse(nlu::understanding_to_json("", understanding), nullptr, false);
    detail.erase("segments");
    return Json{{"understanding", std::move(detail)}, {"candidates", std::move(candidates)}}.dump();
}

/// What the sender called the message: the web page's part behind its visitor, elsewhere the whole id.
std::string own_message_id(const Message& message) {
    const std::string& id = message.external_id.value;
    return message.conversation.channel == Channel::Webchat ? id.substr(id.rfind('|') + 1) : id;
}

/// Whether the platform takes an answer to it: words, files and a first contact, but no 取消关注.
bool can_be_answered(const Message& message) {
    return std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) {
        const auto* event = std::get_if<ContactEvent>(&part);
        return !event || event->kind == ContactEvent::Kind::Subscribed || event->kind == ContactEvent::Kind::Entered;
    });
}

int china_year(TimePoint now) { return static_cast<int>(china_date(now).year()); }

}  // namespace

Result<dialogue::Conversation> TurnPlanner::conversation_of(const Message& message, TimePoint now) const {
    auto found = parts_->conversations.find(message.conversation.inbox, message.conversation.peer);
    if (!found.has_value()) return found.error();
    if (found->has_value()) return std::move(**found);
    dialogue::Conversation fresh;
    fresh.id = ConversationId{uuid_v7(now, parts_->random)};
    fresh.contact = ContactId{uuid_v7(now, parts_->random)};
    fresh.key = message.conversation;
    fresh.started_at = now;
    return fresh;
}

Result<dialogue::Findings> TurnPlanner::find_out(const dialogue::Conversation& conversation, const Message& message,
                                                 const nlu::Understanding& understanding, const kb::Index& index,
                                                 TimePoint now) const {
    dialogue::Findings findings;
    findings.desk = parts_->desk.snapshot();
    findings.queue_position = conversation.ownership.owner == desk::Owner::Queued
                                  ? parts_->desk.position(conversation.id)
                                  : findings.desk.queued + 1;
    const auto lookup = parts_->planner.lookup(conversation, message, understanding, now);
    if (!lookup) return findings;
    if (!lookup->search.empty()) {
        auto hits = index.search(lookup->search, lookup->topic, 5);
        if (!hits.has_value()) return hits.error();
        findings.hits = std::move(*hits);
    }
    if (lookup->applications) {
        auto applications = parts_->applications.of_contact(conversation.contact);
        if (!applications.has_value()) return applications.error();
        findings.applications = std::move(*applications);
    }
    if (lookup->next_serial) {
        const auto serial = parts_->applications.next_serial(parts_->centre_short, china_year(now));
        if (!serial.has_value()) return serial.error();
        findings.next_serial = *serial;
    }
    return findings;
}

Result<PlannedTurn> TurnPlanner::plan(Message message) const {
    const TimePoint now = parts_->clock.now();
    auto conversation = conversation_of(message, now);
    if (!conversation.has_value()) return conversation.error();
    fill_choice_text(message, conversation->memory);
    const std::string spoken = spoken_text(message);
    const auto understanding = parts_->reader.read(utf8_prefix(spoken, kMaxText));
    const auto generation = parts_->knowledge.current();
    const auto findings = find_out(*conversation, message, understanding, *generation->index, now);
    if (!findings.has_value()) return findings.error();
    const ApplicationId application{uuid_v7(now, parts_->random)};
    auto plan =
        parts_->planner.plan(*conversation, message, understanding, *findings, *generation->base, application, now);
    std::string detail = detail_json(understanding, plan);
    return assemble(std::move(message), std::move(*conversation), std::move(plan), std::move(detail), now);
}

bool TurnPlanner::must_be_read(const Message& message) const {
    const auto understanding = parts_->reader.read(utf8_prefix(spoken_text(message), kMaxText));
    return !understanding.risks.empty() || understanding.intent == nlu::Intent::AskHuman;
}

bool TurnPlanner::answers_us(const Message& message) const {
    const auto found = parts_->conversations.find(message.conversation.inbox, message.conversation.peer);
    if (!found.has_value() || !*found) return false;
    const auto& memory = (*found)->memory;
    if (memory.flow && !memory.flow->paused) return true;
    return std::any_of(message.parts.begin(), message.parts.end(), [&](const Part& part) {
        const auto* tapped = std::get_if<Choice>(&part);
        return tapped && std::any_of(memory.offered.begin(), memory.offered.end(),
                                     [&](const dialogue::OfferedChoice& offered) { return offered.id == tapped->id; });
    });
}

Result<PlannedTurn> TurnPlanner::plan_too_fast(Message message, bool notice) const {
    const TimePoint now = parts_->clock.now();
    auto conversation = conversation_of(message, now);
    if (!conversation.has_value()) return conversation.error();
    dialogue::TurnPlan plan;
    plan.rule = "limit.contact";
    plan.memory = conversation->memory;
    plan.ownership = desk::contact_wrote(conversation->ownership, now);
    if (notice && conversation->ownership.owner != desk::Owner::Human) {
        plan.decision = dialogue::Decision::Notice;
        plan.reply.paragraphs.push_back(parts_->texts["too_fast"]);
    }
    return assemble(std::move(message), std::move(*conversation), std::move(plan), "{}", now);
}

Result<PlannedTurn> TurnPlanner::assemble(Message message, dialogue::Conversation before, dialogue::TurnPlan plan,
                                          std::string detail, TimePoint now) const {
    const Inbox* inbox = parts_->inboxes.find(message.conversation.inbox);
    if (!inbox) return Error{ErrorCode::NotFound, "no such inbox"};
    PlannedTurn planned;
    auto& commit = planned.commit;
    commit.now = now;
    commit.turn = TurnId{uuid_v7(now, parts_->random)};
    commit.decision = std::string(dialogue::name_of(plan.decision));
    commit.rule = plan.rule;
    commit.entry = plan.entry.value;
    commit.confidence = plan.confidence;
    commit.detail = std::move(detail);
    commit.effects = std::move(plan.effects);
    commit.opens_window = can_be_answered(message);
    commit.tells = plan.tells;

    commit.stored_inbound.id = MessageId{uuid_v7(now, parts_->random)};
    commit.stored_inbound.conversation = before.id;
    commit.stored_inbound.from = storage::From::Contact;
    commit.stored_inbound.at = now;
    commit.stored_inbound.cmid = own_message_id(message);
    commit.stored_inbound.text = record_text(message, parts_->texts);
    commit.answer.status = 0;  // no passive answer: the channel's plain ack
    commit.answer.message = commit.stored_inbound.id;

    if (!plan.reply.empty()) {
        storage::StoredMessage reply;
        reply.id = MessageId{uuid_v7(now, parts_->random)};
        reply.conversation = before.id;
        // While a person owns the conversation nothing speaks beside them: what must be said is a line of the system.
        const bool beside_a_person = plan.ownership.owner == desk::Owner::Human;
        reply.from = beside_a_person ? storage::From::System : storage::From::Bot;
        reply.at = now;
        reply.text = plain_text(plan.reply, {});
        if (!beside_a_person) reply.card = reply_to_json(plan.reply);
        if (!inbox->adapter->capabilities().pull) {
            storage::OutboxDraft draft;
            draft.id = OutboxId{uuid_v7(now, parts_->random)};
            draft.message = reply.id;
            draft.reply_token = message.reply_token;
            draft.own_id = message.own_id;
            if (auto passive = inbox->adapter->encode_passive(plan.reply, message, now)) {
                draft.offered = true;
                commit.answer.status = passive->status;
                commit.answer.content_type = std::move(passive->content_type);
                commit.answer.body = std::move(passive->body);
                commit.answer.outbox = draft.id;
            }
            commit.outbox = std::move(draft);
        }
        commit.outbound = std::move(reply);
    }
    commit.after = before;
    commit.after.memory = std::move(plan.memory);
    commit.after.ownership = plan.ownership;
    commit.before = std::move(before);
    commit.inbound = std::move(message);
    return planned;
}

}  // namespace yuanda::gateway
