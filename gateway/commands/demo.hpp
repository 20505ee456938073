// The demonstration: its configuration and its folder. Its made-up staff are seeded where every server starts
// (app.cpp).
#pragma once

#include <string>

#include "gateway/config.hpp"

namespace yuanda::gateway {

inline const std::string kDefaultDemoFolder = "var/demo";

/// config/demo.toml with everything it stores in `folder`; always loopback.
Result<Config> demo_settings(const std::string& folder);

/// Marks `folder` as a demonstration's; Forbidden when it holds a database that is none. Safe to repeat, after a crash
/// too.
Result<> prepare_demo(const std::string& folder);

}  // namespace yuanda::gateway
