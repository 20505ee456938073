// Exit codes, messages and the way from an option to a checked configuration.
#include "gateway/commands/command.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

namespace yuanda::gateway {

int exit_code_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::InvalidInput: return kDataInvalid;
        case ErrorCode::Unavailable:
        case ErrorCode::RateLimited: return kUnavailable;
        case ErrorCode::Forbidden:
        case ErrorCode::Unauthenticated: return kPermission;
        default: return kFailed;
    }
}

void say(std::string_view words) {
    std::fwrite(words.data(), 1, words.size(), stderr);
    std::fputc('\n', stderr);
}

void print(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

int fail(const Error& error) { return fail(exit_code_of(error), error.detail); }

int fail(int code, std::string_view words) {
    say("yuanda: " + std::string(words));
    return code;
}

std::string default_config_file() {
    namespace fs = std::filesystem;
    const auto environment = process_environment();
    if (const auto named = environment.find("YUANDA_CONFIG"); named != environment.end()) return named->second;
    std::error_code ignored;
    if (fs::exists("yuanda.toml", ignored)) return "yuanda.toml";
    if (const auto root = find_root()) {
        const auto shipped = fs::path(*root) / "config" / "yuanda.toml";
        if (fs::exists(shipped, ignored)) return shipped.string();
    }
    return {};
}

Result<Config> load_settings(const CommonOptions& options) {
    const auto file = options.config_file.empty() ? default_config_file() : options.config_file;
    return load_config(file, process_environment());
}

std::optional<std::string> missing_database(const Config& config) {
    constexpr std::string_view kFile = "sqlite:";
    if (!config.storage.url.starts_with(kFile)) return std::nullopt;
    auto path = config.storage.url.substr(kFile.size());
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return std::nullopt;
    return path;
}

Result<std::unique_ptr<storage::Database>> open_database(const Config& config, const Clock& clock) {
    if (const auto path = missing_database(config))
        return Error(ErrorCode::Unavailable, "no database at " + *path + ": run `yuanda init`");
    auto database = storage::Database::open(config.storage, clock);
    if (!database) return database.error();
    const auto version = (*database)->schema_version();
    if (!version) return version.error();
    const int newest = storage::Database::newest_schema();
    if (*version == 0) return Error(ErrorCode::Unavailable, "nothing in the database yet: run `yuanda init`");
    if (*version < newest)
        return Error(ErrorCode::Conflict, "the database has schema " + std::to_string(*version) +
                                              ", this binary needs " + std::to_string(newest) +
                                              ": run `yuanda migrate`");
    if (*version > newest)
        return Error(ErrorCode::Conflict, "the database has schema " + std::to_string(*version) +
                                              ", newer than this binary's " + std::to_string(newest) +
                                              ": use the newer yuanda");
    return database;
}

ProgressLine::ProgressLine(std::string what, std::size_t total)
    : what_(std::move(what)), total_(total), terminal_(::isatty(STDERR_FILENO) != 0) {}

void ProgressLine::reached(std::size_t done) {
    const auto tenth = total_ == 0 ? 10 : done * 10 / total_;
    if (tenth == tenth_) return;
    tenth_ = tenth;
    const auto line = what_ + " " + std::to_string(tenth * 10) + " % (" + std::to_string(done) + ")";
    if (!terminal_) return say(line);
    std::fprintf(stderr, "\r%s", line.c_str());
    if (tenth == 10) std::fputc('\n', stderr);
}

}  // namespace yuanda::gateway
