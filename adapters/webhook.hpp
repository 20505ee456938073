// What every adapter asks of a webhook: its parameters, its age, its size, and text fit to be stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/adapter.hpp"

namespace yuanda::adapters {

/// Larger bodies are refused by the gateway; verify() refuses them again, whoever calls it.
inline constexpr std::size_t kMaxWebhookBytes = 256 * 1024;

/// Signed timestamps may be this far from our clock, either way.
inline constexpr std::chrono::seconds kSignatureWindow{300};

/// Anything but a missing parameter: one shape outward (403, empty body), the reason for the log alone.
inline Error forbidden(std::string detail) { return {ErrorCode::Forbidden, std::move(detail)}; }

/// Empty when the parameter is absent or empty.
std::string query_of(const WebhookRequest& request, const std::string& name);
std::string header_of(const WebhookRequest& request, const std::string& name);

/// Only digits, 1 to 13 of them.
std::optional<std::int64_t> parse_digits(std::string_view text);

/// Forbidden unless `timestamp` (epoch seconds as text) lies within kSignatureWindow of `now`.
Result<> check_window(std::string_view timestamp, TimePoint now);

/// Without NUL and the other characters XML 1.0 has no place for (section 2.2), and without CR.
std::string without_controls(std::string_view text);

/// [A-Za-z0-9_-], 1 to 128: fit to stand in a path.
bool is_plain_id(std::string_view id);

/// "https://host[:port]" without path; InvalidInput names `key`.
Result<std::string> check_origin(std::string_view origin, std::string_view key);

/// A delivery that got no answer: `Retry` when nothing was sent, else `otherwise`.
Receipt unanswered(const Error& error, Receipt::Outcome otherwise);

}  // namespace yuanda::adapters
