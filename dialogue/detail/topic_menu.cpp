// Choosing instead of typing: all topics, the groups of one, the entries of a group.
#include <set>

#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using Meaning = OfferedChoice::Meaning;

constexpr std::string_view kRest = "rest";  // group of what the menu does not know: entries written since

void all_topics(Turn& turn) {
    turn.decide(Decision::Notice, "menu.topics", ReplyKind::Notice);
    turn.say("menu.topics");
    for (const auto& topic : turn.tools.menu.topics()) turn.offer(Meaning::OpenMenu, topic.title, topic.id);
}

/// Entries of a topic that stand in none of its groups and may be said today.
std::vector<const kb::Entry*> rest_of(const Turn& turn, const MenuTopic& topic) {
    std::set<std::string_view> listed;
    for (const auto& group : topic.groups)
        for (const auto& entry : group.entries) listed.insert(entry.id.value);
    std::vector<const kb::Entry*> rest;
    for (const auto& entry : turn.base.entries())
        if (entry.topic == topic.id && !listed.contains(entry.id.value) && turn.base.answer(entry, turn.today()))
            rest.push_back(&entry);
    return rest;
}

void offer_all_topics(Turn& turn) { turn.offer(Meaning::OpenMenu, turn.text("choice.all_topics")); }

void groups(Turn& turn, const MenuTopic& topic) {
    turn.decide(Decision::Notice, "menu.groups", ReplyKind::Notice);
    turn.say("menu.groups", {{"topic", topic.title}});
    for (std::size_t i = 0; i < topic.groups.size(); ++i)
        turn.offer(Meaning::OpenMenu, topic.groups[i].title, topic.id + "/" + std::to_string(i));
    if (!rest_of(turn, topic).empty())
        turn.offer(Meaning::OpenMenu, turn.text("menu.rest"), topic.id + "/" + std::string(kRest));
    offer_all_topics(turn);
}

void entries(Turn& turn, const MenuTopic& topic, std::string_view name) {
    turn.decide(Decision::Notice, "menu.entries", ReplyKind::Notice);
    turn.say("menu.entries");
    if (name == kRest) {
        for (const auto* entry : rest_of(turn, topic)) turn.offer(Meaning::OpenEntry, entry->question, entry->id.value);
    } else {
        const auto place = static_cast<std::size_t>(std::atoi(std::string(name).c_str()));
        if (place >= topic.groups.size()) return groups(turn, topic);  // the menu is another one since
        for (const auto& entry : topic.groups[place].entries)
            if (turn.base.find(entry.id) != nullptr) turn.offer(Meaning::OpenEntry, entry.label, entry.id.value);
    }
    turn.offer(Meaning::OpenMenu, turn.text("choice.back_to", {{"topic", topic.title}}), topic.id);
    offer_all_topics(turn);
}

}  // namespace

void offer_first_topics(Turn& turn) {
    const auto& menu = turn.tools.menu;
    for (std::size_t i = 0; i < menu.first(); ++i)
        turn.offer(Meaning::OpenMenu, menu.topics()[i].title, menu.topics()[i].id);
    offer_all_topics(turn);
}

void open_menu(Turn& turn, std::string_view place) {
    const auto slash = place.find('/');
    const auto* topic = turn.tools.menu.find(place.substr(0, slash));
    if (topic == nullptr) return all_topics(turn);
    if (slash == std::string_view::npos) return groups(turn, *topic);
    entries(turn, *topic, place.substr(slash + 1));
}

bool try_menu(Turn& turn) {
    const auto* topic = turn.tools.menu.find(turn.ear.text);
    if (topic == nullptr || topic->title != turn.ear.text) return false;
    groups(turn, *topic);
    return true;
}

}  // namespace yuanda::dialogue
