// Turns what file and environment say into one checked Config; everything that is wrong is said at once.
#include "gateway/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/text.hpp"
#include "gateway/config_loader.hpp"
#include "gateway/config_schema.hpp"
#include "gateway/texts.hpp"

namespace yuanda::gateway {
namespace {

constexpr unsigned short kPrivatePort = 8081;

std::string_view kind_words(SettingKind kind) {
    switch (kind) {
        case SettingKind::Number: return "a whole number";
        case SettingKind::Flag: return "true or false";
        case SettingKind::List: return "a list of texts";
        case SettingKind::Text: break;
    }
    return "a text in quotes";
}

/// The value itself, from the secret's file where one is named; nullopt when that cannot be read.
std::optional<std::string> value_of(const std::string& key, const GivenValue& given, Problems& problems) {
    if (!given.from_file) return given.raw;
    auto text = read_text_file(given.raw);
    if (text) return std::string(trimmed(*text));
    problems.add(given.where, key + "_file: " + text.error().detail);
    return std::nullopt;
}

template <class Target>
void apply(const GivenValues& values, const std::vector<Setting<Target>>& settings, const std::string& prefix,
           Target& target, std::map<std::string, std::string>& sources, Problems& problems) {
    for (const auto& [key, given] : values) {
        const auto* setting = find_setting(settings, key);
        if (!setting) continue;  // gathering has complained already
        if (given.typed && !given.from_file && given.kind != setting->kind) {
            problems.add(given.where, key + " must be " + std::string(kind_words(setting->kind)));
            continue;
        }
        const auto value = value_of(key, given, problems);
        if (!value) continue;
        const auto problem = setting->set(target, *value);
        if (!problem.empty()) problems.add(given.where, key + " " + problem);
        sources[prefix + key] = given.from_file ? given.source + " " + given.raw : given.source;
    }
}

/// Adapters check their own keys; nothing is sent while they are only made.
class NoHttp : public HttpClient {
public:
    boost::asio::awaitable<Result<HttpAnswer>> call(HttpCall) override {
        co_return Error(ErrorCode::Unavailable, "unsent: no network here");
    }
};

void check_channel_keys(const GivenTable& table, const adapters::InboxConfig& inbox, Problems& problems) {
    for (const auto& [key, given] : table.values) {
        const auto* setting = find_setting(inbox_settings(), key);
        if (!setting || setting->channels.empty()) continue;
        const auto& known = setting->channels;
        if (std::find(known.begin(), known.end(), inbox.channel) == known.end())
            problems.add(given.where, key + " is no key of a " + std::string(name_of(inbox.channel)) + " inbox");
    }
}

void make_inbox(const GivenTable& table, Config& config, std::set<InboxId>& seen, Problems& problems) {
    bool complete = true;
    for (const char* key : {"id", "channel"})
        if (!table.values.contains(key)) {
            problems.add(table.where, std::string("an inbox needs ") + key);
            complete = false;
        }
    if (!complete) return;
    adapters::InboxConfig inbox;
    const auto prefix = "inbox." + table.values.at("id").raw + ".";
    Problems own;
    apply(table.values, inbox_settings(), prefix, inbox, config.sources, own);
    if (own.empty()) check_channel_keys(table, inbox, own);
    if (!seen.insert(inbox.id).second) own.add(table.where, "the inbox " + inbox.id.value + " stands twice");
    if (own.empty()) {
        NoHttp http;
        const SystemClock clock;
        SystemRandom random;
        const auto made = adapters::make_adapter(inbox, http, clock, random);
        if (!made) own.add(table.where, made.error().detail);
    }
    if (!own.empty()) problems.add_all(own);
    if (inbox.name.empty()) inbox.name = inbox.id.value;
    config.inboxes.push_back(std::move(inbox));
}

void make_staff(const GivenTable& table, Config& config, Problems& problems) {
    if (!config.demo) {
        problems.add(table.where, "[[staff]] is for the demonstration alone; use `yuanda user add`");
        return;
    }
    SeedStaff staff;
    for (const char* key : {"login", "name", "password", "roles"})
        if (!table.values.contains(key)) problems.add(table.where, std::string("staff needs ") + key);
    const auto login = table.values.find("login");
    const auto prefix = "staff." + (login == table.values.end() ? std::string{} : login->second.raw) + ".";
    apply(table.values, staff_settings(), prefix, staff, config.sources, problems);
    config.staff.push_back(std::move(staff));
}

void check_whole(const Config& config, Problems& problems) {
    if (config.listen.tls.certificate.empty() != config.listen.tls.key.empty())
        problems.add("listen", "tls_certificate and tls_key go together");
    if (config.centre.hours.opens >= config.centre.hours.closes)
        problems.add("centre", "opens must be earlier than closes");
    const bool same_port = config.listen.port != 0 && config.listen.port == config.private_listen.port;
    if (same_port && config.listen.address == config.private_listen.address)
        problems.add("private", "port must differ from listen.port");
}

GivenTable default_inbox() {
    GivenTable web;
    web.where = "default inbox";
    for (const auto& [key, value] : {std::pair{"id", "web"}, {"channel", "webchat"}, {"name", "网页咨询"}})
        web.values[key] = {value, SettingKind::Text, false, false, "default", web.where};
    return web;
}

Config defaults() {
    Config config;
    config.private_listen.port = kPrivatePort;
    return config;
}

/// What the file leaves to the product: where its files are, and the words of a centre that has none of its own.
void fill_from_root(Config& config) {
    auto root = find_root();
    if (!root) return;
    config.root = std::move(*root);
    std::error_code ignored;
    if (const auto built = config.root + "/web/dist";
        config.web_dir.empty() && std::filesystem::exists(built, ignored)) {
        config.web_dir = built;
        config.sources["web.dir"] = "found";
    }
    if (!config.centre.consent.empty()) return;
    const auto texts = Texts::from_file(config.root + "/config/texts/centre.toml");
    if (!texts) return;
    config.centre.consent = (*texts)["consent"];
    config.sources["centre.consent"] = "config/texts/centre.toml";
}

}  // namespace

Result<Config> load_config(const std::string& file, const std::map<std::string, std::string>& environment) {
    GivenConfig given;
    Problems problems;
    if (!file.empty()) {
        const auto text = read_text_file(file);
        if (!text) return text.error();
        gather_file(*text, file, given, problems);
    }
    if (given.inboxes.empty()) given.inboxes.push_back(default_inbox());
    gather_environment(environment, given, problems);

    auto config = defaults();
    apply(given.values, config_settings(), "", config, config.sources, problems);
    std::set<InboxId> seen;
    for (const auto& table : given.inboxes) make_inbox(table, config, seen, problems);
    for (const auto& table : given.staff) make_staff(table, config, problems);
    check_whole(config, problems);
    if (!problems.empty()) return invalid(problems.text());

    config.listen.limits = config.limits.server;
    config.private_listen.limits = config.limits.server;
    fill_from_root(config);
    return config;
}

std::map<std::string, std::string> process_environment() {
    std::map<std::string, std::string> variables;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view line(*entry);
        const auto equals = line.find('=');
        if (line.starts_with("YUANDA_") && equals != std::string_view::npos)
            variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return variables;
}

}  // namespace yuanda::gateway
