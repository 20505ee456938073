// One line a key; the comments an operator reads stand in config/yuanda.toml.
#include "gateway/config_schema.hpp"

#include <charconv>
#include <cmath>

#include "core/text.hpp"
#include "gateway/login.hpp"
#include "gateway/roles.hpp"

namespace yuanda::gateway {
namespace {

using Number = long long;
constexpr Number kManyBytes = 1LL << 30;

std::optional<Number> number_from(const std::string& text) {
    Number value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

using Check = std::string (*)(const std::string&);

template <class T, class Access>
Setting<T> text(std::string key, Access access, Check check = nullptr) {
    Setting<T> made;
    made.key = std::move(key);
    made.set = [access, check](T& target, const std::string& raw) -> std::string {
        if (!is_clean_utf8(raw)) return "must be UTF-8 text";
        if (check)
            if (auto problem = check(raw); !problem.empty()) return problem;
        access(target) = raw;
        return {};
    };
    made.show = [access](const T& target) { return toml_quoted(access(const_cast<T&>(target))); };
    return made;
}

template <class T, class Access>
Setting<T> secret(std::string key, Access access, std::vector<Channel> channels = {}) {
    auto made = text<T>(std::move(key), access);
    made.secret = true;
    made.channels = std::move(channels);
    return made;
}

template <class T, class Get, class Set>
Setting<T> number(std::string key, Number least, Number most, Get get, Set set) {
    Setting<T> made;
    made.key = std::move(key);
    made.kind = SettingKind::Number;
    made.set = [=](T& target, const std::string& raw) -> std::string {
        const auto value = number_from(raw);
        if (!value || *value < least || *value > most)
            return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        set(target, *value);
        return {};
    };
    made.show = [get](const T& target) { return std::to_string(static_cast<Number>(get(target))); };
    return made;
}

/// A plain number field of Config.
template <class Access>
Setting<Config> count(std::string key, Number least, Number most, Access access) {
    using Field = std::remove_reference_t<decltype(access(std::declval<Config&>()))>;
    return number<Config>(
        std::move(key), least, most, [access](const Config& c) { return access(const_cast<Config&>(c)); },
        [access](Config& c, Number value) { access(c) = static_cast<Field>(value); });
}

/// A std::chrono field of Config, counted in its own unit.
template <class Access>
Setting<Config> duration(std::string key, Number least, Number most, Access access) {
    using Field = std::remove_reference_t<decltype(access(std::declval<Config&>()))>;
    return number<Config>(
        std::move(key), least, most, [access](const Config& c) { return access(const_cast<Config&>(c)).count(); },
        [access](Config& c, Number value) { access(c) = Field{value}; });
}

/// A rate that people state by the minute (or second: `per` 1).
template <class Access>
Setting<Config> rate(std::string key, double per, Access access) {
    return number<Config>(
        std::move(key), 1, 1'000'000,
        [access, per](const Config& c) { return std::lround(access(const_cast<Config&>(c)) * per); },
        [access, per](Config& c, Number value) { access(c) = static_cast<double>(value) / per; });
}

template <class T, class Access>
Setting<T> flag(std::string key, Access access, std::vector<Channel> channels = {}) {
    Setting<T> made;
    made.key = std::move(key);
    made.kind = SettingKind::Flag;
    made.channels = std::move(channels);
    made.set = [access](T& target, const std::string& raw) -> std::string {
        if (raw != "true" && raw != "false") return "must be true or false";
        access(target) = raw == "true";
        return {};
    };
    made.show = [access](const T& target) { return access(const_cast<T&>(target)) ? "true" : "false"; };
    return made;
}

std::vector<std::string> split_commas(const std::string& raw) {
    std::vector<std::string> items;
    for (std::size_t begin = 0; begin <= raw.size();) {
        const auto end = std::min(raw.find(',', begin), raw.size());
        if (const auto item = trimmed(std::string_view(raw).substr(begin, end - begin)); !item.empty())
            items.emplace_back(item);
        begin = end + 1;
    }
    return items;
}

template <class T, class Access>
Setting<T> list(std::string key, Access access, Check check_item, std::vector<Channel> channels = {}) {
    Setting<T> made;
    made.key = std::move(key);
    made.kind = SettingKind::List;
    made.channels = std::move(channels);
    made.set = [access, check_item](T& target, const std::string& raw) -> std::string {
        auto items = split_commas(raw);
        for (const auto& item : items)
            if (auto problem = check_item(item); !problem.empty()) return problem;
        access(target) = std::move(items);
        return {};
    };
    made.show = [access](const T& target) {
        std::string out = "[";
        for (const auto& item : access(const_cast<T&>(target))) out += (out.size() > 1 ? ", " : "") + toml_quoted(item);
        return out + "]";
    };
    return made;
}

// What a text may hold.

std::string check_filled(const std::string& raw) { return trimmed(raw).empty() ? "must not be empty" : ""; }

std::string check_origin(const std::string& raw) {
    const bool web = raw.starts_with("https://") || raw.starts_with("http://");
    const auto rest = web ? raw.substr(raw.find("//") + 2) : std::string{};
    return !rest.empty() && rest.find_first_of("/?# ") == std::string::npos
               ? ""
               : "must be an origin such as https://www.example.cn, without a path";
}

std::string check_public_url(const std::string& raw) { return raw.empty() ? "" : check_origin(raw); }

std::string check_database(const std::string& raw) {
    const bool known = raw.starts_with("sqlite:") || raw.starts_with("postgresql://") || raw.starts_with("postgres://");
    return known ? "" : "must begin with sqlite: or postgresql://";
}

std::string check_level(const std::string& raw) {
    return raw == "debug" || raw == "info" || raw == "warning" || raw == "error"
               ? ""
               : "must be debug, info, warning or error";
}

std::string check_id(const std::string& raw) {
    const bool good = !raw.empty() && raw.size() <= 32 && std::all_of(raw.begin(), raw.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    return good ? "" : "must be 1 to 32 small letters, digits or '-'; it stands in web addresses";
}

std::string check_login(const std::string& raw) {
    return is_login(raw) ? "" : "must be 3 to 32 small letters, digits, '-', '_' or '.', a letter or digit first";
}

std::string check_role(const std::string& raw) {
    std::string known;
    for (const auto role : kRoles) known.append(known.empty() ? "" : ", ").append(role);
    return is_role(raw) ? "" : "has no role '" + raw + "'; there are " + known;
}

/// "9:00" in minutes of the day.
std::optional<int> minutes_from(const std::string& raw) {
    const auto colon = raw.find(':');
    if (colon == std::string::npos || raw.size() - colon != 3) return std::nullopt;
    const auto hour = number_from(raw.substr(0, colon));
    const auto minute = number_from(raw.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59) return std::nullopt;
    const auto total = static_cast<int>(*hour * 60 + *minute);
    return total > 24 * 60 ? std::nullopt : std::optional(total);
}

template <class Access>
Setting<Config> time_of_day(std::string key, Access access) {
    Setting<Config> made;
    made.key = std::move(key);
    made.set = [access](Config& c, const std::string& raw) -> std::string {
        const auto minutes = minutes_from(raw);
        if (!minutes) return "must be a time of day such as \"9:00\"";
        access(c) = std::chrono::minutes{*minutes};
        return {};
    };
    made.show = [access](const Config& c) {
        const auto minutes = access(const_cast<Config&>(c)).count();
        const auto rest = std::to_string(minutes % 60);
        return toml_quoted(std::to_string(minutes / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest);
    };
    return made;
}

// Named fields of Config keep the tables below readable.
#define FIELD(path) \
    [](Config & c) -> auto& { return c.path; }
#define INBOX(path) \
    [](adapters::InboxConfig & i) -> auto& { return i.path; }
#define STAFF(path) \
    [](SeedStaff & s) -> auto& { return s.path; }

Setting<Config> database_url() {
    auto made = text<Config>("storage.url", FIELD(storage.url), check_database);
    made.secret = true;  // it may hold a password
    return made;
}

Setting<adapters::InboxConfig> inbox_channel() {
    Setting<adapters::InboxConfig> made;
    made.key = "channel";
    made.set = [](adapters::InboxConfig& inbox, const std::string& raw) -> std::string {
        const auto channel = channel_from(raw);
        if (!channel) return "must be wechat, qq or webchat";
        inbox.channel = *channel;
        return {};
    };
    made.show = [](const adapters::InboxConfig& inbox) { return toml_quoted(name_of(inbox.channel)); };
    return made;
}

Setting<adapters::InboxConfig> inbox_id() {
    Setting<adapters::InboxConfig> made;
    made.key = "id";
    made.set = [](adapters::InboxConfig& inbox, const std::string& raw) -> std::string {
        inbox.id = InboxId{raw};
        return check_id(raw);
    };
    made.show = [](const adapters::InboxConfig& inbox) { return toml_quoted(inbox.id.value); };
    return made;
}

/// A text key that only some channels know.
template <class Access>
Setting<adapters::InboxConfig> inbox_text(std::string key, Access access, std::vector<Channel> channels) {
    auto made = text<adapters::InboxConfig>(std::move(key), access);
    made.channels = std::move(channels);
    return made;
}

void add_limits(std::vector<Setting<Config>>& all) {
    all.push_back(rate("limits.address_per_minute", 60, FIELD(limits.per_address.per_second)));
    all.push_back(count("limits.address_burst", 1, 1'000'000, FIELD(limits.per_address.burst)));
    all.push_back(rate("limits.contact_per_minute", 60, FIELD(limits.per_contact.per_second)));
    all.push_back(count("limits.contact_burst", 1, 1'000'000, FIELD(limits.per_contact.burst)));
    all.push_back(rate("limits.inbox_per_second", 1, FIELD(limits.per_inbox.per_second)));
    all.push_back(count("limits.inbox_burst", 1, 1'000'000, FIELD(limits.per_inbox.burst)));
    all.push_back(count("limits.connections", 1, 1'000'000, FIELD(limits.server.connections)));
    all.push_back(count("limits.connections_per_address", 1, 1'000'000, FIELD(limits.server.connections_per_address)));
    all.push_back(count("limits.header_bytes", 1024, kManyBytes, FIELD(limits.server.header_bytes)));
    all.push_back(count("limits.target_bytes", 256, kManyBytes, FIELD(limits.server.target_bytes)));
    all.push_back(count("limits.header_fields", 8, 1000, FIELD(limits.server.fields)));
    all.push_back(count("limits.buffer_bytes", 4096, kManyBytes, FIELD(limits.server.buffer_bytes)));
    all.push_back(duration("limits.header_time_s", 1, 600, FIELD(limits.server.header_time)));
    all.push_back(duration("limits.request_time_s", 1, 600, FIELD(limits.server.request_time)));
    all.push_back(duration("limits.keep_alive_s", 1, 3600, FIELD(limits.server.keep_alive)));
    all.push_back(duration("limits.slow_reader_s", 1, 600, FIELD(limits.server.slow_reader)));
    all.push_back(count("limits.webhook_body_bytes", 4096, kManyBytes, FIELD(limits.sizes.webhook_body)));
    all.push_back(count("limits.api_body_bytes", 4096, kManyBytes, FIELD(limits.sizes.api_body)));
    all.push_back(count("limits.citizen_frame_bytes", 4096, kManyBytes, FIELD(limits.sizes.citizen_frame)));
    all.push_back(count("limits.staff_frame_bytes", 4096, kManyBytes, FIELD(limits.sizes.staff_frame)));
    all.push_back(count("limits.socket_queue_bytes", 4096, kManyBytes, FIELD(limits.server.socket_queue_bytes)));
    all.push_back(count("limits.socket_frames_per_second", 1, 10'000, FIELD(limits.server.socket_frames_per_second)));
}

std::vector<Setting<Config>> make_config_settings() {
    std::vector<Setting<Config>> all;
    all.push_back(text<Config>("listen.address", FIELD(listen.address), check_filled));
    all.push_back(count("listen.port", 0, 65535, FIELD(listen.port)));
    all.push_back(text<Config>("listen.tls_certificate", FIELD(listen.tls.certificate)));
    all.push_back(text<Config>("listen.tls_key", FIELD(listen.tls.key)));
    all.push_back(flag<Config>("listen.loopback_proxy", FIELD(listen.loopback_proxy)));
    all.push_back(text<Config>("listen.public_url", FIELD(public_url), check_public_url));
    all.push_back(text<Config>("private.address", FIELD(private_listen.address), check_filled));
    all.push_back(count("private.port", 0, 65535, FIELD(private_listen.port)));
    all.push_back(database_url());
    all.push_back(count("storage.readers", 1, 64, FIELD(storage.readers)));
    all.push_back(duration("storage.batch_window_us", 0, 100'000, FIELD(storage.batch_window)));
    all.push_back(count("storage.batch_limit", 1, 1000, FIELD(storage.batch_limit)));
    all.push_back(count("storage.queue_limit", 1, 1'000'000, FIELD(storage.queue_limit)));
    all.push_back(text<Config>("storage.key_file", FIELD(key_file), check_filled));
    all.push_back(text<Config>("storage.index_dir", FIELD(index_dir)));
    all.push_back(text<Config>("centre.name", FIELD(centre.name), check_filled));
    all.push_back(text<Config>("centre.short_name", FIELD(centre.short_name), check_filled));
    all.push_back(text<Config>("centre.phone", FIELD(centre.phone), check_filled));
    all.push_back(text<Config>("centre.consent", FIELD(centre.consent)));
    all.push_back(time_of_day("centre.opens", FIELD(centre.hours.opens)));
    all.push_back(time_of_day("centre.closes", FIELD(centre.hours.closes)));
    all.push_back(flag<Config>("centre.weekends", FIELD(centre.hours.weekends)));
    all.push_back(duration("centre.first_response_min", 1, 10'000, FIELD(centre.sla.first_response)));
    all.push_back(duration("centre.next_response_min", 1, 10'000, FIELD(centre.sla.next_response)));
    all.push_back(text<Config>("web.dir", FIELD(web_dir)));
    all.push_back(text<Config>("log.level", FIELD(log_level), check_level));
    all.push_back(flag<Config>("demo.enabled", FIELD(demo)));
    add_limits(all);
    return all;
}

std::vector<Setting<adapters::InboxConfig>> make_inbox_settings() {
    using I = adapters::InboxConfig;
    const std::vector<Channel> wechat{Channel::Wechat}, qq{Channel::Qq}, web{Channel::Webchat};
    const std::vector<Channel> both{Channel::Wechat, Channel::Qq};
    std::vector<Setting<I>> all;
    all.push_back(inbox_id());
    all.push_back(inbox_channel());
    all.push_back(text<I>("name", INBOX(name)));
    all.push_back(inbox_text("app_id", INBOX(app_id), both));
    all.push_back(secret<I>("token", INBOX(token), wechat));
    all.push_back(secret<I>("encoding_aes_key", INBOX(encoding_aes_key), wechat));
    all.push_back(secret<I>("app_secret", INBOX(app_secret), wechat));
    all.push_back(secret<I>("secret", INBOX(app_secret), qq));
    all.push_back(inbox_text("mode", INBOX(mode), wechat));
    all.push_back(flag<I>("customer_service", INBOX(customer_service), wechat));
    all.push_back(inbox_text("api", INBOX(api), both));
    all.push_back(inbox_text("token_api", INBOX(token_api), qq));
    all.push_back(list<I>("origins", INBOX(origins), check_origin, web));
    all.push_back(secret<I>("identity_key", INBOX(identity_key), web));
    all.push_back(flag<I>("require_identity", INBOX(require_identity), web));
    return all;
}

std::vector<Setting<SeedStaff>> make_staff_settings() {
    std::vector<Setting<SeedStaff>> all;
    all.push_back(text<SeedStaff>("login", STAFF(login), check_login));
    all.push_back(text<SeedStaff>("name", STAFF(name), check_filled));
    all.push_back(secret<SeedStaff>("password", STAFF(password)));
    all.push_back(list<SeedStaff>("roles", STAFF(roles), check_role));
    return all;
}
#undef FIELD
#undef INBOX
#undef STAFF

}  // namespace

const std::vector<Setting<Config>>& config_settings() {
    static const auto all = make_config_settings();
    return all;
}

const std::vector<Setting<adapters::InboxConfig>>& inbox_settings() {
    static const auto all = make_inbox_settings();
    return all;
}

const std::vector<Setting<SeedStaff>>& staff_settings() {
    static const auto all = make_staff_settings();
    return all;
}

}  // namespace yuanda::gateway
