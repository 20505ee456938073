// user add, reset, disable, enable, list, roles: staff accounts from the server's own terminal.
#include <CLI/CLI.hpp>

#include "core/json.hpp"
#include "core/time.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/staff_accounts.hpp"

namespace yuanda::gateway {
namespace {

struct UserOptions {
    CommonOptions common;
    std::string login;
    std::string name;
    std::string roles;
    bool json = false;
};

struct Desk {
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<storage::Database> database;
};

/// Opens the database and runs `work` on the accounts.
int with_people(const UserOptions& options, const std::function<int(storage::People&, Desk&)>& work) {
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    Desk desk;
    auto database = open_database(*config, desk.clock);
    if (!database)
        return fail(database.error().code == ErrorCode::Conflict ? kSchema : kUnavailable, database.error().detail);
    desk.database = std::move(*database);
    storage::People people(*desk.database);
    return work(people, desk);
}

int fail_input(const Error& error) {
    return error.code == ErrorCode::InvalidInput ? fail(kUsage, error.detail) : fail(error);
}

int add(const UserOptions& options) {
    const auto roles = parse_roles(options.roles);
    if (!roles) return fail_input(roles.error());
    return with_people(options, [&](storage::People& people, Desk& desk) {
        const auto password =
            add_account(people, {options.login, options.name, *roles, "", true}, desk.clock, desk.random);
        if (!password) return fail_input(password.error());
        say("added " + options.login + "; one-time password, to be changed at the first login:");
        print(*password);
        return int{kOk};
    });
}

int reset(const UserOptions& options) {
    return with_people(options, [&](storage::People& people, Desk& desk) {
        const auto password = reset_account(people, options.login, desk.clock, desk.random);
        if (!password) return fail(password.error());
        say("new one-time password of " + options.login + "; all sessions have ended:");
        print(*password);
        return int{kOk};
    });
}

using Change = std::function<Result<>(storage::People&, const StaffId&, TimePoint)>;

int change(const UserOptions& options, const std::string& what, const Change& work) {
    return with_people(options, [&](storage::People& people, Desk& desk) {
        const auto staff = people.staff_by_login(options.login);
        if (!staff) return fail(staff.error());
        if (!*staff) return fail(kFailed, "there is no account " + options.login);
        const auto changed = work(people, (*staff)->id, desk.clock.now());
        if (!changed) return fail(changed.error());
        say(options.login + ": " + what);
        return int{kOk};
    });
}

int disable(const UserOptions& options) {
    return change(options, "disable", [](storage::People& people, const StaffId& id, TimePoint now) {
        return people.disable(id, StaffId{}, now);
    });
}

int enable(const UserOptions& options) {
    return change(options, "enable", [](storage::People& people, const StaffId& id, TimePoint now) {
        return people.enable(id, StaffId{}, now);
    });
}

int set_roles(const UserOptions& options) {
    const auto roles = parse_roles(options.roles);
    if (!roles) return fail_input(roles.error());
    return change(options, "roles", [&](storage::People& people, const StaffId& id, TimePoint now) {
        const auto set = people.set_roles(id, *roles, StaffId{}, now);
        // A server that is running reads roles anew with a new session alone where a socket is open.
        return set ? people.end_sessions_of(id) : set;
    });
}

std::string row_of(const storage::Staff& staff, bool json) {
    if (json)
        return nlohmann::ordered_json{{"id", staff.id.value},
                                      {"login", staff.login},
                                      {"name", staff.name},
                                      {"roles", staff.roles},
                                      {"disabled", staff.disabled},
                                      {"must_change", staff.must_change},
                                      {"created_at", to_epoch_ms(staff.created_at)}}
            .dump();
    std::string roles;
    for (const auto& role : staff.roles) roles += (roles.empty() ? "" : ",") + role;
    return staff.login + "\t" + staff.name + "\t" + roles + (staff.disabled ? "\tdisabled" : "");
}

int list(const UserOptions& options) {
    return with_people(options, [&](storage::People& people, Desk&) {
        const auto staff = people.staff();
        if (!staff) return fail(staff.error());
        for (const auto& one : *staff) print(row_of(one, options.json));
        return int{kOk};
    });
}

using Verb = int (*)(const UserOptions&);

CLI::App* add_verb(CLI::App& noun, Action& chosen, const std::shared_ptr<UserOptions>& options, Verb verb,
                   const char* name, const char* about) {
    auto* command = noun.add_subcommand(name, about);
    command->add_option("--config", options->common.config_file, "configuration file");
    command->callback([&chosen, options, verb] { chosen = [options, verb] { return verb(*options); }; });
    return command;
}

}  // namespace

void add_user_commands(CLI::App& app, Action& chosen) {
    auto* user = app.add_subcommand("user", "Staff accounts");
    user->require_subcommand(1);
    user->footer(examples("yuanda user add wangyi --name 王毅 --roles lawyer", "yuanda user list"));
    auto options = std::make_shared<UserOptions>();

    auto* added = add_verb(*user, chosen, options, add, "add", "Add an account; its one-time password is printed");
    added->add_option("login", options->login, "3 to 32 small letters, digits, '-', '_', '.'")->required();
    added->add_option("--name", options->name, "as colleagues see it")->required();
    added
        ->add_option("--roles", options->roles,
                     "lawyer, supervisor, editor, reviewer, approver, dispatcher, intake, auditor, admin")
        ->required();
    added->footer(examples("yuanda user add wangyi --name 王毅 --roles lawyer",
                           "yuanda user add limin --name 李敏 --roles lawyer,supervisor"));

    struct Simple {
        const char* name;
        const char* about;
        Verb verb;
    };
    for (const auto& simple : {Simple{"reset", "Give a new one-time password and end all sessions", reset},
                               Simple{"disable", "Lock an account out and end its sessions", disable},
                               Simple{"enable", "Let a disabled account in again", enable}}) {
        auto* command = add_verb(*user, chosen, options, simple.verb, simple.name, simple.about);
        command->add_option("login", options->login, "the account")->required();
        const auto line = "yuanda user " + std::string(simple.name) + " wangyi";
        command->footer(examples(line, line + " --config /etc/yuanda/yuanda.toml"));
    }

    auto* granted = add_verb(*user, chosen, options, set_roles, "roles", "Replace an account's roles");
    granted->add_option("login", options->login, "the account")->required();
    granted->add_option("--roles", options->roles, "the new roles, comma-separated")->required();
    granted->footer(
        examples("yuanda user roles limin --roles lawyer", "yuanda user roles limin --roles lawyer,supervisor"));

    auto* listed = add_verb(*user, chosen, options, list, "list", "List all accounts");
    listed->add_flag("--json", options->json, "one account a line as JSON");
    listed->footer(examples("yuanda user list", "yuanda user list --json"));
}

}  // namespace yuanda::gateway
