// The table of every key an operator can set: how it is read, what it may hold, how it is shown.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/config.hpp"

namespace yuanda::gateway {

enum class SettingKind { Text, Number, Flag, List };

/// One key of a `Target` (the Config itself, one [[inbox]], one [[staff]]). Values travel as text, so that a
/// file and the environment are read by the same rules; a list is joined by commas.
template <class Target>
struct Setting {
    std::string key;  // "listen.port"; without a section inside [[inbox]] and [[staff]]
    SettingKind kind = SettingKind::Text;
    bool secret = false;            // masked when shown; may also come from a file by `<key>_file`
    std::vector<Channel> channels;  // [[inbox]]: the channels that know this key; empty: all
    std::function<std::string(Target&, const std::string&)> set;  // returns what is wrong; empty: it was taken
    std::function<std::string(const Target&)> show;               // as written in TOML, secrets in the clear
};

const std::vector<Setting<Config>>& config_settings();
const std::vector<Setting<adapters::InboxConfig>>& inbox_settings();
const std::vector<Setting<SeedStaff>>& staff_settings();

/// `text` as a TOML basic string.
std::string toml_quoted(std::string_view text);

/// One line of `config show`.
struct ShownSetting {
    std::string key;     // listen.port, inbox.web.name
    std::string value;   // TOML; secrets masked
    std::string source;  // default, file, environment
};
std::vector<ShownSetting> describe(const Config& config);

}  // namespace yuanda::gateway
