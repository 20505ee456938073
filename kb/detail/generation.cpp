// Publishes by write, fsync, rename, fsync: a crash leaves the old generation or the new one, never half.
#include "kb/detail/generation.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "core/text.hpp"

namespace yuanda::kb::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "gen-";
constexpr const char* kCurrent = "CURRENT";
constexpr const char* kFingerprint = "FINGERPRINT";

/// N of gen-N, or 0.
unsigned long number_of(const std::string& name) {
    unsigned long number = 0;
    if (name.starts_with(kPrefix)) std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
    return number;
}

std::string first_line(const fs::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

bool sync(const fs::path& path) {
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) return false;
    const bool done = ::fsync(handle) == 0;
    ::close(handle);
    return done;
}

bool write_synced(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::trunc);
    out << text << '\n';
    out.close();
    return out.good() && sync(path);
}

bool sync_tree(const fs::path& folder) {
    std::error_code problem;
    for (const auto& item : fs::recursive_directory_iterator(folder, problem))
        if (!sync(item.path())) return false;
    return !problem && sync(folder);
}

/// Removes every generation below `oldest_kept`.
void remove_older(const fs::path& directory, unsigned long oldest_kept) {
    std::error_code problem;
    std::vector<fs::path> old;
    for (const auto& item : fs::directory_iterator(directory, problem)) {
        const auto number = number_of(item.path().filename().string());
        if (number > 0 && number < oldest_kept) old.push_back(item.path());
    }
    for (const auto& path : old) fs::remove_all(path, problem);
}

}  // namespace

GenerationFolder::~GenerationFolder() {
    std::error_code ignored;
    if (private_) fs::remove_all(path_, ignored);
}

std::unique_ptr<GenerationFolder> current_generation(const std::string& directory, const std::string& fingerprint) {
    if (directory.empty()) return nullptr;
    const auto name = first_line(fs::path(directory) / kCurrent);
    if (number_of(name) == 0 || name.find('/') != std::string::npos) return nullptr;
    const auto folder = fs::path(directory) / name;
    if (first_line(folder / kFingerprint) != fingerprint) return nullptr;
    return std::make_unique<GenerationFolder>(folder.string(), false);
}

Result<std::unique_ptr<GenerationFolder>> new_generation(const std::string& directory) {
    std::error_code problem;
    if (directory.empty()) {
        auto pattern = (fs::temp_directory_path(problem) / "yuanda-kb-XXXXXX").string();
        if (problem || !::mkdtemp(pattern.data()))
            return Error(ErrorCode::Unavailable, "no temporary folder for the index");
        return std::make_unique<GenerationFolder>(pattern, true);
    }
    fs::create_directories(directory, problem);
    // CURRENT may name a folder that is lost; numbers still only grow, since cleaning up goes by them.
    auto last = number_of(first_line(fs::path(directory) / kCurrent));
    for (const auto& item : fs::directory_iterator(directory, problem))
        last = std::max(last, number_of(item.path().filename().string()));
    // Another process may take the same number first; create_directory says so and the next one is tried.
    for (auto number = last + 1; !problem && number < last + 100; ++number) {
        const auto path = fs::path(directory) / (std::string(kPrefix) + std::to_string(number));
        if (fs::create_directory(path, problem)) return std::make_unique<GenerationFolder>(path.string(), false);
    }
    return Error(ErrorCode::Unavailable, "cannot create an index folder in " + directory + ": " + problem.message());
}

Result<> publish_generation(const GenerationFolder& folder, const std::string& fingerprint) {
    const fs::path path(folder.path());
    const auto directory = path.parent_path();
    const auto replaced = number_of(first_line(directory / kCurrent));
    const auto aside = directory / (path.filename().string() + ".current");
    std::error_code problem;
    bool done = write_synced(path / kFingerprint, fingerprint) && sync_tree(path) &&
                write_synced(aside, path.filename().string());
    if (done) fs::rename(aside, directory / kCurrent, problem);
    if (!done || problem || !sync(directory))
        return Error(ErrorCode::Unavailable, "cannot publish the index in " + directory.string());
    // Two processes may publish out of order: neither removes its own folder.
    remove_older(directory, std::min(replaced, number_of(path.filename().string())));
    return {};
}

}  // namespace yuanda::kb::detail
