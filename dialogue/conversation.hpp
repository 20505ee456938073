// What dialogue remembers of one contact's thread between two turns.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/message.hpp"
#include "core/reply.hpp"
#include "desk/ownership.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::dialogue {

/// A choice we offered and what taking it means.
struct OfferedChoice {
    std::string id;
    std::string text;
    enum class Meaning {
        Ask,
        OpenEntry,
        OpenMenu,
        AskHuman,
        Apply,
        FlowAnswer,
        FlowBack,
        Cancel,
        LeaveMessage,
        Dismiss
    };
    Meaning meaning = Meaning::Ask;
    std::string value;  // question, entry id, place in the menu or answer
    bool operator==(const OfferedChoice&) const = default;
};

/// A running flow (intake): where it stands and what it has.
struct Flow {
    std::string form;                          // "intake"
    std::string step;                          // field key, or "review"
    std::map<std::string, std::string> facts;  // personal data: sealed at rest
    int attempts = 0;                          // failed answers to this step
    bool leaving = false;                      // 取消 was said once and is being confirmed
    bool paused = false;                       // a person was asked for in between
    bool editing = false;                      // back to the review after this answer
    bool operator==(const Flow&) const = default;
};

/// What asked nothing yet and waits for the rest: 我想问, 房东, 老板欠我钱，
struct Fragment {
    std::string text;  // with the fragments before it; without those that only clear the throat
    TimePoint at;
    bool heeded = false;  // the person has been told to go on
    bool operator==(const Fragment&) const = default;
};

/// Everything in here is stored as one sealed JSON text.
struct Memory {
    bool greeted = false;                 // the bot has said it is one
    std::string topic;                    // last topic
    EntryId entry;                        // last entry answered
    std::vector<OfferedChoice> offered;   // still open
    std::optional<TimePoint> offered_at;  // choices expire 24 h after
    int clarified = 0;                    // clarifying questions in a row
    int unsure = 0;                       // fallbacks in a row
    bool quiet = false;                   // violence: neutral texts only
    std::vector<nlu::Risk> risks;         // raised in this conversation
    std::vector<std::string> recent;      // last three utterances: the safety window; none that raised a risk
    std::optional<TimePoint> recent_at;   // when the newest of them came
    std::optional<Fragment> fragment;     // the message before this one, if it was one
    std::vector<std::string> asked;       // questions so far, for the handover sheet (last ten)
    std::vector<std::string> answered;    // titles of entries answered
    std::optional<Flow> flow;
    int turns = 0;                // messages of the contact so far
    bool wants_to_apply = false;  // said so while a lawyer had the conversation: offered again when the lawyer leaves
    bool queue_noticed = false;   // told once that the lawyer will read what is written while waiting
    bool operator==(const Memory&) const = default;
};
std::string memory_to_json(const Memory& memory);
/// Unknown or broken text gives an empty Memory: a conversation must never be lost to a format change.
Memory memory_from_json(const std::string& json);

struct Conversation {
    ConversationId id;
    ConversationKey key;
    ContactId contact;
    desk::Ownership ownership;
    Memory memory;
    std::int64_t version = 0;   // 0: not stored yet
    std::int64_t last_seq = 0;  // dense message sequence
    std::int64_t unread = 0;    // contact's messages since a lawyer last looked
    TimePoint started_at{};
};

}  // namespace yuanda::dialogue
