// Puts the commands together and explains words that are none.
#include "gateway/commands/cli.hpp"

#include <CLI/CLI.hpp>

#include "gateway/commands/command.hpp"
#include "gateway/suggest.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::string_view kAbout =
    "yuanda - answers people who need legal aid, hands them to a lawyer, takes their application.\n"
    "Data goes to stdout, words to stderr. Exit codes: 0 ok, 1 failed, 2 usage, 3 config, 4 data invalid,\n"
    "5 unavailable, 6 permission, 7 schema newer or older than this binary, 130 interrupted.";

std::vector<std::string> names_below(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

/// CLI11 counts its own codes; ours are the ones scripts know.
int explain(const CLI::App& app, const CLI::ParseError& error) {
    const int code = app.exit(error, std::cout, std::cerr);
    return code == 0 ? kOk : kUsage;
}

}  // namespace

std::string examples(std::string_view first, std::string_view second) {
    return "Examples:\n  " + std::string(first) + "\n  " + std::string(second);
}

std::string unknown_command(const CLI::App& app, const std::vector<std::string>& words) {
    const auto* level = &app;
    std::string path = "yuanda";
    for (const auto& word : words) {
        const auto known = names_below(*level);
        if (known.empty() || word.starts_with('-')) return {};
        if (std::find(known.begin(), known.end(), word) == known.end())
            return "there is no command `" + path + " " + word + "`" + did_you_mean(word, known);
        level = level->get_subcommand(word);
        path += " " + word;
    }
    return {};
}

int run_command_line(int argc, const char* const* argv) {
    CLI::App app{std::string(kAbout), "yuanda"};
    Action chosen;
    app.require_subcommand(1);
    app.footer(examples("yuanda demo", "yuanda ask \"老板拖欠工资怎么办\""));
    add_service_commands(app, chosen);
    add_doctor_command(app, chosen);
    add_question_commands(app, chosen);
    add_kb_commands(app, chosen);
    add_evaluation_commands(app, chosen);
    add_statutes_commands(app, chosen);
    add_user_commands(app, chosen);
    add_record_commands(app, chosen);

    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (const auto unknown = unknown_command(app, words); !unknown.empty()) {
        say("yuanda: " + unknown + "\nRun `yuanda --help` for the list.");
        return kUsage;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return explain(app, error);
    }
    return chosen ? chosen() : kUsage;
}

}  // namespace yuanda::gateway
