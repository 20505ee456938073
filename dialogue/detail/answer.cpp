// Answer when sure, ask back when nearly sure, say so when not: never a dead end (voice.md section 2).
#include <algorithm>

#include "core/text.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using Meaning = OfferedChoice::Meaning;

constexpr std::size_t kKept = 10;       // asked and answered questions remembered
constexpr std::size_t kCandidates = 5;  // stored with the turn
constexpr std::size_t kClarifyChoices = 4;
constexpr std::size_t kNearest = 3;
constexpr double kNearTie = 0.9;       // second score of the first
constexpr double kWorthShowing = 0.5;  // of the best score
constexpr int kClarifyingLimit = 2;    // in a row, then a person is offered
constexpr int kUnsureLimit = 2;
constexpr double kCertainTopic = 0.5;
constexpr std::string_view kViolenceTopic = "T07";

void keep_last(std::vector<std::string>& list, std::string item) {
    if (item.empty()) return;
    list.push_back(std::string(utf8_prefix(item, 200)));
    if (list.size() > kKept) list.erase(list.begin());
}

bool veiled(const Turn& turn, std::string_view topic) { return turn.plan.memory.quiet && topic == kViolenceTopic; }

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

void clarify(Turn& turn) {
    auto& memory = turn.memory();
    const bool enough = memory.clarified >= kClarifyingLimit && !turn.group();
    turn.decide(Decision::Clarify, enough ? "clarify.human" : "clarify.choices", ReplyKind::Clarify);
    ++memory.clarified;
    memory.unsure = 0;
    const std::string topic = memory.quiet ? std::string{} : turn.tools.reader->topic_name(turn.heard.topic());
    if (enough)
        turn.say("clarify.human");
    else
        turn.say(topic.empty() ? "clarify.head" : "clarify.head_topic", {{"topic", topic}});
    if (enough) turn.offer_human();
    for (const auto* hit : nearest(turn, kClarifyChoices))
        turn.offer(Meaning::OpenEntry, hit->question, hit->entry.value);
    turn.offer(Meaning::Dismiss, turn.text("choice.none_of_these"));
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
    keep_last(memory.asked, tapped_question(turn) ? turn.ear.taken->value : turn.ear.text);
    if (!turn.heard.topics.empty() && turn.heard.topics.front().p >= kCertainTopic) memory.topic = turn.heard.topic();
}

}  // namespace

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
    if (sure_enough(turn)) {
        const auto* entry = turn.base.find(found.hits.front().entry);
        if (entry && say_entry(turn, *entry)) return;
        return fall_back(turn, "answer.expired", "fallback.expired");
    }
    if (found.confidence < turn.tools.thresholds.answer && try_service_wish(turn)) return;
    if (found.confidence >= turn.tools.thresholds.clarify && !nearest(turn, 1).empty()) return clarify(turn);
    fall_back(turn, "fallback.unsure", turn.memory().quiet ? "fallback.quiet" : "fallback.head");
}

}  // namespace yuanda::dialogue
