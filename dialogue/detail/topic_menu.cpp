// Choosing instead of typing: all topics, the groups of one, the entries of a group.
#include <set>

#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using Meaning = OfferedChoice::Meaning;

constexpr std::string_view kRest = "rest";  // group of what the menu does not know: entries written since

bool sayable(const Turn& turn, const kb::Entry& entry) { return turn.base.answer(entry, turn.today()).has_value(); }

void offer_all_topics(Turn& turn) { turn.offer(Meaning::OpenMenu, turn.text("choice.all_topics")); }

/// The first `count` topics, without one that quiet mode must not name.
void offer_topics(Turn& turn, std::size_t count) {
    const auto& topics = turn.tools.menu.topics();
    for (std::size_t i = 0; i < count; ++i)
        if (!veiled(turn, topics[i].id)) turn.offer(Meaning::OpenMenu, topics[i].title, topics[i].id);
}

void all_topics(Turn& turn) {
    turn.decide(Decision::Notice, "menu.topics", ReplyKind::Notice);
    turn.say("menu.topics");
    offer_topics(turn, turn.tools.menu.topics().size());
}

using Labelled = std::vector<std::pair<std::string, EntryId>>;

/// What can be said today of the group called `name`; empty for a group that is not there.
Labelled entries_of(const Turn& turn, const MenuTopic& topic, std::string_view name) {
    Labelled out;
    for (std::size_t i = 0; i < topic.groups.size(); ++i)
        if (std::to_string(i) == name)
            for (const auto& [id, label] : topic.groups[i].entries)
                if (const auto* entry = turn.base.find(id); entry && sayable(turn, *entry)) out.emplace_back(label, id);
    return out;
}

/// The same of the topic's entries that stand in none of its groups.
Labelled rest_of(const Turn& turn, const MenuTopic& topic) {
    std::set<std::string_view> listed;
    for (const auto& group : topic.groups)
        for (const auto& entry : group.entries) listed.insert(entry.id.value);
    Labelled out;
    for (const auto& entry : turn.base.entries())
        if (entry.topic == topic.id && !listed.contains(entry.id.value) && sayable(turn, entry))
            out.emplace_back(entry.question, entry.id);
    return out;
}

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
    const auto shown = name == kRest ? rest_of(turn, topic) : entries_of(turn, topic, name);
    if (shown.empty()) return groups(turn, topic);  // the menu is another one since
    turn.decide(Decision::Notice, "menu.entries", ReplyKind::Notice);
    turn.say("menu.entries");
    for (const auto& [label, id] : shown) turn.offer(Meaning::OpenEntry, label, id.value);
    turn.offer(Meaning::OpenMenu, turn.text("choice.back_to", {{"topic", topic.title}}), topic.id);
    offer_all_topics(turn);
}

}  // namespace

void offer_first_topics(Turn& turn) {
    offer_topics(turn, turn.tools.menu.first());
    offer_all_topics(turn);
}

void open_menu(Turn& turn, std::string_view place) {
    const auto slash = place.find('/');
    const auto* topic = turn.tools.menu.find(place.substr(0, slash));
    if (topic == nullptr || veiled(turn, topic->id)) return all_topics(turn);
    if (slash == std::string_view::npos) return groups(turn, *topic);
    entries(turn, *topic, place.substr(slash + 1));
}

bool try_menu(Turn& turn) {
    const auto* topic = turn.tools.menu.find(turn.ear.text);
    if (topic == nullptr || topic->title != turn.ear.text) return false;
    open_menu(turn, topic->id);
    return true;
}

}  // namespace yuanda::dialogue
