// Everything an operator can set, parsed once and checked whole.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "core/result.hpp"
#include "desk/duty.hpp"
#include "desk/sla.hpp"
#include "gateway/rate_limit.hpp"
#include "gateway/server.hpp"
#include "storage/database.hpp"

namespace yuanda::gateway {

struct SeedStaff {
    std::string login;
    std::string name;
    std::string password;
    std::vector<std::string> roles;
};

struct CentreConfig {
    std::string name = "秦川县法律援助中心";
    std::string short_name = "秦川";  // in application numbers
    std::string phone = "12348";
    std::string consent;  // the paragraph of the first screen
    desk::DutyHours hours;
    desk::SlaPolicy sla;
};

/// Bytes of what one request or WebSocket message may bring.
struct SizeLimits {
    std::size_t webhook_body = 256 * 1024;
    std::size_t api_body = 1024 * 1024;
    std::size_t citizen_frame = 16 * 1024;
    std::size_t staff_frame = 64 * 1024;
};

struct LimitsConfig {
    ServerLimits server;
    SizeLimits sizes;
    RateLimit per_address{1.0, 60};      // pages, chat sessions, login, staff API: 60 a minute
    RateLimit per_contact{1.0 / 3, 10};  // new messages: 20 a minute, burst 10
    RateLimit per_inbox{5000, 5000};     // webhooks; then 503
};

struct Config {
    std::string root;             // where config/, kb/ and web/ are
    ServerConfig listen;          // public listener
    ServerConfig private_listen;  // /metrics, health
    bool demo = false;
    std::string demo_talks;  // file of what made-up citizens said; `yuanda demo` alone sets it
    storage::DatabaseConfig storage;
    std::string key_file = "var/yuanda.key";
    std::string index_dir = "var/index";  // the search index, derived data; empty: a private temporary one
    std::string public_url;               // where browsers reach us behind a proxy; empty: the listener
    CentreConfig centre;
    LimitsConfig limits;
    std::vector<adapters::InboxConfig> inboxes;
    std::vector<SeedStaff> staff;  // demo only
    std::string web_dir;           // built pages; empty: looked for below root
    std::string log_level = "info";
    std::map<std::string, std::string> sources;  // key -> "default" | "file" | "environment", for `config show`
};

/// Reads `file` (empty: none; defaults work), then YUANDA_SECTION__KEY of `environment`, then `*_file` secrets.
/// InvalidInput lists every unknown key (with a suggestion) and every bad value, one a line.
Result<Config> load_config(const std::string& file, const std::map<std::string, std::string>& environment);
std::map<std::string, std::string> process_environment();

/// The folder that holds config/ and kb/: $YUANDA_ROOT, the working directory, or above the executable.
Result<std::string> find_root();
Result<std::string> read_text_file(const std::string& path);

}  // namespace yuanda::gateway
