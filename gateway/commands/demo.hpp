// The demonstration: its configuration, its folder, its made-up staff.
#pragma once

#include <string>

#include "gateway/config.hpp"

namespace yuanda::gateway {

inline const std::string kDefaultDemoFolder = "var/demo";

/// config/demo.toml with everything it stores in `folder`; always loopback.
Result<Config> demo_settings(const std::string& folder);

/// Makes `folder` ready: refuses one whose database is not a demonstration's (Forbidden), migrates, adds the staff
/// of the configuration that are not there yet. Safe to repeat, after a crash too.
Result<> prepare_demo(const Config& config, const std::string& folder, const Clock& clock, Random& random);

}  // namespace yuanda::gateway
