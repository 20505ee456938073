// The running server: everything wired in dependency order, until a signal ends it.
#pragma once

#include "gateway/config.hpp"

namespace yuanda::gateway {

/// Serves until SIGTERM or SIGINT; returns the process's exit code (ux.md section 7).
int serve(const Config& config);

}  // namespace yuanda::gateway
