// serve, demo, init, migrate: bringing the service to life.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>

#include "core/seal.hpp"
#include "gateway/app.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/demo.hpp"
#include "gateway/commands/staff_accounts.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

struct ServiceOptions {
    CommonOptions common;
    int port = -1;
    std::string data = kDefaultDemoFolder;
    bool dry_run = false;
    std::string login = "admin";
    std::string name = "管理员";
};

int run_serve(const ServiceOptions& options) {
    auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    if (config->root.empty()) return fail(kConfig, find_root().error().detail);
    if (options.port >= 0) config->listen.port = static_cast<unsigned short>(options.port);
    return serve(*config);
}

void introduce_demo(const Config& config) {
    say("演示模式 (demonstration): made-up people, this machine alone, data in " +
        fs::path(config.key_file).parent_path().string());
    const std::string origin = "http://" + config.listen.address + ":" + std::to_string(config.listen.port);
    say("市民打开 (citizens):  " + origin + "/");
    say("工作人员打开 (staff): " + origin + "/console");
    for (const auto& staff : config.staff) {
        std::string roles;
        for (const auto& role : staff.roles) roles += (roles.empty() ? "" : ", ") + role;
        say("  " + staff.login + "  " + staff.password + "  " + staff.name + "  " + roles);
    }
}

int run_demo(const ServiceOptions& options) {
    auto config = demo_settings(options.data);
    if (!config) return fail(kConfig, config.error().detail);
    if (options.port >= 0) config->listen.port = static_cast<unsigned short>(options.port);
    if (const auto ready = prepare_demo(options.data); !ready) return fail(ready.error());
    introduce_demo(*config);
    return serve(*config);
}

int run_migrate(const ServiceOptions& options) {
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    if (const auto path = missing_database(*config); path && options.dry_run)
        return fail(kUnavailable, "no database at " + *path + ": run `yuanda init`");
    const SystemClock clock;
    const auto database = storage::Database::open(config->storage, clock);
    if (!database) return fail(kUnavailable, database.error().detail);
    const auto version = (*database)->schema_version();
    if (!version) return fail(kUnavailable, version.error().detail);
    const int newest = storage::Database::newest_schema();
    say((*database)->describe() + ": schema " + std::to_string(*version) + ", newest " + std::to_string(newest));
    if (*version > newest) return fail(kSchema, "the schema is newer than this binary: use the newer yuanda");
    if (options.dry_run) return kOk;
    const auto applied = (*database)->migrate();
    if (!applied && applied.error().code == ErrorCode::Conflict) return fail(kSchema, applied.error().detail);
    if (!applied) return fail(applied.error());
    say(counted(*applied, "migration", "migrations") + " applied");
    return kOk;
}

/// The commented file an operator edits: the shipped one, as it is.
Result<> write_config(const std::string& path) {
    std::error_code problem;
    if (fs::exists(path, problem)) {
        say(path + " is there already and stays as it is");
        return {};
    }
    const auto root = find_root();
    if (!root) return root.error();
    const auto text = read_text_file(*root + "/config/yuanda.toml");
    if (!text) return text.error();
    if (const auto folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, problem);
    std::ofstream out(path);
    out << *text;
    out.close();
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, problem);  // secrets may come to stand in it
    if (!out || problem) return Error(ErrorCode::Unavailable, "cannot write " + path);
    say("wrote " + path);
    return {};
}

Result<> make_key(const Config& config, Random& random) {
    std::error_code problem;
    const bool there = fs::exists(config.key_file, problem);
    if (const auto folder = fs::path(config.key_file).parent_path(); !folder.empty())
        fs::create_directories(folder, problem);
    const auto sealer = Sealer::from_file(config.key_file, true, random);
    if (!sealer) return sealer.error();
    say(config.key_file +
        (there ? " is there already" : ": new key. Keep a copy apart: without it all names and words are lost"));
    return {};
}

int make_first_admin(storage::Database& database, const ServiceOptions& options, const Clock& clock, Random& random) {
    storage::People people(database);
    const auto staff = people.staff();
    if (!staff) return fail(staff.error());
    if (!staff->empty()) {
        say("there are accounts already; `yuanda user list` shows them");
        return kOk;
    }
    const auto password = add_account(people, {options.login, options.name, {"admin"}, "", true}, clock, random);
    if (!password) return fail(password.error());
    say("first administrator " + options.login + ", one-time password (to be changed at the first login):");
    print(*password);
    return kOk;
}

int run_init(const ServiceOptions& options) {
    const auto file = options.common.config_file.empty() ? std::string("yuanda.toml") : options.common.config_file;
    const auto wrote = write_config(file);
    if (!wrote) return fail(wrote.error());
    const auto config = load_config(file, process_environment());
    if (!config) return fail(kConfig, config.error().detail);
    const SystemClock clock;
    SystemRandom random;
    const auto key = make_key(*config, random);
    if (!key) return fail(kConfig, key.error().detail);
    const auto database = storage::Database::open(config->storage, clock);
    if (!database) return fail(kUnavailable, database.error().detail);
    const auto migrated = (*database)->migrate();
    if (!migrated)
        return fail(migrated.error().code == ErrorCode::Conflict ? kSchema : kFailed, migrated.error().detail);
    const int made = make_first_admin(**database, options, clock, random);
    if (made == kOk) say("ready: yuanda serve" + std::string(file == "yuanda.toml" ? "" : " --config " + file));
    return made;
}

}  // namespace

void add_service_commands(CLI::App& app, Action& chosen) {
    auto options = std::make_shared<ServiceOptions>();
    auto* served = app.add_subcommand("serve", "Run the service until SIGTERM or Ctrl-C");
    served->add_option("--config", options->common.config_file, "configuration file");
    served->add_option("--port", options->port, "instead of listen.port")->check(CLI::Range(0, 65535));
    served->footer(examples("yuanda serve", "yuanda serve --config /etc/yuanda/yuanda.toml"));
    served->callback([&chosen, options] { chosen = [options] { return run_serve(*options); }; });

    auto* demo = app.add_subcommand("demo", "Run a demonstration with made-up people, on this machine alone");
    demo->add_option("--port", options->port, "instead of 8080")->check(CLI::Range(0, 65535));
    demo->add_option("--data", options->data, "folder of its data; it goes on with what is there")
        ->capture_default_str();
    demo->footer(examples("yuanda demo", "yuanda demo --port 9000 --data /srv/demo"));
    demo->callback([&chosen, options] { chosen = [options] { return run_demo(*options); }; });

    auto* init = app.add_subcommand("init", "Write a configuration, a key and the first administrator");
    init->add_option("--config", options->common.config_file, "file to write (default yuanda.toml)");
    init->add_option("--login", options->login, "login of the first administrator")->capture_default_str();
    init->add_option("--name", options->name, "name of the first administrator")->capture_default_str();
    init->footer(examples("yuanda init", "yuanda init --config /etc/yuanda/yuanda.toml --login liuwei --name 刘伟"));
    init->callback([&chosen, options] { chosen = [options] { return run_init(*options); }; });

    auto* migrate = app.add_subcommand("migrate", "Bring the database's schema up to this binary's");
    migrate->add_option("--config", options->common.config_file, "configuration file");
    migrate->add_flag("--dry-run", options->dry_run, "only say what is there");
    migrate->footer(examples("yuanda migrate", "yuanda migrate --dry-run"));
    migrate->callback([&chosen, options] { chosen = [options] { return run_migrate(*options); }; });
}

}  // namespace yuanda::gateway
