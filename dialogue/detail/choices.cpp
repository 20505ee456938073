// Matching a message with the choices offered before: by tap, by number, by text; a day later, kindly not.
#include <algorithm>

#include "core/text.hpp"
#include "dialogue/detail/ear.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;

constexpr hours kChoicesLast{24};

const OfferedChoice* by_text(const Memory& memory, std::string_view text) {
    const auto found = std::find_if(memory.offered.begin(), memory.offered.end(),
                                    [&](const OfferedChoice& choice) { return choice.text == text; });
    return found == memory.offered.end() ? nullptr : &*found;
}

/// The number a message consists of: what nlu saw (②, 第二个), or plain digits beyond nine.
int number_of(std::string_view text, const nlu::Understanding& heard) {
    if (heard.number_choice > 0) return heard.number_choice;
    if (text.empty() || text.size() > 2) return 0;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return 0;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

bool is_aside(const OfferedChoice& choice) {
    using Meaning = OfferedChoice::Meaning;
    const bool skips = choice.meaning == Meaning::FlowAnswer && choice.value.empty();
    const bool climbs = choice.meaning == Meaning::OpenMenu && choice.value.empty();
    return skips || climbs || choice.meaning == Meaning::FlowBack || choice.meaning == Meaning::AskHuman;
}

std::vector<const OfferedChoice*> numbered_choices(const Memory& memory) {
    std::vector<const OfferedChoice*> out;
    for (const auto& choice : memory.offered)
        if (!is_aside(choice)) out.push_back(&choice);
    return out;
}

Tap match_choice(const Memory& memory, const Message& message, const nlu::Understanding& heard, TimePoint now,
                 std::optional<OfferedChoice>& taken) {
    const bool expired = memory.offered_at && now - *memory.offered_at > kChoicesLast;
    const auto take = [&](const OfferedChoice& choice) {
        if (expired) return Tap::Expired;
        taken = choice;
        return Tap::Taken;
    };
    const std::string spoken = spoken_text(message);
    const std::string text(trimmed(spoken));
    for (const auto& part : message.parts) {
        const auto* tapped = std::get_if<Choice>(&part);
        if (!tapped) continue;
        for (const auto& choice : memory.offered)
            if (choice.id == tapped->id) return take(choice);
        if (const auto* same = by_text(memory, text); same && !expired) return take(*same);
        return Tap::Stale;  // a button of an older answer
    }
    if (const auto* named = by_text(memory, text)) return expired ? Tap::None : take(*named);
    const int number = number_of(text, heard);
    if (number == 0) return Tap::None;
    const auto numbered = numbered_choices(memory);
    if (numbered.empty()) return Tap::NoneOffered;
    if (static_cast<std::size_t>(number) > numbered.size()) return expired ? Tap::Expired : Tap::OutOfRange;
    return take(*numbered[static_cast<std::size_t>(number) - 1]);
}

}  // namespace yuanda::dialogue
