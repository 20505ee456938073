// The way to a person: into the queue with a sheet, honest words about the wait, silence while a person owns it.
#include <algorithm>
#include <map>

#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;
using desk::Owner;

constexpr minutes kAnswerAfterOpening{30};  // promised to whoever wrote out of hours

std::string joined(const std::vector<std::string>& items, std::string_view between) {
    std::string out;
    for (const auto& item : items) {
        if (!out.empty()) out += between;
        out += item;
    }
    return out;
}

std::string dates_of(Turn& turn) {
    std::vector<std::string> dates;
    for (const auto& entity : turn.heard.entities)
        if (entity.kind == nlu::Entity::Kind::Date) dates.push_back(entity.text);
    if (const auto& flow = turn.memory().flow)
        if (const auto found = flow->facts.find("deadline"); found != flow->facts.end())
            if (parse_iso_date(found->second)) dates.push_back(found->second);
    return joined(dates, "；");
}

/// What the questions together speak of most, not the last of them alone: each counts with the probability of its
/// guesses. The topic of the conversation when they name none.
std::string topic_of_questions(Turn& turn) {
    std::map<std::string, double> weight;
    for (const auto& question : turn.memory().asked)
        for (const auto& guess : turn.tools.reader->read(question).topics) weight[guess.topic] += guess.p;
    const auto most = std::max_element(weight.begin(), weight.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == weight.end() ? turn.memory().topic : most->first;
}

/// `unclear` stands on its own line of the sheet and is not said twice.
std::string matter_of(Turn& turn, const std::string& unclear) {
    const auto& memory = turn.memory();
    if (memory.flow)
        if (const auto story = memory.flow->facts.find("story");
            story != memory.flow->facts.end() && !story->second.empty())
            return story->second;
    const std::string topic = turn.tools.reader->topic_name(topic_of_questions(turn));
    auto questions = memory.asked;
    if (!unclear.empty()) std::erase(questions, unclear);
    const std::string asked = joined(questions, "；");
    if (topic.empty() || asked.empty()) return topic + asked;
    return topic + "：" + asked;
}

desk::Handover sheet(Turn& turn, std::string_view reason_key) {
    const auto& memory = turn.memory();
    desk::Handover handover;
    handover.reason = turn.text(reason_key);
    handover.wish = turn.text(memory.flow ? "reason.wish_apply" : "reason.wish_answer");
    handover.dates = dates_of(turn);
    handover.answered = joined(memory.answered, "；");
    // What was asked after the last answer is still open. Where nothing was answered the matter itself is.
    const bool open = (memory.unsure > 0 || memory.clarified > 0) && !memory.answered.empty();
    if (open && memory.asked.size() > 1) handover.unclear = memory.asked.back();
    handover.matter = matter_of(turn, handover.unclear);
    handover.turns = memory.turns;
    return handover;
}

void tell_wait(Turn& turn) {
    const int position = std::max(1, turn.findings.queue_position);
    const auto estimate = desk::estimate_minutes(turn.findings.desk, position);
    const Values values{{"ahead", std::to_string(position - 1)},
                        {"minutes", estimate ? std::to_string(*estimate) : std::string{}}};
    if (position == 1)
        turn.say(estimate ? "handoff.next" : "handoff.next_unknown", values);
    else
        turn.say(estimate ? "handoff.ahead" : "handoff.ahead_unknown", values);
}

}  // namespace

void queue_for_lawyer(Turn& turn, std::string_view reason_key, bool risk) {
    const bool already = turn.plan.ownership.owner == Owner::Queued;
    turn.plan.ownership = desk::request_human(turn.plan.ownership, turn.now);
    if (already && !risk) return;
    turn.plan.effects.emplace_back(QueueForLawyer{sheet(turn, reason_key), risk});
    turn.memory().queue_noticed = false;
}

// Every time spoken to a citizen is a stored deadline, so that a promise that is broken shows.
void say_promise(Turn& turn, std::string_view key) {
    const TimePoint due = turn.findings.desk.next_opening + kAnswerAfterOpening;
    turn.say(key, {{"due", time_phrase(turn.now, due)}});
    turn.plan.effects.emplace_back(MakePromise{due, "reply"});
}

void tell_queue(Turn& turn, std::string_view head_key) {
    const auto& snapshot = turn.findings.desk;
    if (snapshot.on_duty) {
        turn.say(head_key);
        tell_wait(turn);
        turn.say("handoff.passed_on");
    } else {
        turn.say("handoff.off_duty", {{"opening", time_phrase(turn.now, snapshot.next_opening)}});
        say_promise(turn, "handoff.promise");
        turn.say("handoff.passed_on");
        turn.say("handoff.ways");
        turn.offer(Turn::Meaning::LeaveMessage, turn.text("choice.leave_message"));
        if (!turn.memory().flow) turn.offer(Turn::Meaning::Apply, turn.text("choice.apply"));
        turn.offer(Turn::Meaning::Dismiss, turn.text("choice.phone", {{"phone", snapshot.phone}}), "phone");
    }
    turn.offer(Turn::Meaning::Cancel, turn.text("choice.stop_waiting"));
}

bool try_silence(Turn& turn) {
    if (turn.plan.ownership.owner != Owner::Human) return false;
    // A button must not seem dead: one line of the system, not a second voice. What is said to the lawyer gets none.
    const auto note = [&](const char* rule, std::string_view key) {
        turn.decide(Decision::Notice, rule, ReplyKind::Notice);
        turn.say(key);
        return true;
    };
    switch (turn.ear.order) {
        case Command::Human: return note("human.already", "with_lawyer.human");
        case Command::Progress: return note("human.progress", "with_lawyer.progress");
        case Command::Apply: turn.memory().wants_to_apply = true; return note("human.apply", "with_lawyer.apply");
        default: break;
    }
    turn.decide(Decision::Silent, "silent.human", ReplyKind::Notice);
    return true;
}

bool try_waiting(Turn& turn) {
    if (turn.plan.ownership.owner != Owner::Queued || turn.ear.in_flow) return false;
    if (turn.ear.taken && turn.ear.taken->value == "phone") return false;
    auto& memory = turn.memory();
    if (memory.queue_noticed) {
        turn.decide(Decision::Silent, "silent.queued", ReplyKind::Notice);
        return true;
    }
    memory.queue_noticed = true;
    turn.decide(Decision::Notice, "queued.noted", ReplyKind::Handoff);
    turn.say("handoff.noted");
    turn.say("handoff.noted_way");
    return true;
}

}  // namespace yuanda::dialogue
