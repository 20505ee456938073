// One turn decided: what to say, what to remember, what else must happen. Pure values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "casework/application.hpp"
#include "core/reply.hpp"
#include "desk/duty.hpp"
#include "desk/handover.hpp"
#include "dialogue/conversation.hpp"
#include "kb/index.hpp"

namespace yuanda::dialogue {

/// What the gateway must find out before plan() can be asked.
struct Lookup {
    std::string search;         // normalised text to search the index for; empty: no search
    std::string topic;          // prior for the search
    bool applications = false;  // the contact's applications (进度)
    bool next_serial = false;   // the next application number of this year
    bool operator==(const Lookup&) const = default;
};

/// What it found.
struct Findings {
    kb::Hits hits;
    std::vector<casework::Application> applications;
    int next_serial = 0;
    desk::DeskSnapshot desk;
    int queue_position = 0;  // this conversation's place if it is queued, else the place it would get
};

enum class Decision { Answer, Clarify, Fallback, Handoff, Flow, Safety, Notice, Silent };
std::string_view name_of(Decision decision);  // "answer"

/// Puts the conversation into the lawyers' queue with its sheet.
struct QueueForLawyer {
    desk::Handover handover;
    bool risk = false;
    bool operator==(const QueueForLawyer&) const = default;
};
/// Stores a complete application; its serial must still be free, else the turn is planned again.
struct SubmitApplication {
    casework::Application application;
    bool operator==(const SubmitApplication&) const = default;
};
/// A time spoken to the citizen: a stored deadline of ours.
struct MakePromise {
    TimePoint due;
    std::string kind;  // "reply"
    bool operator==(const MakePromise&) const = default;
};
/// A person must look now.
struct AlertDesk {
    std::vector<nlu::Risk> risks;
    bool operator==(const AlertDesk&) const = default;
};
using Effect = std::variant<QueueForLawyer, SubmitApplication, MakePromise, AlertDesk>;

struct TurnPlan {
    Decision decision = Decision::Silent;
    std::string rule;  // which rule fired: "command.human", "answer.confident"
    Reply reply;       // empty: say nothing
    Memory memory;     // after the turn
    desk::Ownership ownership;
    std::vector<Effect> effects;
    EntryId entry;                    // answered entry
    double confidence = 0;            // 0..1
    std::vector<kb::Hit> candidates;  // at most five
    bool waits = false;               // a fragment: its reply may wait a moment for the person's next message
    bool tells = true;                // the contact's own words; not so orders, taps and answers of the form
};

}  // namespace yuanda::dialogue
