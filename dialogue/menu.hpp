// The menu: topic, group, entry. Three taps to any entry, for those who would rather choose than type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"

namespace yuanda::dialogue {

struct MenuEntry {
    EntryId id;
    std::string label;  // as the citizen would call it: 工价对不上
};
struct MenuGroup {
    std::string title;
    std::vector<MenuEntry> entries;
};
struct MenuTopic {
    std::string id;     // T01
    std::string title;  // 讨工资
    std::vector<MenuGroup> groups;
};

/// Immutable, thread-safe.
class Menu {
public:
    /// config/menu.toml. InvalidInput names a topic or entry that stands twice, and what has no title.
    static Result<Menu> from_toml(std::string_view toml);

    /// Those asked most first, then in the order of the file.
    const std::vector<MenuTopic>& topics() const { return topics_; }
    /// How many of them a welcome shows.
    std::size_t first() const { return first_; }
    /// By id or by title; null when there is none.
    const MenuTopic* find(std::string_view name) const;

private:
    /// Behind those put first before; false for an unknown topic and for one that is first already.
    bool put_first(std::string_view id);

    std::vector<MenuTopic> topics_;
    std::size_t first_ = 0;
};

}  // namespace yuanda::dialogue
