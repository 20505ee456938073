// File access for tests.
#include "tests/support/files.hpp"

#include <fstream>
#include <stdexcept>

namespace yuanda::test {

std::string source_path(const std::string& relative_path) {
    return std::string{YUANDA_SOURCE_DIR} + "/" + relative_path;
}

std::string read_file(const std::string& relative_path) {
    std::ifstream file{source_path(relative_path), std::ios::binary};
    if (!file) throw std::runtime_error("no such file in the source tree: " + relative_path);
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace yuanda::test
