// doctor: everything the service stands on, a line each, with what to do about it.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>

#include "core/json.hpp"
#include "core/seal.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/sources.hpp"
#include "storage/key_proof.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLeastFreeBytes = 1ULL << 30;

struct Check {
    std::string name;
    std::string state;   // what was found
    std::string advice;  // what to do; empty: all is well
    int code = kOk;      // exit code when it is not
};

struct Findings {
    std::vector<Check> checks;
    void good(std::string name, std::string state) { checks.push_back({std::move(name), std::move(state), {}, kOk}); }
    void bad(std::string name, std::string state, std::string advice, int code) {
        checks.push_back({std::move(name), std::move(state), std::move(advice), code});
    }
};

/// Whether the key file is the one that sealed this database.
void check_proof(const Config& config, storage::Database& database, Findings& found) {
    SystemRandom random;
    const auto sealer = Sealer::from_file(config.key_file, false, random);
    if (!sealer) return;  // check_key says what is wrong with it
    const auto proved = storage::prove_key(database, *sealer);
    if (proved)
        found.good("key", "opens this database");
    else
        found.bad("key", proved.error().detail, "nothing sealed can be read until then", kConfig);
}

void check_database(const Config& config, Findings& found) {
    const SystemClock clock;
    if (const auto path = missing_database(config)) {
        found.bad("database", *path + " is not there", "run `yuanda init`, or `yuanda demo` for a look", kUnavailable);
        return;
    }
    const auto database = storage::Database::open(config.storage, clock);
    if (!database) {
        found.bad("database", database.error().detail, "check storage.url, the server and its password", kUnavailable);
        return;
    }
    found.good("database", (*database)->describe());
    const auto version = (*database)->schema_version();
    const int newest = storage::Database::newest_schema();
    if (!version)
        found.bad("schema", version.error().detail, "check the database", kUnavailable);
    else if (*version == 0)
        found.bad("schema", "nothing in it yet", "run `yuanda init`", kUnavailable);
    else if (*version < newest)
        found.bad("schema", std::to_string(*version) + " of " + std::to_string(newest), "run `yuanda migrate`",
                  kUnavailable);
    else if (*version > newest)
        found.bad("schema", std::to_string(*version) + " is newer than this binary's " + std::to_string(newest),
                  "use the newer yuanda", kUnavailable);
    else
        found.good("schema", std::to_string(*version));
    if (version && *version == newest) check_proof(config, **database, found);
}

void check_key(const Config& config, Findings& found) {
    std::error_code ignored;
    SystemRandom random;
    if (!fs::exists(config.key_file, ignored)) {
        found.bad("key file", config.key_file + " is not there", "run `yuanda init`, or put the copy back", kConfig);
        return;
    }
    const auto sealer = Sealer::from_file(config.key_file, false, random);
    if (sealer)
        found.good("key file", config.key_file);
    else
        found.bad("key file", sealer.error().detail, "64 hex digits, readable by the service alone (chmod 600)",
                  kConfig);
}

void check_knowledge(const Config& config, Findings& found) {
    const auto deciders = make_deciders(config.root, config.centre);
    if (deciders)
        found.good("tables", "reader, texts, form and calendars can be read");
    else
        found.bad("tables", deciders.error().detail, "restore the file from the package", kConfig);
    // A private index: the one of a running service is not touched.
    const auto generation = build_generation(config.root, "");
    if (generation)
        found.good("index", std::to_string((*generation)->base->entries().size()) + " entries");
    else
        found.bad("index", generation.error().detail, "run `yuanda kb lint`", kConfig);
}

void check_pages(const Config& config, Findings& found) {
    const auto folder = config.web_dir.empty() ? fs::path(config.root) / "web" / "dist" : fs::path(config.web_dir);
    constexpr const char* kAdvice = "build them with bin/build-web, or set web.dir";
    std::error_code ignored;
    for (const char* page : {"citizen.html", "console.html"})
        if (!fs::exists(folder / page, ignored)) {
            found.bad("pages", (folder / page).string() + " is not there", kAdvice, kConfig);
            return;
        }
    found.good("pages", folder.string());
}

void check_disk(const Config& config, Findings& found) {
    std::error_code problem;
    auto folder = fs::path(config.key_file).parent_path();
    if (folder.empty() || !fs::exists(folder, problem)) folder = ".";
    const auto space = fs::space(folder, problem);
    if (problem)
        found.bad("disk", "cannot look at " + folder.string(), "check its permissions", kUnavailable);
    else if (space.available < kLeastFreeBytes)
        found.bad("disk", std::to_string(space.available >> 20) + " MiB free", "make room: 1 GiB at least",
                  kUnavailable);
    else
        found.good("disk", std::to_string(space.available >> 20) + " MiB free");
}

int report(const Findings& found, bool json) {
    int code = kOk;
    for (const auto& check : found.checks) {
        const bool good = check.advice.empty();
        if (!good && (code == kOk || check.code == kConfig)) code = check.code;
        if (json)
            print(nlohmann::ordered_json{
                {"check", check.name}, {"ok", good}, {"state", check.state}, {"advice", check.advice}}
                      .dump());
        else
            print((good ? "ok       " : "problem  ") + check.name + ": " + check.state +
                  (good ? "" : "\n         -> " + check.advice));
    }
    return code;
}

int doctor(const CommonOptions& options, bool json) {
    Findings found;
    const auto root = find_root();
    if (root)
        found.good("root", *root);
    else
        found.bad("root", root.error().detail, "set YUANDA_ROOT to the folder with config/ and kb/", kConfig);
    const auto file = options.config_file.empty() ? default_config_file() : options.config_file;
    const auto config = load_settings(options);
    if (!config) {
        found.bad("config", config.error().detail, "correct it; `yuanda config check` looks again", kConfig);
        return report(found, json);
    }
    found.good("config", file.empty() ? "none, defaults" : file);
    check_database(*config, found);
    check_key(*config, found);
    if (root) {
        check_knowledge(*config, found);
        check_pages(*config, found);
    }
    check_disk(*config, found);
    return report(found, json);
}

}  // namespace

void add_doctor_command(CLI::App& app, Action& chosen) {
    auto options = std::make_shared<CommonOptions>();
    auto json = std::make_shared<bool>(false);
    auto* command =
        app.add_subcommand("doctor", "Check all the service stands on; exit 3 or 5 when something is wrong");
    command->add_option("--config", options->config_file, "configuration file");
    command->add_flag("--json", *json, "one check a line as JSON");
    command->footer(examples("yuanda doctor", "yuanda doctor --config /etc/yuanda/yuanda.toml"));
    command->callback([&chosen, options, json] { chosen = [options, json] { return doctor(*options, *json); }; });
}

}  // namespace yuanda::gateway
