// The small base of tests/fixtures/kb, whole or changed in one place.
#pragma once

#include <string>

#include "kb/base.hpp"

namespace yuanda::kb::test {

/// Folder to give to load_base_sources.
std::string fixture_root();
BaseSources fixture_sources();
std::shared_ptr<const Base> fixture_base();

/// Text of one fixture entry ("T01-wages/arrears").
std::string fixture_entry(const std::string& name);
/// `text` with the first `from` replaced; throws when there is none, so that a test cannot pass by a typo.
std::string replaced(std::string text, const std::string& from, const std::string& to);
/// The fixture base with `from` replaced in T01-arrears.
BaseSources sources_with(const std::string& from, const std::string& to);

/// 2026-11-24
Date today();

}  // namespace yuanda::kb::test
