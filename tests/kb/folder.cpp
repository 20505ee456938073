// What lies in the folder, and a file more.
#include "tests/kb/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace yuanda::kb::test {

namespace fs = std::filesystem;

std::vector<std::string> Folder::names(const std::string& below) const {
    std::vector<std::string> result;
    for (const auto& item : fs::directory_iterator(below.empty() ? path() : at(below)))
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
