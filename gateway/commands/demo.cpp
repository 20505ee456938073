// Keeps made-up and real people apart: a folder is a demonstration's from its first moment or never.
#include "gateway/commands/demo.hpp"

#include <filesystem>
#include <fstream>

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "DEMO";  // lies in every demonstration's folder before its database does
constexpr const char* kDatabase = "yuanda.db";

}  // namespace

Result<Config> demo_settings(const std::string& folder) {
    const auto root = find_root();
    if (!root) return root.error();
    auto config = load_config(*root + "/config/demo.toml", process_environment());
    if (!config) return config.error();
    if (!config->demo) return invalid("config/demo.toml must say demo.enabled = true");
    const fs::path path(folder);
    config->storage.url = "sqlite:" + (path / kDatabase).string();
    config->key_file = (path / "yuanda.key").string();
    config->index_dir = (path / "index").string();
    config->listen.address = config->private_listen.address = "127.0.0.1";
    for (const char* key :
         {"storage.url", "storage.key_file", "storage.index_dir", "listen.address", "private.address"})
        config->sources[key] = "demo";
    config->demo_talks = config->root + "/config/demo-talks.jsonl";
    return config;
}

Result<> prepare_demo(const std::string& folder) {
    const fs::path path(folder);
    std::error_code problem;
    fs::create_directories(path, problem);
    if (fs::exists(path / kMark, problem)) return {};
    if (fs::exists(path / kDatabase, problem))
        return Error(ErrorCode::Forbidden, (path / kDatabase).string() +
                                               " is not the database of a demonstration: choose another --data folder");
    std::ofstream out(path / kMark);
    out << "Made-up people and applications. Delete the folder to begin anew.\n";
    out.close();
    if (!out) return Error(ErrorCode::Unavailable, "cannot write in " + folder);
    return {};
}

}  // namespace yuanda::gateway
