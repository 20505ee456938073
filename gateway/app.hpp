// The running server: everything wired in dependency order, until a signal ends it.
#pragma once

#include "gateway/config.hpp"

namespace yuanda::gateway {

/// Serves until SIGTERM or SIGINT; returns the process's exit code (those of commands/command.hpp).
int serve(const Config& config);

}  // namespace yuanda::gateway
