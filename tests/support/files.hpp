// Reads fixtures and shipped files of the source tree.
#pragma once

#include <string>

namespace yuanda::test {

/// Whole file below the source tree; throws when it is absent, so that a test fails loudly.
std::string read_file(const std::string& relative_path);
/// Absolute path of a file of the source tree.
std::string source_path(const std::string& relative_path);

}  // namespace yuanda::test
