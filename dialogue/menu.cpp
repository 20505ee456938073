// Reads the menu; what it leads to is the knowledge base's.
#include "dialogue/menu.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

namespace yuanda::dialogue {
namespace {

template <class Visit>
Result<> each_table(const toml::table& parent, const std::string& key, Visit visit) {
    const auto* list = parent[key].as_array();
    if (list == nullptr || list->empty()) return invalid("menu.toml: a list of " + key + " is missing");
    for (const auto& node : *list) {
        const auto* table = node.as_table();
        if (table == nullptr) return invalid("menu.toml: a " + key + " is no table");
        if (const auto done = visit(*table); !done) return done.error();
    }
    return {};
}

/// The text of `key`; InvalidInput when it is missing or empty.
Result<std::string> text_of(const toml::table& table, const char* key, const std::string& where) {
    auto text = table[key].value_or(std::string{});
    if (text.empty()) return invalid("menu.toml: " + where + " has no " + key);
    return text;
}

Result<MenuGroup> group_of(const toml::table& table, const std::string& topic, std::set<std::string>& seen) {
    const auto title = text_of(table, "title", "a group of " + topic);
    if (!title) return title.error();
    MenuGroup group{*title, {}};
    const auto read = each_table(table, "entries", [&](const toml::table& entry) -> Result<> {
        const auto id = text_of(entry, "id", "an entry of " + topic);
        if (!id) return id.error();
        const auto label = text_of(entry, "label", *id);
        if (!label) return label.error();
        if (!seen.insert(*id).second) return invalid("menu.toml: " + *id + " stands twice");
        group.entries.push_back({EntryId{*id}, *label});
        return {};
    });
    if (!read) return read.error();
    return group;
}

Result<MenuTopic> topic_of(const toml::table& table, std::set<std::string>& seen) {
    const auto id = text_of(table, "id", "a topic");
    if (!id) return id.error();
    const auto title = text_of(table, "title", *id);
    if (!title) return title.error();
    if (!seen.insert(*id).second || !seen.insert(*title).second) return invalid("menu.toml: " + *id + " stands twice");
    MenuTopic topic{*id, *title, {}};
    const auto read = each_table(table, "group", [&](const toml::table& group) -> Result<> {
        auto made = group_of(group, *id, seen);
        if (!made) return made.error();
        topic.groups.push_back(std::move(*made));
        return {};
    });
    if (!read) return read.error();
    return topic;
}

}  // namespace

Result<Menu> Menu::from_toml(std::string_view text) {
    Menu menu;
    std::set<std::string> seen;
    try {
        const auto file = toml::parse(text);
        const auto read = each_table(file, "topic", [&](const toml::table& table) -> Result<> {
            auto topic = topic_of(table, seen);
            if (!topic) return topic.error();
            menu.topics_.push_back(std::move(*topic));
            return {};
        });
        if (!read) return read.error();
        if (const auto* first = file["first"].as_array())
            for (const auto& id : *first)
                if (!menu.put_first(id.value_or(std::string{})))
                    return invalid("menu.toml: first names a topic that is not there, or twice");
    } catch (const toml::parse_error& error) {
        return invalid("menu.toml line " + std::to_string(error.source().begin.line));
    }
    return menu;
}

bool Menu::put_first(std::string_view id) {
    const auto place = topics_.begin() + static_cast<std::ptrdiff_t>(first_);
    const auto wanted = std::find_if(place, topics_.end(), [&](const MenuTopic& topic) { return topic.id == id; });
    if (wanted == topics_.end()) return false;
    std::rotate(place, wanted, wanted + 1);
    ++first_;
    return true;
}

const MenuTopic* Menu::find(std::string_view name) const {
    const auto found = std::find_if(topics_.begin(), topics_.end(),
                                    [&](const MenuTopic& topic) { return topic.id == name || topic.title == name; });
    return found == topics_.end() ? nullptr : &*found;
}

}  // namespace yuanda::dialogue
