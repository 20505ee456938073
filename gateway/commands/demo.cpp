// Keeps made-up and real people apart: a folder is a demonstration's from its first moment or never.
#include "gateway/commands/demo.hpp"

#include <filesystem>
#include <fstream>

#include "core/token.hpp"
#include "gateway/commands/staff_accounts.hpp"
#include "storage/people.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "DEMO";  // lies in every demonstration's folder before its database does
constexpr const char* kDatabase = "yuanda.db";

Result<> mark_folder(const fs::path& folder) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (fs::exists(folder / kMark, problem)) return {};
    if (fs::exists(folder / kDatabase, problem))
        return Error(ErrorCode::Forbidden, (folder / kDatabase).string() +
                                               " is not the database of a demonstration: choose another --data folder");
    std::ofstream out(folder / kMark);
    out << "Made-up people and applications. Delete the folder to begin anew.\n";
    out.close();
    if (!out) return Error(ErrorCode::Unavailable, "cannot write in " + folder.string());
    return {};
}

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
    return config;
}

Result<> prepare_demo(const Config& config, const std::string& folder, const Clock& clock, Random& random) {
    const auto marked = mark_folder(folder);
    if (!marked) return marked.error();
    auto database = storage::Database::open(config.storage, clock);
    if (!database) return database.error();
    const auto migrated = (*database)->migrate();
    if (!migrated) return migrated.error();
    storage::People people(**database);
    for (const auto& seed : config.staff) {
        const auto known = people.staff_by_login(seed.login);
        if (!known) return known.error();
        if (*known) continue;
        const auto added =
            add_account(people, {seed.login, seed.name, seed.roles, seed.password, false}, clock, random);
        if (!added) return added.error();
    }
    return {};
}

}  // namespace yuanda::gateway
