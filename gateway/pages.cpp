// Serves the pages, their assets and the small answers a load balancer asks for.
#include "gateway/pages.hpp"

#include <filesystem>

#include "gateway/sources.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxAsset = 8 * 1024 * 1024;

constexpr std::string_view kNoPages =
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>援答</title>"
    "<h1>援答正在运行，但这次构建没有网页。</h1><p>请用 bin/setup 装好 Node 后重新构建（YUANDA_WEB=ON）。"
    "咨询请拨12348。</p></html>";

std::string content_type(const std::string& name) {
    static const std::map<std::string, std::string> kTypes{{".html", "text/html; charset=utf-8"},
                                                           {".js", "text/javascript; charset=utf-8"},
                                                           {".css", "text/css; charset=utf-8"},
                                                           {".svg", "image/svg+xml"},
                                                           {".json", "application/json"},
                                                           {".woff2", "font/woff2"},
                                                           {".png", "image/png"},
                                                           {".ico", "image/x-icon"}};
    const auto found = kTypes.find(fs::path{name}.extension().string());
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

Response page(const Pages& pages, const std::string& name, const std::vector<std::string>& ancestors) {
    const std::string* html = pages.find(name);
    Response response = text_response(200, "text/html; charset=utf-8", html ? *html : std::string(kNoPages));
    response.headers.emplace_back("content-security-policy", content_security_policy(ancestors));
    response.headers.emplace_back("cache-control", "no-cache");
    return response;
}

/// Names of built assets hold their hash, so they may be kept for ever.
Response asset(const Pages& pages, const std::string& name) {
    const std::string* file = pages.find("assets/" + name);
    if (!file) return text_response(404, "text/plain", "");
    Response response = text_response(200, content_type(name), *file);
    response.headers.emplace_back("cache-control", "public, max-age=31536000, immutable");
    return response;
}

Handler answering(std::function<Response(const Request&)> make) {
    auto run = [](std::shared_ptr<std::function<Response(const Request&)>> fn,
                  Request request) -> boost::asio::awaitable<Response> { co_return (*fn)(request); };
    auto shared = std::make_shared<std::function<Response(const Request&)>>(std::move(make));
    return [run, shared](Request request) { return run(shared, std::move(request)); };
}

Route get(std::string pattern, Handler handler, Limit limit = Limit::None) {
    return {"GET", std::move(pattern), 0, limit, std::move(handler), nullptr};
}

Response ready(Services& services) {
    const auto version = services.database.schema_version();
    const bool fine = version.has_value() && *version == storage::Database::newest_schema();
    return json_response(fine ? 200 : 503, fine ? R"({"ready":true})" : R"({"ready":false})");
}

void add_health(Router& router, Services& services) {
    router.add(get("/healthz", answering([](const Request&) { return json_response(200, R"({"alive":true})"); })));
    router.add(get("/readyz", blocking(services, [&services](const Request&) { return ready(services); })));
}

}  // namespace

Pages Pages::load(const std::string& dir) {
    Pages pages;
    std::error_code ec;
    for (const auto& item : fs::recursive_directory_iterator{dir, ec}) {
        if (!item.is_regular_file() || item.file_size() > kMaxAsset) continue;
        const auto text = read_text_file(item.path().string());
        if (text.has_value()) pages.files_[fs::relative(item.path(), dir).generic_string()] = *text;
    }
    return pages;
}

const std::string* Pages::find(const std::string& name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
}

std::string content_security_policy(const std::vector<std::string>& ancestors) {
    std::string policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors ";
    if (ancestors.empty()) return policy + "'none'";
    policy += "'self'";
    for (const auto& origin : ancestors) policy += " " + origin;
    return policy;
}

void add_page_routes(Router& router, Services& services, const Pages& pages) {
    const auto citizen = [&services, &pages](const std::string& inbox) {
        const Inbox* found = services.inboxes.find(inbox, Channel::Webchat);
        return page(pages, "citizen.html", found ? found->config.origins : std::vector<std::string>{});
    };
    const auto console = answering([&pages](const Request&) { return page(pages, "console.html", {}); });
    router.add(get("/", answering([citizen](const Request&) { return citizen("web"); }), Limit::Page));
    router.add(
        get("/chat/{inbox}", answering([citizen](const Request& r) { return citizen(r.params.at(0)); }), Limit::Page));
    router.add(get("/console", console, Limit::Page));
    router.add(get("/console/{*}", console, Limit::Page));
    router.add(get("/assets/{*}", answering([&pages](const Request& r) { return asset(pages, r.params.at(0)); })));
    const auto openapi = read_text_file(services.config.root + "/gateway/openapi.json");
    router.add(get("/openapi.json", answering([text = openapi.has_value() ? *openapi : std::string("{}")](
                                                  const Request&) { return json_response(200, text); })));
    add_health(router, services);
}

void add_private_routes(Router& router, Services& services) {
    add_health(router, services);
    router.add(get("/metrics", blocking(services, [&services](const Request&) {
                       services.metrics.set_gauge("queue", services.desk.snapshot().queued);
                       services.metrics.set_gauge("turns_in_flight", static_cast<double>(services.turns.in_flight()));
                       return text_response(200, "text/plain; version=0.0.4", services.metrics.text());
                   })));
}

}  // namespace yuanda::gateway
