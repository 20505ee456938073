// Finds the product's files wherever it was started from.
#include <filesystem>
#include <fstream>

#include "gateway/config.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

bool is_root(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "config" / "texts", ignored) &&
           fs::is_directory(folder / "kb" / "entries", ignored);
}

}  // namespace

Result<std::string> find_root() {
    std::error_code ignored;
    const auto environment = process_environment();
    if (const auto set = environment.find("YUANDA_ROOT"); set != environment.end()) {
        if (is_root(set->second)) return set->second;
        return Error(ErrorCode::NotFound, "YUANDA_ROOT=" + set->second + " has no config/texts and kb/entries");
    }
    if (const auto here = fs::current_path(ignored); is_root(here)) return here.string();
    const auto executable = fs::read_symlink("/proc/self/exe", ignored);
    for (auto folder = executable.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        if (is_root(folder)) return folder.string();
        if (const auto shared = folder / "share" / "yuanda"; is_root(shared)) return shared.string();
        if (folder == folder.root_path()) break;
    }
    return Error(ErrorCode::NotFound,
                 "cannot find config/ and kb/: start from the product's folder or set YUANDA_ROOT");
}

Result<std::string> read_text_file(const std::string& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return Error(ErrorCode::NotFound, path + " is a folder");
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error(ErrorCode::NotFound, "cannot read " + path);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) return Error(ErrorCode::NotFound, "cannot read " + path);
    return text;
}

}  // namespace yuanda::gateway
