// What a citizen can order at any time: a person, progress, cancel, back, help, an application.
#include "casework/clock.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using casework::State;
using desk::Owner;

constexpr std::size_t kShownApplications = 3;

void ask_human(Turn& turn) {
    auto& memory = turn.memory();
    const bool waiting = turn.plan.ownership.owner == Owner::Queued;
    const std::string_view reason = memory.flow ? "reason.flow" : memory.unsure > 0 ? "reason.unsure" : "reason.asked";
    turn.decide(Decision::Handoff, waiting ? "command.human.again" : "command.human", ReplyKind::Handoff);
    const bool leaves_flow = memory.flow && !memory.flow->paused;
    if (leaves_flow) memory.flow->paused = true;
    queue_for_lawyer(turn, reason, false);
    tell_queue(turn, waiting ? "handoff.still" : "handoff.queued");
    if (leaves_flow) turn.say("handoff.paused_flow");
    memory.unsure = 0;
    memory.clarified = 0;
}

void nothing_to_stop(Turn& turn, std::string rule) {
    turn.decide(Decision::Notice, std::move(rule), ReplyKind::Notice);
    turn.say("social.nothing_to_cancel");
}

void cancel(Turn& turn) {
    auto& memory = turn.memory();
    if (turn.ear.in_flow) return flow_cancel(turn);
    if (turn.plan.ownership.owner != Owner::Queued) {
        return nothing_to_stop(turn, "command.cancel.nothing");
    }
    turn.decide(Decision::Notice, "command.cancel.queue", ReplyKind::Notice);
    turn.forget_choices();
    if (!memory.risks.empty()) {
        // Somebody else may be holding the phone: a person still looks, and nobody rings back.
        turn.say("handoff.stopped_risk");
        return;
    }
    turn.plan.ownership = desk::stop_waiting(turn.plan.ownership);
    turn.say("handoff.stopped");
}

void help(Turn& turn) {
    turn.decide(Decision::Notice, "command.help", ReplyKind::Notice);
    turn.say("help.lines");
    if (!turn.ear.in_flow) offer_first_topics(turn);
    if (turn.ear.in_flow) {
        turn.say("intake.again_after_answer");
        ask_step(turn);
    }
}

/// Hours, number and door of the service itself; the knowledge base knows other people's.
void tell_centre(Turn& turn) {
    const auto& tools = turn.tools;
    const auto& snapshot = turn.findings.desk;
    turn.decide(Decision::Notice, "centre.info", ReplyKind::Notice);
    turn.say("centre.name", {{"centre", tools.centre_name}});
    const std::string_view hours = desk::always_open(tools.hours) ? "centre.hours_always"
                                   : tools.hours.weekends         ? "centre.hours_daily"
                                                                  : "centre.hours";
    turn.say(hours, {{"opens", clock_phrase(tools.hours.opens)}, {"closes", clock_phrase(tools.hours.closes)}});
    if (snapshot.on_duty)
        turn.say("centre.open");
    else
        turn.say("handoff.off_duty", {{"opening", time_phrase(turn.now, snapshot.next_opening)}});
    turn.say("centre.phone", {{"phone", snapshot.phone}});
    const bool known = !tools.centre_address.empty();
    turn.say(known ? "centre.address" : "centre.no_address",
             {{"address", tools.centre_address}, {"phone", snapshot.phone}});
    if (turn.ear.in_flow) {
        turn.say("intake.again_after_answer");
        return ask_step(turn);
    }
    if (!turn.group() && turn.plan.ownership.owner == Owner::Bot) turn.offer_human();
}

void apply(Turn& turn) {
    auto& memory = turn.memory();
    if (memory.flow) {
        const bool paused = memory.flow->paused;
        memory.flow->paused = false;
        memory.flow->leaving = false;
        turn.decide(Decision::Flow, "command.apply.resume", ReplyKind::Intake);
        turn.say(paused ? "intake.resume" : "intake.already");
        return ask_step(turn);
    }
    begin_flow(turn);
}

void leave_message(Turn& turn) {
    turn.decide(Decision::Handoff, "command.leave_message", ReplyKind::Handoff);
    turn.memory().queue_noticed = false;  // the message itself is confirmed once
    turn.say("handoff.leave_message");
}

std::string application_line(Turn& turn, const casework::Application& application) {
    std::string line =
        turn.text("progress.line", {{"number", application.number},
                                    {"matter", application.matter},
                                    {"state", std::string(casework::chinese_name_of(application.state))}});
    const auto clock = casework::review_clock(application, *turn.tools.calendar, turn.now);
    if (clock.state == casework::ClockState::Running)
        line += turn.text("progress.due", {{"due", day_phrase(turn.today(), clock.due)}});
    if (clock.state != casework::ClockState::Paused) return line;
    line += turn.text("progress.paused");
    std::string missing;
    for (const auto& paper : application.missing) missing += (missing.empty() ? "" : "、") + paper;
    if (!missing.empty()) line += turn.text("progress.missing", {{"missing", missing}});
    return line;
}

}  // namespace

void show_progress(Turn& turn) {
    const auto& applications = turn.findings.applications;
    turn.decide(Decision::Notice, "command.progress", ReplyKind::Notice);
    const bool waiting = turn.plan.ownership.owner == Owner::Queued;
    if (waiting) turn.say("progress.queue");
    if (applications.empty()) {
        turn.say("progress.none");
    } else {
        ReplySection section{.title = turn.text("progress.head"), .ordered = false, .items = {}};
        for (std::size_t i = 0; i < applications.size() && i < kShownApplications; ++i)
            section.items.push_back(application_line(turn, applications[i]));
        turn.plan.reply.sections.push_back(std::move(section));
    }
    if (waiting) return tell_queue(turn, "handoff.still");
    if (turn.ear.in_flow) {
        turn.say("intake.again_after_answer");
        return ask_step(turn);
    }
    if (applications.empty()) turn.offer(Turn::Meaning::Apply, turn.text("choice.apply"));
    turn.offer_human();
}

bool try_command(Turn& turn) {
    switch (turn.ear.command) {
        case Command::None: return false;
        case Command::Human: ask_human(turn); return true;
        case Command::Progress: show_progress(turn); return true;
        case Command::Cancel: cancel(turn); return true;
        case Command::Help: help(turn); return true;
        case Command::Menu: turn.ear.in_flow ? help(turn) : open_menu(turn, {}); return true;
        case Command::Apply: apply(turn); return true;
        case Command::LeaveMessage: leave_message(turn); return true;
        case Command::Centre: tell_centre(turn); return true;
        case Command::Back:
            if (turn.ear.in_flow)
                flow_back(turn);
            else
                nothing_to_stop(turn, "command.back.nothing");
            return true;
    }
    return false;
}

}  // namespace yuanda::dialogue
