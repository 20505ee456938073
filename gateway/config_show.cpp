// Settings as `config show` prints them: every key with where its value came from, secrets masked.
#include "core/message.hpp"
#include "gateway/config_schema.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::string_view kMask = "\"***\"";

/// postgresql://user:***@host/db; anything else that is secret is masked whole.
std::string masked(const std::string& key, const std::string& value) {
    if (value == "\"\"") return value;
    if (key != "storage.url") return std::string(kMask);
    const auto at = value.rfind('@');
    const auto host = value.find("://");
    const auto colon = host == std::string::npos ? host : value.find(':', host + 3);
    // A password may also stand in the query (?password=…).
    if (value.find("password") != std::string::npos) return std::string(kMask);
    if (at == std::string::npos || colon == std::string::npos || colon > at) return value;
    return value.substr(0, colon + 1) + "***" + value.substr(at);
}

template <class Target>
void describe_all(const Config& config, const std::vector<Setting<Target>>& settings, const Target& target,
                  const std::string& prefix, std::vector<ShownSetting>& out) {
    for (const auto& setting : settings) {
        if constexpr (std::is_same_v<Target, adapters::InboxConfig>) {
            const auto& known = setting.channels;
            if (!known.empty() && std::find(known.begin(), known.end(), target.channel) == known.end()) continue;
        }
        const auto value = setting.show(target);
        const auto source = config.sources.find(prefix + setting.key);
        out.push_back({prefix + setting.key, setting.secret ? masked(setting.key, value) : value,
                       source == config.sources.end() ? "default" : source->second});
    }
}

}  // namespace

std::string toml_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
    }
    return out + '"';
}

std::vector<ShownSetting> describe(const Config& config) {
    std::vector<ShownSetting> out;
    describe_all(config, config_settings(), config, "", out);
    for (const auto& inbox : config.inboxes)
        describe_all(config, inbox_settings(), inbox, "inbox." + inbox.id.value + ".", out);
    for (const auto& staff : config.staff)
        describe_all(config, staff_settings(), staff, "staff." + staff.login + ".", out);
    return out;
}

}  // namespace yuanda::gateway
