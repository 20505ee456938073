// What one message is, before anything is decided: lookup() and plan() must hear the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/message.hpp"
#include "dialogue/conversation.hpp"
#include "dialogue/detail/tools.hpp"

namespace yuanda::dialogue {

enum class Command { None, Human, Progress, Cancel, Back, Help, Menu, Apply, LeaveMessage, Centre };

/// How the message relates to the choices we offered.
enum class Tap { None, Taken, Expired, Stale, OutOfRange, NoneOffered };

struct Ear {
    std::string text;                          // all that was said, trimmed
    std::string said;                          // the same behind the fragment it continues
    std::optional<nlu::Understanding> joined;  // of `said`, where it continues one
    std::optional<ContactEvent::Kind> event;   // the message is an event and nothing else
    bool unreadable = false;                   // media alone, without words
    bool meaningless = false;                  // a face, a mark, one character again and again
    bool continues = false;                    // comes right behind a fragment
    bool fragment = false;                     // asks nothing yet
    std::vector<nlu::Risk> risks;              // of this message and of the pieces before it together
    Tap tap = Tap::None;
    std::optional<OfferedChoice> taken;
    Command command = Command::None;
    Command order = Command::None;  // the same where the whole message is nothing else: a button, a word of the list
    bool tells = false;    // the contact's own words about the matter: no order, no number, no answer of the form
    bool in_flow = false;  // a flow runs and the bot may go on with it
    std::string search;    // what the index must be asked; empty: nothing
    std::string topic;     // prior for the search
};

Ear listen(const Tools& tools, const Conversation& conversation, const Message& message,
           const nlu::Understanding& heard, TimePoint now);

/// 上一步, 跳过, 转人工, 全部问题: a way around the question, taken by tap or by its words, never by a number.
bool is_aside(const OfferedChoice& choice);
/// What a number may take, in the order of the numbers.
std::vector<const OfferedChoice*> numbered_choices(const Memory& memory);
/// The offered choice a message takes, by tap, number or text.
Tap match_choice(const Memory& memory, const Message& message, const nlu::Understanding& heard, TimePoint now,
                 std::optional<OfferedChoice>& taken);

}  // namespace yuanda::dialogue
