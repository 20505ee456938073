// Parameters, timestamps and clean text, shared by all adapters.
#include "adapters/webhook.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace yuanda::adapters {
namespace {

std::string value_in(const std::map<std::string, std::string>& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string{} : found->second;
}

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string query_of(const WebhookRequest& request, const std::string& name) { return value_in(request.query, name); }
std::string header_of(const WebhookRequest& request, const std::string& name) {
    return value_in(request.headers, name);
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
    if (text.empty() || text.size() > 13) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Result<> check_window(std::string_view timestamp, TimePoint now) {
    const auto seconds = parse_digits(timestamp);
    if (!seconds) return forbidden("timestamp is not a number");
    const std::int64_t skew = to_epoch_s(now) - *seconds;
    if (skew > kSignatureWindow.count() || skew < -kSignatureWindow.count())
        return forbidden("timestamp is " + std::to_string(skew) + " s from our clock");
    return {};
}

std::string without_controls(std::string_view text) {
    std::u32string kept = to_utf32(text);
    std::erase_if(kept, [](char32_t c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff; });
    return to_utf8(kept);
}

bool is_plain_id(std::string_view id) {
    return !id.empty() && id.size() <= 128 &&
           std::all_of(id.begin(), id.end(), [](char c) { return is_alnum(c) || c == '_' || c == '-'; });
}

Result<std::string> check_origin(std::string_view origin, std::string_view key) {
    const std::string_view scheme = origin.starts_with("https://") ? "https://" : "http://";
    std::string_view host = origin.starts_with(scheme) ? origin.substr(scheme.size()) : std::string_view{};
    if (host.ends_with('/')) host.remove_suffix(1);
    const bool good = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return is_alnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
    if (!good) return invalid(std::string(key) + " must be an origin such as https://api.example.cn");
    return std::string(scheme) + std::string(host);
}

Receipt unanswered(const Error& error, Receipt::Outcome otherwise) {
    if (error.detail.starts_with("unsent:")) return {Receipt::Outcome::Retry, "unreachable", {}};
    return {otherwise, "no_answer", {}};
}

}  // namespace yuanda::adapters
