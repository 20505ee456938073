// Responses, error bodies and query strings.
#include "gateway/http.hpp"

#include "core/json.hpp"
#include "core/text.hpp"

namespace yuanda::gateway {
namespace {

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

constexpr double kPageCost = 0.125;

constexpr std::string_view kTooMany =
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>请过一分钟再试</title>"
    "<style>body{max-width:32rem;margin:15vh auto;padding:0 1.25rem;font:1.25rem/1.7 sans-serif}</style>"
    "<h1>请过一分钟再试</h1><p>您所在的网络刚才打开的次数太多，这一页没有打开。写过的话都在，不会丢。</p>"
    "<p>着急可以打法律援助热线<a href=\"tel:12348\">12348</a>。有危险请打<a href=\"tel:110\">110</a>。</p></html>";

std::string value_or_empty(const std::map<std::string, std::string>& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::string{} : found->second;
}

}  // namespace

std::string Request::header(const std::string& name) const { return value_or_empty(headers, name); }
std::string Request::parameter(const std::string& name) const { return value_or_empty(query, name); }

std::string Request::cookie(std::string_view name) const {
    const std::string all = header("cookie");
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view pair = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

Response text_response(int status, std::string content_type, std::string body) {
    Response response;
    response.status = status;
    response.headers.emplace_back("content-type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

Response json_response(int status, std::string json) {
    return text_response(status, "application/json; charset=utf-8", std::move(json));
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

int http_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidInput: return 400;
        case ErrorCode::Unauthenticated: return 401;
        case ErrorCode::Forbidden: return 403;
        case ErrorCode::NotFound: return 404;
        case ErrorCode::Conflict: return 409;
        case ErrorCode::Expired: return 410;
        case ErrorCode::RateLimited: return 429;
        case ErrorCode::Unavailable: return 503;
        case ErrorCode::Internal: return 500;
    }
    return 500;
}

Response error_response(const Request& request, ErrorCode code, std::string_view message) {
    const Json body = {{"error", {{"code", name_of(code)}, {"message", message}, {"request_id", request.id}}}};
    Response response = json_response(http_status(code), body.dump());
    if (code == ErrorCode::RateLimited || code == ErrorCode::Unavailable)
        response.headers.emplace_back("retry-after", "5");
    return response;
}

double cost_of(Limit limit) {
    switch (limit) {
        case Limit::PerAddress: return 1;
        case Limit::Page: return kPageCost;
        case Limit::None: return 0;
    }
    return 1;
}

Response too_many_requests(const Request& request) {
    if (request.header("accept").find("text/html") == std::string::npos)
        return error_response(request, ErrorCode::RateLimited, "请求太频繁了，请过一分钟再试。");
    Response page = text_response(429, "text/html; charset=utf-8", std::string(kTooMany));
    page.headers.emplace_back("retry-after", "60");
    return page;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            out.push_back(static_cast<char>(*high * 16 + *low));
            i += 2;
        } else {
            out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
        }
    }
    if (!is_clean_utf8(out)) return std::nullopt;
    return out;
}

std::optional<std::map<std::string, std::string>> parse_query(std::string_view query) {
    std::map<std::string, std::string> out;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto key = percent_decode(pair.substr(0, equals), true);
        const auto value = percent_decode(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, true);
        if (!key || !value) return std::nullopt;
        out[*key] = *value;
    }
    return out;
}

}  // namespace yuanda::gateway
