// Makes and removes the folder; a failure throws, so that no test runs in the wrong place.
#include "tests/kb/folder.hpp"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace yuanda::kb::test {

namespace fs = std::filesystem;

Folder::Folder() {
    auto pattern = (fs::temp_directory_path() / "kb-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::vector<std::string> Folder::names(const std::string& below) const {
    std::vector<std::string> result;
    for (const auto& item : fs::directory_iterator(below.empty() ? path_ : at(below)))
        result.push_back(item.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
}

std::string Folder::word_in(const std::string& name) const {
    std::ifstream in(at(name));
    std::string word;
    in >> word;
    return word;
}

void Folder::write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(at(name)).parent_path());
    std::ofstream(at(name)) << text;
}

}  // namespace yuanda::kb::test
