// Gathers what the file and the environment say, before it is turned into a Config.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/config_schema.hpp"

namespace yuanda::gateway {

/// One value as it was given.
struct GivenValue {
    std::string raw;
    SettingKind kind = SettingKind::Text;
    bool typed = false;      // from TOML: the kind is the writer's and must fit; the environment knows only text
    bool from_file = false;  // `raw` is the path of a secret
    std::string source;      // "file", "environment"
    std::string where;       // yuanda.toml:3:1, or the variable's name
};
using GivenValues = std::map<std::string, GivenValue>;

struct GivenTable {
    std::string where;
    GivenValues values;
};

struct GivenConfig {
    GivenValues values;  // "listen.port"
    std::vector<GivenTable> inboxes;
    std::vector<GivenTable> staff;
};

/// What is wrong, in the order it was found: unknown names first, then values.
class Problems {
public:
    void add(const std::string& where, const std::string& what) { lines_.push_back(where + ": " + what); }
    void add_all(const Problems& others) { lines_.insert(lines_.end(), others.lines_.begin(), others.lines_.end()); }
    bool empty() const { return lines_.empty(); }
    std::string text() const;

private:
    std::vector<std::string> lines_;
};

/// Reads TOML text; `name` is the file's, for messages.
void gather_file(const std::string& text, const std::string& name, GivenConfig& given, Problems& problems);
/// YUANDA_SECTION__KEY, and YUANDA_INBOX__ID__KEY for an inbox that is already in `given` ('-' is written '_').
void gather_environment(const std::map<std::string, std::string>& environment, GivenConfig& given, Problems& problems);

/// Names of all keys of a table of settings, `<key>_file` of secrets included.
template <class Target>
std::vector<std::string> key_names(const std::vector<Setting<Target>>& settings) {
    std::vector<std::string> names;
    for (const auto& setting : settings) {
        names.push_back(setting.key);
        if (setting.secret) names.push_back(setting.key + "_file");
    }
    return names;
}

template <class Target>
const Setting<Target>* find_setting(const std::vector<Setting<Target>>& settings, const std::string& key) {
    for (const auto& setting : settings)
        if (setting.key == key) return &setting;
    return nullptr;
}

}  // namespace yuanda::gateway
