// The few things every table of the room asks of TOML, with errors that name source and line.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace yuanda::nlu::detail {

/// `source` is the file's short name for errors ("topics").
Result<toml::table> parse_toml(std::string_view source, std::string_view text);
Error toml_error(std::string_view source, const toml::node& where, std::string_view what);
/// Every string of the array `key`; an absent key is an empty list, anything but strings an error.
Result<std::vector<std::string>> strings_of(std::string_view source, const toml::table& table, std::string_view key);
/// Calls `take` with each table of the array of tables `key`; stops at the first error.
Result<> each_table(std::string_view source, const toml::table& table, std::string_view key,
                    const std::function<Result<>(const toml::table&)>& take);

}  // namespace yuanda::nlu::detail
