// Danger first: a short fixed text with the number in front, and a person who looks.
#include <algorithm>

#include "core/text.hpp"
#include "dialogue/detail/field_answer.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using nlu::Risk;

// When several are heard, the one where minutes count most is answered.
constexpr std::array<Risk, 9> kMostUrgentFirst{Risk::MedicalFire, Risk::ViolenceNow,  Risk::SelfHarm,
                                               Risk::Child,       Risk::WageExtreme,  Risk::Threat,
                                               Risk::ScamNow,     Risk::MissingElder, Risk::Detained};

bool among(const std::vector<Risk>& risks, Risk risk) {
    return std::find(risks.begin(), risks.end(), risk) != risks.end();
}

/// Whoever takes poison needs 12356 beside the doctor.
bool harms_itself_now(const std::vector<Risk>& risks) {
    return among(risks, Risk::SelfHarm) && among(risks, Risk::MedicalFire);
}

Risk most_urgent(const std::vector<Risk>& risks) {
    if (harms_itself_now(risks)) return Risk::SelfHarm;
    for (const Risk risk : kMostUrgentFirst) {
        // A child that is beaten or locked in is told what a child can do.
        const bool yields = risk == Risk::ViolenceNow && among(risks, Risk::Child);
        if (among(risks, risk) && !yields) return risk;
    }
    return risks.front();
}

void remember_risks(Memory& memory, const std::vector<Risk>& risks) {
    for (const Risk risk : risks) {
        if (std::find(memory.risks.begin(), memory.risks.end(), risk) == memory.risks.end())
            memory.risks.push_back(risk);
        if (risk == Risk::ViolenceNow) memory.quiet = true;
    }
}

/// 家里人被抓 in the interview is what it is about, not an interruption: the desk hears of it, the question goes on.
bool belongs_to_the_interview(const Turn& turn) {
    const auto& risks = turn.ear.risks;
    return turn.ear.in_flow && std::all_of(risks.begin(), risks.end(), [](Risk r) { return r == Risk::Detained; });
}

/// The interview waits; a story that was being told is kept, so that nobody tells it twice.
void pause_flow(Turn& turn) {
    auto& flow = turn.memory().flow;
    if (!flow) return;
    const Field* field = turn.tools.form.find(flow->step);
    if (turn.ear.in_flow && field && field->free && !turn.ear.text.empty()) {
        flow->facts[field->key] = std::string(utf8_prefix(turn.ear.text, kLongestText));
        flow->step = turn.tools.form.next_step(flow->facts);
    }
    flow->paused = true;
}

void call_a_person(Turn& turn) {
    queue_for_lawyer(turn, "reason.risk", true);
    if (turn.findings.desk.on_duty)
        turn.say("safety.lawyer_called");
    else
        say_promise(turn, "safety.lawyer_later");
}

}  // namespace

bool try_safety(Turn& turn) {
    if (turn.ear.risks.empty()) return false;
    auto& memory = turn.memory();
    remember_risks(memory, turn.ear.risks);
    turn.plan.effects.emplace_back(AlertDesk{turn.ear.risks});
    if (belongs_to_the_interview(turn) && turn.plan.ownership.owner != desk::Owner::Human) return false;
    const Risk risk = most_urgent(turn.ear.risks);
    const std::string name(nlu::name_of(risk));

    if (turn.plan.ownership.owner == desk::Owner::Human) {
        // The lawyer is alerted; two voices at once would only confuse.
        turn.decide(Decision::Silent, "silent.human.risk", ReplyKind::Safety);
        return true;
    }
    turn.decide(Decision::Safety, "safety." + name, ReplyKind::Safety);
    turn.say(harms_itself_now(turn.ear.risks) ? "safety.self_harm_act" : "safety." + name);
    turn.forget_choices();  // a number typed now must not open what stood there before
    if (turn.group()) {
        turn.say("safety.group");
        return true;
    }
    pause_flow(turn);
    keep_last(memory.asked, turn.ear.said);  // the lawyer's sheet shows what it was
    call_a_person(turn);
    if (risk == Risk::Detained || memory.flow) turn.offer(Turn::Meaning::Apply, turn.text("choice.apply"));
    return true;
}

}  // namespace yuanda::dialogue
