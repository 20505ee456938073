// What every command shares: exit codes, words to stderr, and finding the product's files and configuration.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/config.hpp"
#include "storage/database.hpp"

namespace yuanda::gateway {

/// The exit codes of the command line, as `yuanda --help` lists them; scripts rely on them.
enum ExitCode : int {
    kOk = 0,
    kFailed = 1,
    kUsage = 2,
    kConfig = 3,
    kDataInvalid = 4,
    kUnavailable = 5,
    kPermission = 6,
    kSchema = 7,
};

/// The code for an error that came from below; data errors are `kDataInvalid`.
int exit_code_of(const Error& error);

/// Words go to stderr, data to stdout.
void say(std::string_view words);
void print(std::string_view line);
/// "1 inbox", "2 inboxes".
std::string counted(std::int64_t count, std::string_view one, std::string_view many);
/// Says the error and gives its exit code, or `code`.
int fail(const Error& error);
int fail(int code, std::string_view words);

/// Options that every command of the service understands.
struct CommonOptions {
    std::string config_file;  // empty: see default_config_file()
};
/// $YUANDA_CONFIG, ./yuanda.toml, or config/yuanda.toml of the product; empty when there is none.
std::string default_config_file();
/// The configuration as the service would have it. A missing file named by hand is an error.
Result<Config> load_settings(const CommonOptions& options);

/// Where `storage.url` names a SQLite file that is not there: its path. Opening would make it.
std::optional<std::string> missing_database(const Config& config);
/// Opens the database and checks that its schema is this binary's. Conflict: another schema; Unavailable: not there,
/// or nothing in it yet. Never makes one.
Result<std::unique_ptr<storage::Database>> open_database(const Config& config, const Clock& clock);

/// A line each ten per cent where stderr is no terminal, a running figure where it is one.
class ProgressLine {
public:
    ProgressLine(std::string what, std::size_t total);
    void reached(std::size_t done);

private:
    std::string what_;
    std::size_t total_;
    std::size_t tenth_ = 0;
    bool terminal_;
};

}  // namespace yuanda::gateway
