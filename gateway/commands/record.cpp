// config check|show, audit verify and version: what the service is set to, has done and is.
#include <CLI/CLI.hpp>

#include "core/json.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/config_schema.hpp"
#include "storage/events.hpp"

namespace yuanda::gateway {
namespace {

struct RecordOptions {
    CommonOptions common;
    bool json = false;
};

int check_config(const RecordOptions& options) {
    const auto file = options.common.config_file.empty() ? default_config_file() : options.common.config_file;
    const auto config = load_settings(options.common);
    if (!config) {
        say(config.error().detail);
        return kConfig;
    }
    say((file.empty() ? std::string("no file, defaults") : file) + ": all is well, " +
        counted(static_cast<std::int64_t>(config->inboxes.size()), "inbox", "inboxes"));
    return kOk;
}

int show_config(const RecordOptions& options) {
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    nlohmann::ordered_json all;
    for (const auto& setting : describe(*config)) {
        if (options.json)
            all[setting.key] = {{"value", setting.value}, {"source", setting.source}};
        else
            print(setting.key + " = " + setting.value + "  # " + setting.source);
    }
    if (options.json) print(all.dump());
    return kOk;
}

int verify_audit(const RecordOptions& options) {
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    const SystemClock clock;
    const auto database = open_database(*config, clock);
    if (!database)
        return fail(database.error().code == ErrorCode::Conflict ? kSchema : kUnavailable, database.error().detail);
    const auto report = storage::Events(**database).verify();
    if (!report) return fail(report.error());
    if (options.json)
        print(nlohmann::ordered_json{{"events", report->events},
                                     {"writers", report->writers},
                                     {"first_bad", report->first_bad ? Json(*report->first_bad) : Json()}}
                  .dump());
    else
        print(counted(report->events, "event", "events") + " by " + counted(report->writers, "writer", "writers") +
              (report->first_bad ? "; broken at " + *report->first_bad : ", unbroken"));
    return report->first_bad ? kDataInvalid : kOk;
}

int version(const RecordOptions& options) {
    const int schema = storage::Database::newest_schema();
    if (options.json)
        print(nlohmann::ordered_json{{"version", YUANDA_VERSION}, {"schema", schema}}.dump());
    else
        print("yuanda " YUANDA_VERSION " (schema " + std::to_string(schema) + ")");
    return kOk;
}

using Verb = int (*)(const RecordOptions&);

CLI::App* add_verb(CLI::App& noun, Action& chosen, Verb verb, const char* name, const char* about, bool configured) {
    auto options = std::make_shared<RecordOptions>();
    auto* command = noun.add_subcommand(name, about);
    command->add_flag("--json", options->json, "as JSON");
    if (configured) command->add_option("--config", options->common.config_file, "configuration file");
    command->callback([&chosen, options, verb] { chosen = [options, verb] { return verb(*options); }; });
    return command;
}

}  // namespace

void add_record_commands(CLI::App& app, Action& chosen) {
    auto* config = app.add_subcommand("config", "The configuration: check and show");
    config->require_subcommand(1);
    config->footer(examples("yuanda config check", "yuanda config show"));
    add_verb(*config, chosen, check_config, "check", "Name every mistake with its line; exit 3 when there is one", true)
        ->footer(examples("yuanda config check", "yuanda config check --config /etc/yuanda/yuanda.toml"));
    add_verb(*config, chosen, show_config, "show", "Every setting with its value and source, secrets masked", true)
        ->footer(examples("yuanda config show", "YUANDA_LISTEN__PORT=9000 yuanda config show --json"));

    auto* audit = app.add_subcommand("audit", "The append-only record");
    audit->require_subcommand(1);
    audit->footer(examples("yuanda audit verify", "yuanda audit verify --json"));
    add_verb(*audit, chosen, verify_audit, "verify", "Check the hash chain of every writer; exit 4 when one is broken",
             true)
        ->footer(examples("yuanda audit verify", "yuanda audit verify --json"));

    add_verb(app, chosen, version, "version", "Print version and schema", false)
        ->footer(examples("yuanda version", "yuanda version --json"));
}

}  // namespace yuanda::gateway
