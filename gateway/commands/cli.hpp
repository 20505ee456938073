// The command line: every noun and verb, its help and its examples.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace yuanda::gateway {

/// Parses and runs; returns the exit code (see ExitCode).
int run_command_line(int argc, const char* const* argv);

/// What the parsed command wants to be done.
using Action = std::function<int()>;

// Each adds its commands below `app`; the one that is parsed sets `chosen`.
void add_service_commands(CLI::App& app, Action& chosen);  // serve, demo, init, migrate
void add_doctor_command(CLI::App& app, Action& chosen);
void add_question_commands(CLI::App& app, Action& chosen);  // ask, nlu
void add_kb_commands(CLI::App& app, Action& chosen);
void add_evaluation_commands(CLI::App& app, Action& chosen);  // train, eval
void add_statutes_commands(CLI::App& app, Action& chosen);
void add_user_commands(CLI::App& app, Action& chosen);
void add_record_commands(CLI::App& app, Action& chosen);  // config, audit, version

/// "did you mean" for a word that is no command of `app`; empty when all words are known.
std::string unknown_command(const CLI::App& app, const std::vector<std::string>& words);

/// The examples below a help text.
std::string examples(std::string_view first, std::string_view second);

}  // namespace yuanda::gateway
