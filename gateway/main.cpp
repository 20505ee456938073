// The binary's entry: everything it can do is a command.
#include "gateway/commands/cli.hpp"

int main(int argc, char** argv) { return yuanda::gateway::run_command_line(argc, argv); }
