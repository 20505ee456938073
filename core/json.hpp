// The only door for JSON from outside: bounds are checked before a document is built.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/result.hpp"

namespace yuanda {

using Json = nlohmann::json;

struct JsonLimits {
    std::size_t depth = 32;
    std::size_t nodes = 10'000;
};

/// Parses untrusted text. InvalidInput for bad syntax, bad UTF-8, duplicate keys, too deep or too many nodes.
/// nlohmann 3.11.2 overflows the stack on deep documents, so depth is counted in a SAX pass first.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Member `key` as text, or `fallback` when it is absent or of another type.
std::string text_or(const Json& object, std::string_view key, std::string_view fallback = "");
/// Member `key` as a whole number, or `fallback` when it is absent, of another type or out of range.
std::int64_t int_or(const Json& object, std::string_view key, std::int64_t fallback = 0);

}  // namespace yuanda
