// Walks TOML and the environment; every unknown name gets its line and the nearest known one.
#include "gateway/config_loader.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "gateway/suggest.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::string_view kPrefix = "YUANDA_";
constexpr std::string_view kSeparator = "__";
constexpr std::string_view kFileSuffix = "_file";
constexpr std::string_view kInbox = "inbox";
constexpr std::string_view kStaff = "staff";

/// The value as text; false for what no setting holds (tables, dates, numbers with a point).
bool read_value(const toml::node& node, GivenValue& value) {
    if (const auto* text = node.as_string()) {
        value.raw = text->get();
    } else if (const auto* number = node.as_integer()) {
        value.kind = SettingKind::Number;
        value.raw = std::to_string(number->get());
    } else if (const auto* flag = node.as_boolean()) {
        value.kind = SettingKind::Flag;
        value.raw = flag->get() ? "true" : "false";
    } else if (const auto* array = node.as_array()) {
        value.kind = SettingKind::List;
        for (const auto& item : *array) {
            const auto* text_item = item.as_string();
            if (!text_item) return false;
            value.raw += (value.raw.empty() ? "" : ",") + text_item->get();
        }
    } else {
        return false;
    }
    return true;
}

/// "x_file" names a secret's file when x is a secret.
bool names_secret_file(const std::string& key, const std::vector<std::string>& known) {
    return key.ends_with(kFileSuffix) &&
           std::find(known.begin(), known.end(), key.substr(0, key.size() - kFileSuffix.size())) != known.end();
}

/// Adds a value that is known by name; a secret's file stands under the secret's own key.
void put(GivenValues& values, std::string key, GivenValue value, const std::vector<std::string>& known,
         Problems& problems) {
    if (names_secret_file(key, known)) {
        key.resize(key.size() - kFileSuffix.size());
        value.from_file = true;
    }
    const auto [found, fresh] = values.emplace(key, value);
    if (fresh) return;
    if (found->second.source == value.source)
        problems.add(value.where, key + " is given twice, by " + found->second.where + " too");
    else
        found->second = std::move(value);
}

class FileReader {
public:
    FileReader(std::string name, GivenConfig& given, Problems& problems)
        : name_(std::move(name)), given_(given), problems_(problems) {}

    void read(const toml::table& root) {
        for (const auto& [key, node] : in_order(root)) {
            if (key == kInbox)
                read_tables(key, *node, key_names(inbox_settings()), given_.inboxes);
            else if (key == kStaff)
                read_tables(key, *node, key_names(staff_settings()), given_.staff);
            else if (const auto* section = node->as_table())
                read_section(key, *section, place(*node));
            else
                unknown(*node, key, sections());
        }
    }

private:
    using Items = std::vector<std::pair<std::string, const toml::node*>>;

    /// TOML tables sort by key; people read by line.
    static Items in_order(const toml::table& table) {
        Items items;
        for (const auto& [key, node] : table) items.emplace_back(std::string(key.str()), &node);
        std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
            return a.second->source().begin < b.second->source().begin;
        });
        return items;
    }

    std::string place(const toml::node& node) const {
        const auto& begin = node.source().begin;
        return name_ + ":" + std::to_string(begin.line) + ":" + std::to_string(begin.column);
    }

    static std::vector<std::string> sections() {
        std::vector<std::string> names{std::string(kInbox), std::string(kStaff)};
        for (const auto& setting : config_settings()) {
            const auto section = setting.key.substr(0, setting.key.find('.'));
            if (std::find(names.begin(), names.end(), section) == names.end()) names.push_back(section);
        }
        return names;
    }

    void unknown(const toml::node& node, const std::string& key, const std::vector<std::string>& known) {
        problems_.add(place(node), "unknown key " + key + did_you_mean(key, known));
    }

    void read_section(const std::string& section, const toml::table& table, const std::string& where) {
        const auto names = sections();
        if (std::find(names.begin(), names.end(), section) == names.end()) {
            problems_.add(where, "unknown section [" + section + "]" + did_you_mean(section, names));
            return;
        }
        read_values(section + ".", table, key_names(config_settings()), given_.values);
    }

    void read_tables(const std::string& key, const toml::node& node, const std::vector<std::string>& known,
                     std::vector<GivenTable>& out) {
        const auto* array = node.as_array();
        if (!array || !array->is_array_of_tables()) {
            problems_.add(place(node), key + " must be written as [[" + key + "]]");
            return;
        }
        for (const auto& item : *array) {
            out.push_back({place(item), {}});
            read_values("", *item.as_table(), known, out.back().values);
        }
    }

    void read_values(const std::string& prefix, const toml::table& table, const std::vector<std::string>& known,
                     GivenValues& values) {
        for (const auto& [name, node] : in_order(table)) {
            const auto key = prefix + name;
            GivenValue value;
            value.typed = true;
            value.source = "file";
            value.where = place(*node);
            if (std::find(known.begin(), known.end(), key) == known.end())
                unknown(*node, key, known);
            else if (!read_value(*node, value))
                problems_.add(value.where, key + " has a value of the wrong type");
            else
                put(values, key, std::move(value), known, problems_);
        }
    }

    std::string name_;
    GivenConfig& given_;
    Problems& problems_;
};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// The name in the environment: listen.port -> YUANDA_LISTEN__PORT.
std::string variable_of(const std::string& key) {
    std::string out(kPrefix);
    for (const char c : key) {
        if (c == '.')
            out += kSeparator;
        else
            out += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return out;
}

GivenTable* inbox_named(GivenConfig& given, std::string_view id) {
    for (auto& inbox : given.inboxes) {
        const auto found = inbox.values.find("id");
        if (found == inbox.values.end()) continue;
        auto name = lower_case(found->second.raw);
        std::replace(name.begin(), name.end(), '-', '_');
        if (name == id) return &inbox;
    }
    return nullptr;
}

}  // namespace

std::string Problems::text() const {
    std::string out;
    for (const auto& line : lines_) out += (out.empty() ? "" : "\n") + line;
    return out;
}

void gather_file(const std::string& text, const std::string& name, GivenConfig& given, Problems& problems) {
    try {
        const auto root = toml::parse(text);
        FileReader(name, given, problems).read(root);
    } catch (const toml::parse_error& error) {
        const auto& begin = error.source().begin;
        problems.add(name + ":" + std::to_string(begin.line) + ":" + std::to_string(begin.column),
                     std::string(error.description()));
    }
}

void gather_environment(const std::map<std::string, std::string>& environment, GivenConfig& given, Problems& problems) {
    const auto config_names = key_names(config_settings());
    const auto inbox_names = key_names(inbox_settings());
    for (const auto& [variable, raw] : environment) {
        if (!variable.starts_with(kPrefix)) continue;
        const auto name = lower_case(std::string_view(variable).substr(kPrefix.size()));
        const auto first = name.find(kSeparator);
        if (first == std::string::npos) continue;  // YUANDA_ROOT and its like are no settings
        auto* values = &given.values;
        const auto* known = &config_names;
        auto key = name.substr(0, first) + "." + name.substr(first + kSeparator.size());
        if (const auto second = name.rfind(kSeparator); name.substr(0, first) == kInbox && second > first) {
            const auto id = name.substr(first + kSeparator.size(), second - first - kSeparator.size());
            auto* inbox = inbox_named(given, id);
            if (!inbox) {
                problems.add(variable, "there is no inbox " + id);
                continue;
            }
            values = &inbox->values;
            known = &inbox_names;
            key = name.substr(second + kSeparator.size());
        }
        if (std::find(known->begin(), known->end(), key) == known->end()) {
            const auto nearest = nearest_word(key, *known);
            problems.add(variable,
                         "no such setting" + (nearest ? "; did you mean " + variable_of(*nearest) + "?" : ""));
            continue;
        }
        put(*values, key, {raw, SettingKind::Text, false, false, "environment", variable}, *known, problems);
    }
}

}  // namespace yuanda::gateway
