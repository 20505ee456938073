// Routes, query strings and error bodies.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "gateway/http.hpp"

using namespace yuanda;
using namespace yuanda::gateway;

namespace {
Route route(const char* method, const char* pattern) { return {method, pattern, 0, Limit::None, nullptr, nullptr}; }
}  // namespace

TEST_CASE("a path finds its route and its parameters", "[gateway][router]") {
    Router router;
    router.add(route("GET", "/"));
    router.add(route("POST", "/hooks/wechat/{inbox}"));
    router.add(route("GET", "/console/{*}"));
    router.add(route("GET", "/api/v1/staff/{id}/reset"));

    CHECK(router.find("GET", "/").route == &router.routes()[0]);
    const auto hook = router.find("POST", "/hooks/wechat/main");
    REQUIRE(hook.route == &router.routes()[1]);
    CHECK(hook.params == std::vector<std::string>{"main"});
    CHECK(router.find("GET", "/console/staff/7").params == std::vector<std::string>{"staff/7"});
    CHECK(router.find("HEAD", "/").route == &router.routes()[0]);
}

TEST_CASE("a wrong method is told from a wrong path", "[gateway][router]") {
    Router router;
    router.add(route("POST", "/hooks/wechat/{inbox}"));
    CHECK(router.find("DELETE", "/hooks/wechat/main").path_known);
    CHECK_FALSE(router.find("DELETE", "/hooks/wechat/main").route);
    const auto unknown = GENERATE("/hooks/wechat", "/hooks/wechat/", "/hooks/wechat/a/b", "/hooks", "//hooks/wechat/x");
    CHECK_FALSE(router.find("POST", unknown).path_known);
}

TEST_CASE("query strings are decoded once", "[gateway][http]") {
    const auto query = parse_query("signature=ab&echostr=a%2Bb%2520c&q=%E6%B3%95+x&empty=&flag");
    REQUIRE(query.has_value());
    CHECK(query->at("echostr") == "a+b%20c");
    CHECK(query->at("q") == "法 x");
    CHECK(query->at("empty").empty());
    CHECK(query->at("flag").empty());
    const auto bad = GENERATE("a=%", "a=%g0", "a=%ff", "a=%00", "%e6=1");
    CHECK_FALSE(parse_query(bad).has_value());
}

TEST_CASE("a cookie is found among others by its whole name", "[gateway][http]") {
    Request request;
    request.headers["cookie"] = "x__Host-yuanda=no; __Host-yuanda=yes; other=1";
    CHECK(request.cookie("__Host-yuanda") == "yes");
    CHECK(request.cookie("missing").empty());
}

TEST_CASE("an address that asks too much is told in the form it reads", "[gateway][http]") {
    Request request;
    request.headers["accept"] = "text/html,application/xhtml+xml,*/*;q=0.8";
    const Response page = too_many_requests(request);
    CHECK(page.status == 429);
    CHECK(page.headers[0].second == "text/html; charset=utf-8");
    CHECK(page.body.find("请过一分钟再试") != std::string::npos);
    CHECK(page.body.find("12348") != std::string::npos);
    request.headers["accept"] = "*/*";
    const Response call = too_many_requests(request);
    CHECK(call.status == 429);
    CHECK(parse_json(call.body).value()["error"]["code"] == "rate_limited");
}

TEST_CASE("a page counts little against its address, and what it loads not at all", "[gateway][http]") {
    CHECK(cost_of(Limit::PerAddress) == 1);
    CHECK(cost_of(Limit::Page) * 8 == 1);
    CHECK(cost_of(Limit::None) == 0);
}

TEST_CASE("errors carry a code for machines and a sentence for people", "[gateway][http]") {
    Request request;
    request.id = "r1";
    const Response response = error_response(request, ErrorCode::RateLimited, "请稍等。");
    CHECK(response.status == 429);
    const auto body = parse_json(response.body);
    REQUIRE(body.has_value());
    CHECK((*body)["error"]["code"] == "rate_limited");
    CHECK((*body)["error"]["message"] == "请稍等。");
    CHECK((*body)["error"]["request_id"] == "r1");
}
