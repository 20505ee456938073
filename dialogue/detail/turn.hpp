// One turn in the making: everything a rule may read, and the plan it writes.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dialogue/detail/ear.hpp"
#include "dialogue/plan.hpp"

namespace yuanda::dialogue {

struct Turn {
    const Tools& tools;
    const Conversation& conversation;
    const Message& message;
    const nlu::Understanding& heard;  // of ear.said
    const Findings& findings;
    const kb::Base& base;
    const ApplicationId& new_application;
    TimePoint now;
    const Ear& ear;
    TurnPlan plan;
    bool offering = false;  // this turn has begun a new list of choices

    Memory& memory() { return plan.memory; }
    bool group() const { return conversation.key.group; }
    Date today() const { return china_date(now); }

    void decide(Decision decision, std::string rule, ReplyKind kind);
    /// Adds the lines of a text as one paragraph each.
    void say(std::string_view key, const Values& values = {});
    std::string text(std::string_view key, const Values& values = {}) const { return tools.texts.say(key, values); }

    using Meaning = OfferedChoice::Meaning;
    /// A choice shown in the reply and remembered; the first one of a turn forgets the older ones.
    void offer(Meaning meaning, std::string label, std::string value = {});
    /// Remembered like a choice but shown as a follow-up question.
    void offer_follow_up(Meaning meaning, std::string label, std::string value = {});
    void offer_human() { offer(Meaning::AskHuman, text("choice.human")); }
    void forget_choices();

private:
    void remember(Meaning meaning, const std::string& label, std::string value);
};

/// 9:00, of minutes since midnight.
std::string clock_phrase(std::chrono::minutes time_of_day);
/// 今天17:00, 明天9:30, 11月30日9:00 and, in another year, 2027年1月4日9:00.
std::string time_phrase(TimePoint now, TimePoint when);
/// 12月1日, and with its year when that is another one.
std::string day_phrase(Date today, Date day);

// The rules, in the order they are asked; each says whether it has decided the turn.
bool try_safety(Turn& turn);         // safety.cpp
bool try_silence(Turn& turn);        // desk_rules.cpp: a person owns the conversation
bool try_event(Turn& turn);          // social.cpp: subscribed, entered
bool try_group_privacy(Turn& turn);  // social.cpp
bool try_command(Turn& turn);        // commands.cpp
bool try_waiting(Turn& turn);        // desk_rules.cpp: in the queue
bool try_flow(Turn& turn);           // intake.cpp
bool try_choice(Turn& turn);         // social.cpp: opened entry, dismissed, expired
bool try_menu(Turn& turn);           // topic_menu.cpp: the name of a topic and nothing else
bool try_unreadable(Turn& turn);     // social.cpp
bool try_unclear(Turn& turn);        // social.cpp: 长长长长
bool try_fragment(Turn& turn);       // social.cpp: 我想问
bool try_small_talk(Turn& turn);     // social.cpp
void answer_question(Turn& turn);    // answer.cpp: always decides

// Shared between rules.
/// Appends the first 200 characters of `item` and keeps the last ten: for Memory::asked and answered.
void keep_last(std::vector<std::string>& list, std::string_view item);      // turn.cpp
void queue_for_lawyer(Turn& turn, std::string_view reason_key, bool risk);  // desk_rules.cpp
void tell_queue(Turn& turn, std::string_view head_key);                     // desk_rules.cpp
void say_promise(Turn& turn, std::string_view key);                         // desk_rules.cpp
void offer_first_topics(Turn& turn);                                        // topic_menu.cpp
/// All topics; the groups of "T01"; the entries of "T01/2".
void open_menu(Turn& turn, std::string_view place);  // topic_menu.cpp
void show_progress(Turn& turn);                      // commands.cpp
void begin_flow(Turn& turn);                         // intake.cpp
void ask_step(Turn& turn);                           // intake.cpp
void flow_back(Turn& turn);                          // intake.cpp
void flow_cancel(Turn& turn);                        // intake.cpp
void end_flow(Turn& turn);                           // intake.cpp
/// The fact of `field` in the running flow as its owner reads it: an option's words, a date as people write it.
std::string shown_value(const Turn& turn, const Field& field);  // review.cpp
void show_review(Turn& turn);                                   // review.cpp
void review_turn(Turn& turn);                                   // review.cpp
/// Domestic violence: its words must not show up on a screen that somebody else may see.
inline constexpr std::string_view kViolenceTopic = "T07";
/// Whether quiet mode keeps `topic` off the screen.
bool veiled(const Turn& turn, std::string_view topic);  // answer.cpp
/// Says `entry` as the answer; false when it may not be said today.
bool say_entry(Turn& turn, const kb::Entry& entry);  // answer.cpp

}  // namespace yuanda::dialogue
