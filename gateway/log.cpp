// JSON lines through spdlog, which owns the locking and the writing.
#include "gateway/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/json.hpp"
#include "core/ports.hpp"

namespace yuanda::gateway {
namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = std::make_shared<spdlog::logger>("yuanda", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum native(LogLevel level) {
    switch (level) {
        case LogLevel::Debug: return spdlog::level::debug;
        case LogLevel::Info: return spdlog::level::info;
        case LogLevel::Warning: return spdlog::level::warn;
        case LogLevel::Error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view word(LogLevel level) {
    static constexpr std::array<std::string_view, 4> kWords{"debug", "info", "warning", "error"};
    return kWords[static_cast<std::size_t>(level)];
}

}  // namespace

void set_log_level(std::string_view level) {
    for (const auto known : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error})
        if (word(known) == level) logger().set_level(native(known));
}

void log(LogLevel level, std::string_view event, LogFields fields) {
    if (!logger().should_log(native(level))) return;
    nlohmann::ordered_json line = {{"at", rfc3339(SystemClock{}.now())}, {"level", word(level)}, {"event", event}};
    for (const auto& [key, value] : fields)
        std::visit([&, name = std::string(key)](const auto& v) { line[name] = v; }, value);
    logger().log(native(level),
                 spdlog::string_view_t{line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)});
}

}  // namespace yuanda::gateway
