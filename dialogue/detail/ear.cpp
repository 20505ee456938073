// Reads one message against the memory of the conversation: event, risk, choice, command, search.
#include "dialogue/detail/ear.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "dialogue/detail/oral.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;
using nlu::Intent;
using Meaning = OfferedChoice::Meaning;

constexpr double kSureOfIntent = 0.5;
constexpr double kSureInsideFlow = 0.8;       // an answer may sound like a command:
constexpr std::size_t kShortOrder = 10;       // inside a flow only a short message is one
constexpr std::size_t kPiece = 20;            // characters; a longer message carries its own risk
constexpr std::size_t kPiecesBefore = 2;      // that a risk may be spread over
constexpr minutes kPiecesLast{10};            // danger is told slowly
constexpr seconds kFragmentLasts{60};         // the rest of a question is not
constexpr std::size_t kShortestQuestion = 6;  // characters of one that names no topic
constexpr std::size_t kSmallTalk = 6;         // characters
constexpr std::size_t kClarifyingWord = 12;   // characters of an answer to a clarifying question
constexpr double kOwnTopic = 0.3;

Command command_of_choice(const std::optional<OfferedChoice>& taken) {
    if (!taken) return Command::None;
    switch (taken->meaning) {
        case Meaning::AskHuman: return Command::Human;
        case Meaning::Apply: return Command::Apply;
        case Meaning::FlowBack: return Command::Back;
        case Meaning::Cancel: return Command::Cancel;
        case Meaning::LeaveMessage: return Command::LeaveMessage;
        case Meaning::Ask:
        case Meaning::OpenEntry:
        case Meaning::OpenMenu:
        case Meaning::FlowAnswer:
        case Meaning::Dismiss: break;
    }
    return Command::None;
}

Command command_of_word(const Texts& texts, const std::string& text) {
    static constexpr std::array<std::pair<std::string_view, Command>, 7> kWords{{{"words.human", Command::Human},
                                                                                 {"words.progress", Command::Progress},
                                                                                 {"words.cancel", Command::Cancel},
                                                                                 {"words.back", Command::Back},
                                                                                 {"words.help", Command::Help},
                                                                                 {"words.menu", Command::Menu},
                                                                                 {"words.apply", Command::Apply}}};
    for (const auto& [key, command] : kWords)
        if (texts.lists(key, text)) return command;
    return Command::None;
}

Command command_of_intent(const nlu::Understanding& heard, const std::string& text, bool in_flow) {
    if (heard.intent_confidence < (in_flow ? kSureInsideFlow : kSureOfIntent)) return Command::None;
    if (in_flow && code_points(text) > kShortOrder) return Command::None;
    switch (heard.intent) {
        case Intent::AskHuman: return Command::Human;
        case Intent::Progress: return Command::Progress;
        case Intent::Cancel: return Command::Cancel;
        case Intent::Back: return in_flow ? Command::Back : Command::None;
        case Intent::Help: return Command::Help;
        case Intent::Centre: return Command::Centre;
        // 怎么申请 is a question the knowledge base answers; inside the flow, 我想申请… is part of the story.
        case Intent::Apply: return heard.question_word || in_flow ? Command::None : Command::Apply;
        default: return Command::None;
    }
}

bool is_order(const Tools& tools, const nlu::Understanding& heard, const std::string& text) {
    return command_of_word(tools.texts, text) != Command::None ||
           command_of_intent(heard, text, false) != Command::None;
}

/// The short pieces right before this message, each followed by a comma. An order is none; a question or a long
/// sentence stands for itself and ends the burst.
std::string pieces_before(const Tools& tools, const Memory& memory, TimePoint now) {
    std::string out;
    if (!memory.recent_at || now - *memory.recent_at > kPiecesLast) return out;
    std::size_t pieces = 0;
    for (auto said = memory.recent.rbegin(); said != memory.recent.rend() && pieces < kPiecesBefore; ++said) {
        const auto heard = tools.reader->read(*said);
        if (is_order(tools, heard, *said)) continue;
        if (code_points(*said) > kPiece || heard.question_word) break;
        out.insert(0, *said + "，");
        ++pieces;
    }
    return out;
}

/// Risk spread over several short messages ("不给钱" … "我就跳下去"): the last few are read as one.
std::vector<nlu::Risk> risks_of(const Tools& tools, const Conversation& conversation, const nlu::Understanding& heard,
                                const Ear& ear, TimePoint now) {
    if (!heard.risks.empty() || conversation.key.group) return heard.risks;
    if (ear.taken || ear.command != Command::None || ear.text.empty() || code_points(ear.text) > kPiece) return {};
    if (ear.joined && !ear.joined->risks.empty()) return ear.joined->risks;
    const std::string before = pieces_before(tools, conversation.memory, now);
    if (before.empty()) return {};
    auto risks = tools.reader->read(before + ear.text).risks;
    // What was raised before is known; only what the pieces say together is news.
    std::erase_if(risks, [&](nlu::Risk risk) {
        const auto& known = conversation.memory.risks;
        return std::find(known.begin(), known.end(), risk) != known.end();
    });
    return risks;
}

bool is_small_talk(const nlu::Understanding& heard, const std::string& text) {
    switch (heard.intent) {
        case Intent::Greeting:
        case Intent::Thanks:
        case Intent::Yes:
        case Intent::No: return code_points(text) <= kSmallTalk;
        case Intent::Abuse: return heard.topics.empty();
        default: return false;
    }
}

/// Asks nothing yet: 我想问, 房东. A short answer to our own question is none.
bool is_fragment(const Memory& memory, const nlu::Understanding& heard) {
    if (heard.unfinished) return true;
    if (memory.clarified > 0 || code_points(heard.normalised) >= kShortestQuestion) return false;
    return heard.intent == Intent::Unknown && heard.topics.empty() && !heard.question_word;
}

/// Reads the message behind the fragment it continues, and finds whether the whole still asks nothing.
void hear_fragments(const Tools& tools, const Memory& memory, const nlu::Understanding& heard, TimePoint now,
                    Ear& ear) {
    if (ear.text.empty() || ear.tap != Tap::None || is_small_talk(heard, ear.text)) return;
    const Substance own = substance_of(ear.text);
    // One character once may be the beginning of something.
    ear.meaningless = own.different == 0 || (own.different == 1 && own.characters > 1);
    if (ear.meaningless) return;
    ear.continues = memory.fragment && now - memory.fragment->at <= kFragmentLasts;
    if (ear.continues && !memory.fragment->text.empty()) {
        ear.said = memory.fragment->text + " " + ear.text;
        ear.joined = tools.reader->read(ear.said);
    }
    ear.fragment = heard.opener || is_fragment(memory, ear.joined ? *ear.joined : heard);
}

bool flow_wants_search(const Tools& tools, const Memory& memory, const nlu::Understanding& heard) {
    const Field* field = tools.form.find(memory.flow->step);
    return heard.question_word && !(field && field->free);
}

void prepare_search(const Tools& tools, const Memory& memory, const nlu::Understanding& heard, Ear& ear) {
    if (ear.taken) {
        if (ear.taken->meaning != Meaning::Ask) return;
        const auto understood = tools.reader->read(ear.taken->value);
        ear.search = understood.plain;
        ear.topic = understood.topic();
        return;
    }
    if (ear.text.empty() || ear.meaningless || ear.fragment) return;
    if (heard.number_choice > 0 || is_small_talk(heard, ear.text)) return;
    if (ear.in_flow && !flow_wants_search(tools, memory, heard)) return;
    ear.search = heard.plain;
    const bool own_topic = !heard.topics.empty() && heard.topics.front().p >= kOwnTopic;
    ear.topic = own_topic ? heard.topic() : memory.topic;
    // A short answer to "我想先弄清一点" means little alone: it is read together with the question before it.
    const bool answers_us = memory.clarified > 0 && !ear.in_flow && !memory.recent.empty() && !heard.question_word &&
                            code_points(ear.text) <= kClarifyingWord;
    if (answers_us) ear.search = tools.reader->read(memory.recent.back()).plain + " " + ear.search;
}

/// "8" to 多大岁数 is an age, not the eighth choice.
bool answers_with_a_number(const Tools& tools, const Memory& memory, const Message& message, const Ear& ear) {
    if (!ear.in_flow) return false;
    const Field* field = tools.form.find(memory.flow->step);
    if (!field || (field->kind != FieldKind::Age && field->kind != FieldKind::Money)) return false;
    const bool typed = std::none_of(message.parts.begin(), message.parts.end(),
                                    [](const Part& part) { return std::holds_alternative<Choice>(part); });
    return typed && spoken_number(ear.text).has_value();
}

bool tells(const Tools& tools, const Memory& memory, const Ear& ear) {
    if (ear.unreadable) return true;
    if (ear.text.empty() || ear.command != Command::None || ear.meaningless) return false;
    if (ear.taken) {  // by its number or in its words: only a question is worth repeating
        const auto meaning = ear.taken->meaning;
        return ear.taken->text == ear.text && (meaning == Meaning::Ask || meaning == Meaning::OpenEntry);
    }
    if (ear.tap != Tap::None && ear.tap != Tap::Stale) return false;
    if (!ear.in_flow) return true;
    const Field* field = tools.form.find(memory.flow->step);
    return field && field->free;
}

void read_parts(const Message& message, Ear& ear) {
    ear.text = std::string(trimmed(spoken_text(message)));
    ear.said = ear.text;
    if (!ear.text.empty()) return;
    for (const auto& part : message.parts) {
        if (const auto* event = std::get_if<ContactEvent>(&part)) ear.event = event->kind;
        if (std::holds_alternative<Media>(part)) ear.unreadable = true;
    }
}

}  // namespace

Ear listen(const Tools& tools, const Conversation& conversation, const Message& message,
           const nlu::Understanding& heard, TimePoint now) {
    const Memory& memory = conversation.memory;
    const auto ownership = desk::contact_wrote(conversation.ownership, now);
    Ear ear;
    read_parts(message, ear);
    ear.in_flow = memory.flow && !conversation.key.group && ownership.owner != desk::Owner::Human &&
                  !(memory.flow->paused && ownership.owner == desk::Owner::Queued);
    if (ear.event) {
        ear.risks = heard.risks;
        return ear;
    }
    ear.tap = match_choice(memory, message, heard, now, ear.taken);
    if (answers_with_a_number(tools, memory, message, ear)) {
        ear.tap = Tap::None;
        ear.taken.reset();
    }
    ear.command = command_of_choice(ear.taken);
    const bool by_label = ear.taken && ear.taken->text == ear.text;
    ear.order = by_label ? ear.command : command_of_word(tools.texts, ear.text);
    if (ear.command == Command::None && !ear.taken) ear.command = command_of_word(tools.texts, ear.text);
    if (ear.command == Command::None && !ear.taken) ear.command = command_of_intent(heard, ear.text, ear.in_flow);

    const bool bot_alone = ownership.owner == desk::Owner::Bot && !ear.in_flow && !conversation.key.group;
    if (bot_alone && ear.command == Command::None) hear_fragments(tools, memory, heard, now, ear);
    ear.tells = tells(tools, memory, ear);
    ear.risks = risks_of(tools, conversation, heard, ear, now);
    const bool bot_speaks =
        ownership.owner == desk::Owner::Bot || (ownership.owner == desk::Owner::Queued && ear.in_flow);
    if (bot_speaks && ear.risks.empty() && ear.command == Command::None)
        prepare_search(tools, memory, ear.joined ? *ear.joined : heard, ear);
    return ear;
}

}  // namespace yuanda::dialogue
