// Everything around the law: welcome, thanks, choices without a question, groups, what cannot be read or is not said
// yet.
#include "core/text.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using nlu::Intent;
using Meaning = OfferedChoice::Meaning;

void notice(Turn& turn, std::string rule, std::string_view key, const Values& values = {}) {
    turn.decide(Decision::Notice, std::move(rule), ReplyKind::Notice);
    turn.say(key, values);
}

bool take_choice(Turn& turn, const OfferedChoice& choice) {
    switch (choice.meaning) {
        case Meaning::OpenEntry: {
            const auto* entry = turn.base.find(EntryId{choice.value});
            if (!entry || !say_entry(turn, *entry)) {
                notice(turn, "choice.entry_gone", "fallback.expired");
                if (!turn.group()) turn.offer_human();
            }
            return true;
        }
        case Meaning::OpenMenu: open_menu(turn, choice.value); return true;
        case Meaning::Dismiss:
            if (choice.value == "phone") {
                notice(turn, "choice.phone", "handoff.call", {{"phone", turn.findings.desk.phone}});
                return true;
            }
            turn.decide(Decision::Clarify, "clarify.none_of_these", ReplyKind::Clarify);
            turn.say("clarify.tell_more");
            if (!turn.group()) turn.offer_human();
            return true;
        case Meaning::FlowAnswer:  // its form has ended
            notice(turn, "choice.stale", "notice.stale");
            return true;
        default: return false;  // Ask is a question, the rest are commands
    }
}

}  // namespace

bool try_event(Turn& turn) {
    if (!turn.ear.event) return false;
    using Kind = ContactEvent::Kind;
    const bool welcome =
        *turn.ear.event == Kind::Subscribed || (*turn.ear.event == Kind::Entered && !turn.memory().greeted);
    if (!welcome || turn.plan.ownership.owner == desk::Owner::Queued || turn.memory().flow) {
        turn.decide(Decision::Silent, "silent.event", ReplyKind::Notice);
        return true;
    }
    notice(turn, "event.welcome", "welcome.lines");
    if (turn.memory().greeted) turn.plan.reply.note = turn.text("notice.bot");
    offer_first_topics(turn);
    return true;
}

bool try_group_privacy(Turn& turn) {
    if (!turn.group()) return false;
    switch (turn.ear.command) {
        case Command::Human:
        case Command::Progress:
        case Command::Apply:
        case Command::LeaveMessage: notice(turn, "group.private", "group.private"); return true;
        default: return false;
    }
}

bool try_choice(Turn& turn) {
    switch (turn.ear.tap) {
        case Tap::Taken: return take_choice(turn, *turn.ear.taken);
        case Tap::Expired:
            notice(turn, "choice.expired", "notice.expired");
            if (!turn.group()) turn.offer_human();
            return true;
        case Tap::OutOfRange:
            notice(turn, "choice.out_of_range", "notice.out_of_range",
                   {{"count", std::to_string(numbered_choices(turn.memory()).size())}});
            return true;
        case Tap::NoneOffered: notice(turn, "choice.none_offered", "notice.no_choices"); return true;
        case Tap::Stale:  // its words still are a question or a command
            if (!turn.ear.text.empty()) return false;
            notice(turn, "choice.stale", "notice.stale");
            return true;
        case Tap::None: return false;
    }
    return false;
}

bool try_unreadable(Turn& turn) {
    if (!turn.ear.unreadable) return false;
    notice(turn, "notice.unreadable", "notice.unreadable");
    if (!turn.group()) turn.offer_human();
    return true;
}

bool try_unclear(Turn& turn) {
    if (!turn.ear.meaningless) return false;
    notice(turn, "notice.unclear", "notice.unclear");
    turn.offer_human();
    return true;
}

bool try_fragment(Turn& turn) {
    if (!turn.ear.fragment) return false;
    constexpr std::size_t kKept = 200;  // characters
    const auto& before = turn.conversation.memory.fragment;
    // Once in a burst: whoever is typing needs no second nod.
    const bool heeded = turn.ear.continues && before->heeded;
    if (heeded)
        turn.decide(Decision::Silent, "fragment.more", ReplyKind::Notice);
    else
        notice(turn, "fragment.listening", "notice.go_on");
    // 我想问, 那个 would only blur the search for what follows.
    const bool adds = !turn.tools.reader->read(turn.ear.text).opener;
    const std::string before_it = turn.ear.continues ? before->text : std::string{};
    const std::string kept = adds ? turn.ear.said : before_it;
    turn.memory().fragment = Fragment{std::string(utf8_prefix(kept, kKept)), turn.now, true};
    turn.plan.waits = true;
    return true;
}

bool try_small_talk(Turn& turn) {
    if (!turn.ear.search.empty() || turn.ear.text.empty()) return false;
    switch (turn.heard.intent) {
        case Intent::Greeting:
            notice(turn, "social.greeting", "social.greeting");
            if (!turn.memory().quiet) offer_first_topics(turn);
            return true;
        case Intent::Thanks: notice(turn, "social.thanks", "social.thanks"); return true;
        case Intent::Yes: notice(turn, "social.yes", "social.yes"); return true;
        case Intent::No: notice(turn, "social.no", "social.no"); return true;
        case Intent::Abuse:
            notice(turn, "social.abuse", "social.abuse");
            if (!turn.group()) turn.offer_human();
            return true;
        default: return false;
    }
}

}  // namespace yuanda::dialogue
