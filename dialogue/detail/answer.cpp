// Answer when sure, ask back when nearly sure, say so when not: never a dead end.
#include <algorithm>
#include <unordered_map>

#include "core/text.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using Meaning = OfferedChoice::Meaning;

constexpr std::size_t kCandidates = 5;  // stored with the turn
constexpr std::size_t kClarifyChoices = 4;
constexpr std::size_t kNearest = 3;
constexpr double kNearTie = 0.9;       // second score of the first
constexpr double kWorthShowing = 0.5;  // of the best score
constexpr int kClarifyingLimit = 2;    // in a row, then a person is offered
constexpr int kUnsureLimit = 2;
constexpr double kCertainTopic = 0.5;
constexpr double kLeadingTopic = 0.6;  // its titles come first

bool tapped_question(const Turn& turn) { return turn.ear.taken && turn.ear.taken->meaning == Meaning::Ask; }

/// The two best are different entries and hardly apart, and the calibrated confidence is not high either.
bool near_tie(const Turn& turn) {
    const auto& hits = turn.findings.hits;
    if (hits.hits.size() < 2 || hits.hits[0].entry == hits.hits[1].entry) return false;
    const double sure = (1 + turn.tools.thresholds.answer) / 2;
    return hits.confidence < sure && hits.hits[1].score >= kNearTie * hits.hits[0].score;
}

bool sure_enough(const Turn& turn) {
    const auto& hits = turn.findings.hits;
    if (hits.hits.empty()) return false;
    // A question we offered ourselves, or the title of an entry word for word, needs no asking back.
    if (tapped_question(turn) || turn.ear.text == hits.hits.front().question)
        return hits.confidence >= turn.tools.thresholds.clarify;
    return hits.confidence >= turn.tools.thresholds.answer && !near_tie(turn);
}

/// Titles worth offering, best first, each entry once, nothing that quiet mode must not name.
std::vector<const kb::Hit*> nearest(const Turn& turn, std::size_t limit) {
    std::vector<const kb::Hit*> out;
    const auto& hits = turn.findings.hits.hits;
    for (const auto& hit : hits) {
        if (out.size() == limit || hit.score < kWorthShowing * hits.front().score) break;
        const bool known = std::any_of(out.begin(), out.end(), [&](const kb::Hit* o) { return o->entry == hit.entry; });
        if (!known && !veiled(turn, hit.topic)) out.push_back(&hit);
    }
    return out;
}

/// A title and the entry it opens.
using Title = std::pair<std::string, EntryId>;

/// The entries of a topic that may be said today; those first that others refer to most, which are those most people
/// mean, then in the order of the base.
std::vector<Title> titles_of(const Turn& turn, std::string_view topic, std::size_t limit) {
    std::vector<Title> out;
    if (veiled(turn, topic)) return out;
    std::unordered_map<EntryId, int> referred;
    std::vector<const kb::Entry*> own;
    for (const auto& entry : turn.base.entries()) {
        for (const auto& related : entry.related) ++referred[related];
        if (entry.topic == topic) own.push_back(&entry);
    }
    std::stable_sort(own.begin(), own.end(),
                     [&](const auto* a, const auto* b) { return referred[a->id] > referred[b->id]; });
    for (const auto* entry : own) {
        if (out.size() == limit) break;
        if (turn.base.answer(*entry, turn.today())) out.emplace_back(entry->question, entry->id);
    }
    return out;
}

/// The topic a person has clearly meant; empty when they have not.
std::string leading_topic(const Turn& turn) {
    if (!turn.heard.named_topic.empty()) return turn.heard.named_topic;
    const auto& topics = turn.heard.topics;
    return !topics.empty() && topics.front().p >= kLeadingTopic ? topics.front().topic : std::string{};
}

/// What to ask back with: of what was found, the titles of the topic that was meant first.
std::vector<Title> clarifying_titles(const Turn& turn) {
    const std::string topic = leading_topic(turn);
    std::vector<Title> own, others;
    for (const auto* hit : nearest(turn, kClarifyChoices))
        (hit->topic == topic ? own : others).emplace_back(hit->question, hit->entry);
    own.insert(own.end(), others.begin(), others.end());
    return own;
}

/// The topic that all of the titles are about; empty when they are of several.
std::string shared_topic(const Turn& turn, const std::vector<Title>& titles) {
    std::string shared;
    for (const auto& [question, id] : titles) {
        const auto* entry = turn.base.find(id);
        if (entry == nullptr || (!shared.empty() && entry->topic != shared)) return {};
        shared = entry->topic;
    }
    return shared;
}

void clarify(Turn& turn, const char* rule, const std::vector<Title>& titles) {
    auto& memory = turn.memory();
    const bool enough = memory.clarified >= kClarifyingLimit && !turn.group();
    turn.decide(Decision::Clarify, enough ? "clarify.human" : rule, ReplyKind::Clarify);
    ++memory.clarified;
    memory.unsure = 0;
    // Said only where the choices bear it out: a guess of the topic that they do not share would alarm.
    const std::string topic = memory.quiet ? std::string{} : turn.tools.reader->topic_name(shared_topic(turn, titles));
    if (enough)
        turn.say("clarify.human");
    else
        turn.say(topic.empty() ? "clarify.head" : "clarify.head_topic", {{"topic", topic}});
    if (enough) turn.offer_human();
    for (const auto& [question, entry] : titles) turn.offer(Meaning::OpenEntry, question, entry.value);
    turn.offer(Meaning::Dismiss, turn.text("choice.none_of_these"));
}

/// 婚姻离婚方面: whoever names a topic and no more is shown what it has, not the entry that happens to sound alike.
bool try_named_topic(Turn& turn) {
    const std::string& topic = turn.heard.named_topic;
    if (topic.empty() || tapped_question(turn)) return false;
    const auto titles = titles_of(turn, topic, kClarifyChoices);
    if (titles.size() < 2) return false;
    const auto& hits = turn.findings.hits.hits;
    if (!hits.empty() && hits.front().question == turn.ear.said) return false;
    clarify(turn, "clarify.topic", titles);
    return true;
}

bool names_family(const Turn& turn) {
    static constexpr std::array<std::string_view, 9> kRoles{"spouse", "ex_spouse", "partner",     "parent",  "child",
                                                            "in_law", "sibling",   "grandparent", "relative"};
    return std::any_of(turn.heard.entities.begin(), turn.heard.entities.end(), [](const nlu::Entity& entity) {
        return entity.kind == nlu::Entity::Kind::Person &&
               std::find(kRoles.begin(), kRoles.end(), entity.value) != kRoles.end();
    });
}

/// 我老公昨天打我了 is no alarm, and not a thing to be unsure about either (its topic is then T07, domestic violence).
bool try_violence_told(Turn& turn) {
    const auto& told = turn.heard.told;
    const bool meant = std::find(told.begin(), told.end(), nlu::Risk::ViolenceNow) != told.end() &&
                       leading_topic(turn) == kViolenceTopic;
    if (!meant) return false;
    if (names_family(turn))
        if (const auto* entry = turn.base.find(EntryId{turn.text("entry.beaten")}); entry && say_entry(turn, *entry)) {
            if (turn.plan.decision == Decision::Answer) turn.plan.rule = "answer.told";
            return true;
        }
    const auto titles = titles_of(turn, kViolenceTopic, kClarifyChoices);
    if (titles.empty()) return false;  // quiet mode offers none
    turn.say("clarify.told");
    clarify(turn, "clarify.told", titles);
    return true;
}

void fall_back(Turn& turn, std::string rule, std::string_view head) {
    auto& memory = turn.memory();
    turn.decide(Decision::Fallback, std::move(rule), ReplyKind::Unsure);
    ++memory.unsure;
    memory.clarified = 0;
    const bool again = memory.unsure >= kUnsureLimit && !turn.group();
    turn.say(head);
    if (again) turn.say("fallback.again");
    const auto titles = nearest(turn, kNearest);
    if (again)
        turn.offer_human();
    else if (!titles.empty())
        turn.say("fallback.nearest");
    else if (!turn.group())
        turn.say("fallback.ask_human");
    for (const auto* hit : titles) turn.offer(Meaning::OpenEntry, hit->question, hit->entry.value);
    if (turn.group())
        turn.say("fallback.group");
    else if (!again)
        turn.offer_human();
}

/// Wishes the knowledge base has no entry for, answered decently.
bool try_service_wish(Turn& turn) {
    const auto respond = [&](const char* rule, std::string_view key) {
        turn.decide(Decision::Notice, rule, ReplyKind::Notice);
        turn.say(key);
        if (!turn.group()) turn.offer_human();
        return true;
    };
    switch (turn.heard.intent) {
        case nlu::Intent::Complain: return respond("service.complain", "social.complain");
        case nlu::Intent::Appointment: return respond("service.appointment", "social.appointment");
        case nlu::Intent::OffTopic:
            turn.decide(Decision::Fallback, "fallback.off_topic", ReplyKind::Unsure);
            turn.say("fallback.off_topic");
            if (!turn.group()) turn.offer_human();
            return true;
        default: return false;
    }
}

void remember_question(Turn& turn) {
    auto& memory = turn.memory();
    keep_last(memory.asked, tapped_question(turn) ? turn.ear.taken->value : turn.ear.said);
    if (!turn.heard.topics.empty() && turn.heard.topics.front().p >= kCertainTopic) memory.topic = turn.heard.topic();
}

}  // namespace

bool veiled(const Turn& turn, std::string_view topic) { return turn.plan.memory.quiet && topic == kViolenceTopic; }

bool say_entry(Turn& turn, const kb::Entry& entry) {
    auto& memory = turn.memory();
    if (veiled(turn, entry.topic)) {
        turn.decide(Decision::Notice, "answer.quiet", ReplyKind::Notice);
        turn.say("fallback.quiet");
        turn.offer_human();
        return true;
    }
    auto reply = turn.base.answer(entry, turn.today());
    if (!reply) return false;
    turn.decide(Decision::Answer, "answer.entry", ReplyKind::Answer);
    const auto follow_ups = std::exchange(reply->follow_ups, {});
    turn.plan.reply = std::move(*reply);
    turn.plan.reply.feedback = !turn.group();
    turn.plan.entry = entry.id;
    turn.forget_choices();
    for (const auto& question : follow_ups) turn.offer_follow_up(Meaning::Ask, question, question);
    // 法律援助法 23: whoever is advised is told that aid can be applied for.
    if (!entry.aid.empty() && entry.aid != "advice" && !turn.group())
        turn.offer_follow_up(Meaning::Apply, turn.text("choice.apply"));
    memory.topic = entry.topic;
    memory.entry = entry.id;
    memory.clarified = 0;
    memory.unsure = 0;
    keep_last(memory.answered, entry.question);
    return true;
}

void answer_question(Turn& turn) {
    if (turn.ear.search.empty()) {
        turn.decide(Decision::Notice, "notice.nothing_heard", ReplyKind::Notice);
        turn.say("notice.nothing_heard");
        return;
    }
    const auto& found = turn.findings.hits;
    remember_question(turn);
    turn.plan.confidence = found.confidence;
    turn.plan.candidates.assign(
        found.hits.begin(), found.hits.begin() + static_cast<std::ptrdiff_t>(std::min(kCandidates, found.hits.size())));
    if (try_named_topic(turn)) return;
    if (sure_enough(turn)) {
        const auto* entry = turn.base.find(found.hits.front().entry);
        if (entry && say_entry(turn, *entry)) return;
        return fall_back(turn, "answer.expired", "fallback.expired");
    }
    if (try_violence_told(turn)) return;
    if (found.confidence < turn.tools.thresholds.answer && try_service_wish(turn)) return;
    if (found.confidence >= turn.tools.thresholds.clarify && !nearest(turn, 1).empty())
        return clarify(turn, "clarify.choices", clarifying_titles(turn));
    fall_back(turn, "fallback.unsure", turn.memory().quiet ? "fallback.quiet" : "fallback.head");
}

}  // namespace yuanda::dialogue
