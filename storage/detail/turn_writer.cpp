// Writes one turn: receipt first, then compare-and-set, then everything the turn changes.
#include "storage/detail/turn_writer.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "core/text.hpp"
#include "core/token.hpp"
#include "storage/detail/sealed_row.hpp"
#include "storage/detail/values.hpp"

namespace yuanda::storage {
namespace {

template <class IdType>
IdType first_of(const IdType& a, const IdType& b, TimePoint now, Random& random) {
    if (!a.empty()) return a;
    return b.empty() ? IdType(uuid_v7(now, random)) : b;
}

std::string receipt_row(const Message& m) { return m.conversation.inbox.value + "\n" + m.external_id.value; }

/// 关注, 进入会话: things done, not said; nobody has to read them.
bool says_something(const Message& m) {
    const auto is_event = [](const Part& part) { return std::holds_alternative<ContactEvent>(part); };
    return m.parts.empty() || !std::all_of(m.parts.begin(), m.parts.end(), is_event);
}

std::string codes_json(const Json& json) { return json.dump(); }

}  // namespace

TurnWriter::TurnWriter(TurnCommit commit, const Sealer& sealer, Random& random)
    : commit_(std::move(commit)), sealer_(&sealer), random_(&random), is_new_(commit_.before.version == 0) {
    TurnCommit& c = commit_;
    conversation_ = first_of(c.after.id, c.before.id, c.now, random);
    contact_ = first_of(c.after.contact, c.before.contact, c.now, random);
    outcome_.inbound_seq = outcome_.last_seq = c.before.last_seq + 1;

    StoredMessage in = c.stored_inbound;
    in.conversation = conversation_;
    in.from = From::Contact;
    in.seq = outcome_.inbound_seq;
    if (in.at == TimePoint{}) in.at = c.now;
    // The lists show what a person said. An order stands there only while nothing else was ever said.
    const std::string last = c.tells || is_new_ ? in.text : std::string{};
    if (c.outbound) {
        StoredMessage out = *c.outbound;
        out.conversation = conversation_;
        out.seq = outcome_.last_seq = in.seq + 1;
        if (out.at == TimePoint{}) out.at = c.now;
        outbound_ = seal_message(std::move(out), sealer);
    }
    c.answer.message = in.id;
    c.answer.seq = in.seq;
    if (c.outbox && c.outbox->offered) c.answer.outbox = c.outbox->id;
    inbound_ = seal_message(std::move(in), sealer);

    const SealedRow row(sealer, "conversation", conversation_.value);
    memory_ = row.seal("memory", dialogue::memory_to_json(c.after.memory));
    last_text_ = row.seal("last_text", utf8_prefix(last, kLastTextChars));
    detail_ = SealedRow(sealer, "turn", c.turn.value).seal("detail", c.detail);
    const std::string receipt = receipt_row(c.inbound);
    answer_ = SealedRow(sealer, "inbound_receipt", receipt).seal("body", c.answer.body);
    at_risk_ = !c.after.memory.risks.empty();
    for (const auto& effect : c.effects)
        if (const auto* queue = std::get_if<dialogue::QueueForLawyer>(&effect)) at_risk_ = at_risk_ || queue->risk;
}

std::string TurnWriter::order() const {
    if (!is_new_) return "0" + conversation_.value;
    const ConversationKey& key = commit_.inbound.conversation;
    return "1" + key.inbox.value + "\n" + key.peer.value;
}

Result<> TurnWriter::write(Session& session) {
    const std::int64_t inbound_seq = inbound_.message.seq;
    outcome_ = {CommitOutcome::Kind::Committed, commit_.answer, inbound_seq,
                outbound_ ? outbound_->message.seq : inbound_seq};
    if (!claim_receipt(session)) return load_stored_answer(session), Result<>();
    if (is_new_) {
        create_conversation(session);
    } else if (!advance_conversation(session)) {
        return Error(ErrorCode::Conflict, "the conversation moved on");
    }
    write_messages(session);
    write_turn(session);
    const int number = write_window(session);
    write_outbox(session, number);
    for (const auto& effect : commit_.effects) std::visit([&](const auto& what) { apply(session, what); }, effect);
    return {};
}

/// Inserted first, never checked first: no row back means that another was first, in this process or beside it.
bool TurnWriter::claim_receipt(Session& session) const {
    std::int64_t seq = 0;
    Query query(
        session,
        "INSERT INTO inbound_receipt (inbox, external_id, message_id, seq, status, content_type, body, outbox_id,"
        " at) VALUES (:inbox, :external, :message, :seq, :status, :type, :body, :outbox, :at)"
        " ON CONFLICT (inbox, external_id) DO NOTHING RETURNING seq");
    query.in(commit_.inbound.conversation.inbox)
        .in(commit_.inbound.external_id)
        .in(commit_.answer.message)
        .in(commit_.answer.seq)
        .in(commit_.answer.status)
        .in(commit_.answer.content_type)
        .in(answer_)
        .in(commit_.answer.outbox)
        .in(commit_.now);
    return query.out(seq).next();
}

void TurnWriter::load_stored_answer(Session& session) {
    const Message& in = commit_.inbound;
    auto stored = read_stored_answer(session, in.conversation.inbox, in.external_id, *sealer_);
    // Under PostgreSQL's READ COMMITTED the row we collided with is visible to the next statement.
    if (!stored) throw SqlFailure(Error(ErrorCode::Unavailable, "the first receipt is not visible yet"), false);
    outcome_ = {CommitOutcome::Kind::Duplicate, std::move(*stored), 0, 0};
}

void TurnWriter::create_conversation(Session& session) const {
    const ConversationKey& key = commit_.inbound.conversation;
    const auto& after = commit_.after;
    Query(session, "INSERT INTO contact (id, created_at) VALUES (:id, :at)").in(contact_).in(commit_.now).run();
    Query(session, "INSERT INTO contact_identity (inbox, peer, contact_id, created_at) VALUES (:i, :p, :c, :at)")
        .in(key.inbox)
        .in(key.peer)
        .in(contact_)
        .in(commit_.now)
        .run();
    Query(session,
          "INSERT INTO conversation (id, inbox, peer, channel, is_group, contact_id, owner, lawyer_id, waiting_since,"
          " queued_at, topic, risks, risk, memory, last_text, last_from, last_at, unread, version, last_seq,"
          " started_at) VALUES (:id, :inbox, :peer, :channel, :is_group, :contact, :owner, :lawyer, :waiting, :queued,"
          " :topic, :risks, :risk, :memory, :text, :from, :at, 1, 1, :seq, :started)")
        .in(conversation_)
        .in(key.inbox)
        .in(key.peer)
        .in(name_of(key.channel))
        .in(key.group)
        .in(contact_)
        .in(desk::name_of(after.ownership.owner))
        .in(after.ownership.lawyer)
        .in(after.ownership.waiting_since)
        .in(after.ownership.queued_at)
        .in(after.memory.topic)
        .in(list_to_json(codes_of(after.memory.risks)))
        .in(at_risk_)
        .in(memory_)
        .in(last_text_)
        .in(name_of(From::Contact))
        .in(commit_.now)
        .in(outcome_.last_seq)
        .in(commit_.now)
        .run();
}

bool TurnWriter::advance_conversation(Session& session) const {
    const auto& after = commit_.after;
    // A turn without words of their own (a menu event, an order) leaves the list's last line as it is.
    return Query(
               session,
               "UPDATE conversation SET owner = :owner, lawyer_id = :lawyer, waiting_since = :waiting,"
               " queued_at = :queued, topic = :topic, risks = :risks, risk = :risk, memory = :memory,"
               " last_text = CASE WHEN :text = '' THEN last_text ELSE :text2 END,"
               " last_from = CASE WHEN :text3 = '' THEN last_from ELSE :from END, last_at = :at,"
               " unread = unread + :said, version = version + 1, last_seq = :seq WHERE id = :id AND version = :version")
               .in(desk::name_of(after.ownership.owner))
               .in(after.ownership.lawyer)
               .in(after.ownership.waiting_since)
               .in(after.ownership.queued_at)
               .in(after.memory.topic)
               .in(list_to_json(codes_of(after.memory.risks)))
               .in(at_risk_)
               .in(memory_)
               .in(last_text_)
               .in(last_text_)
               .in(last_text_)
               .in(name_of(From::Contact))
               .in(commit_.now)
               .in(says_something(commit_.inbound))
               .in(outcome_.last_seq)
               .in(conversation_)
               .in(commit_.before.version)
               .run() == 1;
}

void TurnWriter::write_messages(Session& session) const {
    if (outbound_)
        insert_messages(session, inbound_, *outbound_);
    else
        insert_message(session, inbound_);
}

void TurnWriter::write_turn(Session& session) const {
    Query(session,
          "INSERT INTO turn (id, conversation_id, message_id, at, decision, rule, entry, confidence, detail)"
          " VALUES (:id, :conversation, :message, :at, :decision, :rule, :entry, :confidence, :detail)")
        .in(commit_.turn)
        .in(conversation_)
        .in(inbound_.message.id)
        .in(commit_.now)
        .in(commit_.decision)
        .in(commit_.rule)
        .in(commit_.entry)
        .in(commit_.confidence)
        .in(detail_)
        .run();
}

/// Rows that waited for the contact to write, and those behind them, are the first answers to what was written now.
/// One that was tried and may have arrived keeps its token: under it a repeat is known. Returns how many.
int TurnWriter::release_held(Session& session) const {
    std::vector<std::string> held;
    std::string id;
    Query query(session,
                "SELECT id FROM outbox WHERE conversation_id = :id AND pending = 1"
                " AND (state = 'held' OR (state = 'queued' AND attempts = 0)) ORDER BY seq");
    query.in(conversation_).out(id);
    while (query.next()) held.push_back(id);
    int number = 0;
    for (const std::string& row : held)
        Query(session,
              "UPDATE outbox SET state = 'queued', next_at = :now, reply_token = :token, reply_number = :number,"
              " own_id = :own WHERE id = :id")
            .in(commit_.now)
            .in(commit_.inbound.reply_token)
            .in(++number)
            .in(commit_.inbound.own_id)
            .in(row)
            .run();
    return number;
}

/// A message of the contact opens a fresh window; a reply already on its way inside a webhook uses none of it.
/// Returns the number of the turn's own reply in that window.
int TurnWriter::write_window(Session& session) const {
    if (commit_.inbound.conversation.channel == Channel::Webchat) return 1;  // the page pulls
    if (!commit_.opens_window) return 1;
    const int released = is_new_ ? 0 : release_held(session);
    const bool uses_one = commit_.outbox && !commit_.outbox->offered;
    Query(session,
          "INSERT INTO quota_window (conversation_id, opened_at, used, reply_token, own_id)"
          " VALUES (:id, :at, :used, :token, :own) ON CONFLICT (conversation_id) DO UPDATE SET"
          " opened_at = excluded.opened_at, used = excluded.used, reply_token = excluded.reply_token,"
          " own_id = excluded.own_id")
        .in(conversation_)
        .in(commit_.now)
        .in(released + (uses_one ? 1 : 0))
        .in(commit_.inbound.reply_token)
        .in(commit_.inbound.own_id)
        .run();
    return released + 1;
}

void TurnWriter::write_outbox(Session& session, int number) const {
    if (!commit_.outbox || !outbound_) return;
    const ConversationKey& key = commit_.inbound.conversation;
    OutboxRow row;
    row.id = commit_.outbox->id;
    row.conversation = conversation_;
    row.message = outbound_->message.id;
    row.inbox = key.inbox;
    row.channel = key.channel;
    row.peer = key.peer;
    row.group = key.group;
    row.seq = outbound_->message.seq;
    row.reply_token = commit_.outbox->reply_token;
    row.reply_number = number;
    row.own_id = commit_.outbox->own_id;
    row.created_at = commit_.now;
    insert_outbox(session, row, commit_.outbox->offered);
}

void TurnWriter::apply(Session& session, const dialogue::QueueForLawyer& effect) const {
    const SealedRow row(*sealer_, "conversation", conversation_.value);
    Query(session, "UPDATE conversation SET handover = :handover WHERE id = :id")
        .in(row.seal("handover", handover_to_json(effect.handover)))
        .in(conversation_)
        .run();
    append_event(session, {"conversation.queue", conversation_.value, "contact",
                           codes_json({{"risk", at_risk_}, {"turn", commit_.turn.value}}), commit_.now});
}

void TurnWriter::apply(Session& session, const dialogue::SubmitApplication& effect) const {
    casework::Application application = effect.application;
    application.contact = contact_;
    application.conversation = conversation_;
    insert_application(session, application, *sealer_);
    insert_milestone(
        session, application.id, application.version,
        {casework::State::Draft, application.state, casework::Action::Submit, "applicant", "", commit_.now}, *sealer_);
    const auto fact = [&](const char* key) {
        const auto found = application.facts.find(key);
        return found == application.facts.end() ? std::string{} : found->second;
    };
    const SealedRow row(*sealer_, "contact", contact_.value);
    const std::string phone = fact("phone");
    Query(session, "UPDATE contact SET name = :name, phone = :phone, phone_key = :key WHERE id = :id")
        .in(row.seal("name", fact("name")))
        .in(row.seal("phone", phone))
        .in(phone.empty() ? std::string{} : sealer_->search_key(phone, "contact.phone"))
        .in(contact_)
        .run();
    append_event(session,
                 {"application.submit", application.id.value, "contact",
                  codes_json({{"conversation", conversation_.value}, {"number", application.number}}), commit_.now});
}

void TurnWriter::apply(Session& session, const dialogue::MakePromise& effect) const {
    Query(session,
          "INSERT INTO promise (id, conversation_id, kind, due_at, made_at) VALUES (:id, :c, :kind, :due, :at)")
        .in(uuid_v7(commit_.now, *random_))
        .in(conversation_)
        .in(effect.kind)
        .in(effect.due)
        .in(commit_.now)
        .run();
    append_event(session, {"promise.make", conversation_.value, "bot",
                           codes_json({{"kind", effect.kind}, {"due", to_epoch_ms(effect.due)}}), commit_.now});
}

void TurnWriter::apply(Session& session, const dialogue::AlertDesk& effect) const {
    Query(session, "UPDATE conversation SET risk = 1 WHERE id = :id").in(conversation_).run();
    append_event(session, {"desk.alert", conversation_.value, "bot", codes_json({{"risks", codes_of(effect.risks)}}),
                           commit_.now});
}

std::optional<StoredAnswer> read_stored_answer(Session& session, const InboxId& inbox, const ExternalId& id,
                                               const Sealer& sealer) {
    StoredAnswer answer;
    std::string body;
    Query query(session,
                "SELECT message_id, seq, status, content_type, outbox_id, body FROM inbound_receipt"
                " WHERE inbox = :inbox AND external_id = :id");
    query.in(inbox)
        .in(id)
        .out(answer.message)
        .out(answer.seq)
        .out(answer.status)
        .out(answer.content_type)
        .out(answer.outbox)
        .out(body);
    if (!query.next()) return std::nullopt;
    const std::string row = inbox.value + "\n" + id.value;
    answer.body = SealedRow(sealer, "inbound_receipt", row).open("body", body);
    return answer;
}

}  // namespace yuanda::storage
