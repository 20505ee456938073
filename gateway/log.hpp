// Structured logs: one JSON line an event, with ids and codes, never with what a citizen wrote.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace yuanda::gateway {

using LogValue = std::variant<std::string, std::int64_t, double, bool>;
using LogFields = std::initializer_list<std::pair<std::string_view, LogValue>>;

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes to stderr; thread-safe. `event` is a constant ("turn.committed"). Values are for ids, codes and
/// counts: a field that could hold a contact's words does not belong here.
void log(LogLevel level, std::string_view event, LogFields fields = {});

inline void log_info(std::string_view event, LogFields fields = {}) { log(LogLevel::Info, event, fields); }
inline void log_warning(std::string_view event, LogFields fields = {}) { log(LogLevel::Warning, event, fields); }
inline void log_error(std::string_view event, LogFields fields = {}) { log(LogLevel::Error, event, fields); }

/// Lines below `level` (debug, info, warning, error) are dropped; another word changes nothing. Call once, before
/// threads start.
void set_log_level(std::string_view level);

}  // namespace yuanda::gateway
