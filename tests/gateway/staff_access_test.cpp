// The role matrix: every route of the staff interface for every role, written down a second time.
#include "gateway/staff/access.hpp"

#include <set>

#include "staff_fixture.hpp"
#include "tests/support/files.hpp"

namespace yuanda::gateway::test {
namespace {

using staff::access_of;
using staff::access_table;
using Need = staff::Access::Need;

struct Expected {
    std::string method;
    std::string path;
    std::string roles;  // "*": anybody signed in; "-": nobody needs to be
};

// L lawyer, S supervisor, E editor, R reviewer, A approver, D dispatcher, I intake, U auditor, M admin.
const std::vector<Expected> kExpected{
    {"POST", "/api/v1/session", "-"},
    {"GET", "/api/v1/session", "*"},
    {"DELETE", "/api/v1/session", "*"},
    {"POST", "/api/v1/session/password", "*"},
    {"GET", "/api/v1/socket", "*"},
    {"PUT", "/api/v1/presence", "LS"},
    {"GET", "/api/v1/desk", "*"},
    {"GET", "/api/v1/conversations", "LS"},
    {"GET", "/api/v1/conversations/{id}", "LS"},
    {"POST", "/api/v1/conversations/{id}/accept", "LS"},
    {"POST", "/api/v1/conversations/{id}/messages", "LS"},
    {"POST", "/api/v1/conversations/{id}/notes", "LS"},
    {"POST", "/api/v1/conversations/{id}/release", "LS"},
    {"POST", "/api/v1/conversations/{id}/close", "LS"},
    {"GET", "/api/v1/undelivered", "LS"},
    {"POST", "/api/v1/undelivered/{id}/settle", "LSRI"},
    {"POST", "/api/v1/kb/search", "LSERADI"},
    {"POST", "/api/v1/kb/list", "ERA"},
    {"GET", "/api/v1/kb/tables", "ERA"},
    {"GET", "/api/v1/kb/entries/{id}", "ERA"},
    {"GET", "/api/v1/kb/entries/{id}/shipped", "ERA"},
    {"POST", "/api/v1/kb/entries/{id}/rollback", "RA"},
    {"GET", "/api/v1/kb/revisions/{id}", "ERA"},
    {"POST", "/api/v1/kb/check", "ERA"},
    {"POST", "/api/v1/kb/try", "ERA"},
    {"POST", "/api/v1/kb/drafts", "E"},
    {"PUT", "/api/v1/kb/drafts/{id}", "E"},
    {"POST", "/api/v1/kb/drafts/{id}/submit", "E"},
    {"POST", "/api/v1/kb/drafts/{id}/withdraw", "E"},
    {"POST", "/api/v1/kb/drafts/{id}/discard", "E"},
    {"POST", "/api/v1/kb/drafts/{id}/approve", "RA"},
    {"POST", "/api/v1/kb/drafts/{id}/reject", "RA"},
    {"GET", "/api/v1/applications", "LSRADI"},
    {"GET", "/api/v1/applications/{id}", "LSRADI"},
    {"POST", "/api/v1/applications/{id}/review", "RI"},
    {"POST", "/api/v1/applications/{id}/supplement", "RI"},
    {"GET", "/api/v1/staff", "M"},
    {"POST", "/api/v1/staff", "M"},
    {"POST", "/api/v1/staff/{id}/reset", "M"},
    {"POST", "/api/v1/staff/{id}/disable", "M"},
    {"POST", "/api/v1/staff/{id}/enable", "M"},
    {"POST", "/api/v1/staff/{id}/roles", "M"},
};
const std::vector<std::pair<char, std::string>> kLetters{{'L', "lawyer"},   {'S', "supervisor"}, {'E', "editor"},
                                                         {'R', "reviewer"}, {'A', "approver"},   {'D', "dispatcher"},
                                                         {'I', "intake"},   {'U', "auditor"},    {'M', "admin"}};

/// A path with its parameter filled in by an id nothing has.
std::string concrete(std::string path) {
    const auto at = path.find("{id}");
    return at == std::string::npos ? path : path.replace(at, 4, "nobody");
}

}  // namespace

TEST_CASE("the matrix of routes and roles is exactly this one", "[gateway][staff][access]") {
    CHECK(access_table().size() == kExpected.size());
    for (const auto& expected : kExpected) {
        CAPTURE(expected.method, expected.path);
        const auto* access = access_of(expected.method, expected.path);
        REQUIRE(access != nullptr);
        CHECK((access->need == Need::Nothing) == (expected.roles == "-"));
        if (expected.roles == "-") continue;
        for (const auto& [letter, role] : kLetters) {
            CAPTURE(role);
            const bool allowed = expected.roles == "*" || expected.roles.find(letter) != std::string::npos;
            CHECK(staff::may(*access, {role}) == allowed);
        }
    }
}

TEST_CASE("a route that is not in the table is refused, and so is a person without roles", "[gateway][staff][access]") {
    CHECK(access_of("DELETE", "/api/v1/staff") == nullptr);
    CHECK(access_of("GET", "/api/v1/export") == nullptr);
    CHECK(access_of("GET", "/api/v1/kb/search") == nullptr);  // a contact's words must not stand in an address
    CHECK_FALSE(staff::may(*access_of("GET", "/api/v1/conversations"), {}));
    CHECK_FALSE(staff::may(*access_of("POST", "/api/v1/staff"), {"root", "administrator"}));
}

TEST_CASE("administrators and auditors never see content", "[gateway][staff][access]") {
    const std::string role = GENERATE("admin", "auditor");
    CHECK_FALSE(staff::may_read_conversations({role}));
    CHECK_FALSE(staff::may_read_applications({role}));
}

TEST_CASE("two roles of one person give the rights of both", "[gateway][staff][access]") {
    const std::vector<std::string> roles{"admin", "lawyer"};
    CHECK(staff::may(*access_of("GET", "/api/v1/staff"), roles));
    CHECK(staff::may(*access_of("GET", "/api/v1/conversations"), roles));
}

TEST_CASE("what a console fetches by itself does not keep a session alive", "[gateway][staff][access]") {
    CHECK_FALSE(access_of("GET", "/api/v1/desk")->activity);
    CHECK_FALSE(access_of("GET", "/api/v1/conversations")->activity);
    CHECK_FALSE(access_of("GET", "/api/v1/session")->activity);
    CHECK_FALSE(access_of("GET", "/api/v1/undelivered")->activity);
    CHECK_FALSE(access_of("POST", "/api/v1/kb/search")->activity);
    CHECK(access_of("GET", "/api/v1/conversations/{id}")->activity);
    CHECK(access_of("PUT", "/api/v1/presence")->activity);
}

TEST_CASE("every route is in the table and every row of the table is a route", "[gateway][staff][access]") {
    StaffDesk desk;
    std::set<std::string> routes;
    for (const auto& route : desk.router().routes()) {
        CAPTURE(route.method, route.pattern);
        CHECK(access_of(route.method, route.pattern) != nullptr);
        routes.insert(route.method + " " + route.pattern);
        if (!route.socket) CHECK(route.body_limit == 1024 * 1024);
    }
    for (const auto& access : access_table())
        CHECK(routes.contains(std::string(access.method) + " " + std::string(access.pattern)));
}

TEST_CASE("over HTTP each role gets in exactly where the matrix says", "[gateway][staff][access]") {
    StaffDesk desk;
    std::vector<std::pair<char, Browser>> people;
    for (const auto& [letter, role] : kLetters) people.emplace_back(letter, desk.browser_of("某某", {role}));
    const Browser nobody{StaffId{}, "", ""};
    for (const auto& expected : kExpected) {
        if (expected.path.starts_with("/api/v1/session") || expected.path.ends_with("/socket")) continue;
        const std::string path = concrete(expected.path);
        CHECK(desk.call(nobody, expected.method, path).status == 401);
        for (const auto& [letter, browser] : people) {
            CAPTURE(expected.method, path, letter);
            const bool allowed = expected.roles == "*" || expected.roles.find(letter) != std::string::npos;
            CHECK((desk.call(browser, expected.method, path, Json::object()).status == 403) == !allowed);
        }
    }
}

TEST_CASE("the published interface names every route of the staff and the citizens", "[gateway][openapi]") {
    const Json openapi = Json::parse(yuanda::test::read_file("gateway/openapi.json"));
    CHECK(openapi["openapi"] == "3.1.0");
    const Json& paths = openapi["paths"];
    for (const auto& access : access_table()) {
        CAPTURE(access.method, access.pattern);
        std::string method(access.method);
        std::transform(method.begin(), method.end(), method.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        CHECK(paths.value(std::string(access.pattern), Json::object()).contains(method));
    }
    for (const char* path :
         {"/api/chat/inbox/{inbox}", "/api/chat/session", "/api/chat/ticket", "/api/chat/messages",
          "/api/chat/feedback", "/api/chat/end", "/api/chat/article", "/api/chat/socket", "/healthz", "/readyz"})
        CHECK(paths.contains(path));
}

TEST_CASE("every operation of the published interface is whole", "[gateway][openapi]") {
    const Json openapi = Json::parse(yuanda::test::read_file("gateway/openapi.json"));
    std::set<std::string> names;
    for (const auto& [path, operations] : openapi["paths"].items()) {
        for (const auto& [method, operation] : operations.items()) {
            CAPTURE(path, method);
            CHECK(names.insert(operation.at("operationId")).second);
            CHECK_FALSE(operation.at("responses").empty());
            std::set<std::string> declared;
            for (const auto& parameter : operation.value("parameters", Json::array()))
                if (parameter.value("in", "") == "path") declared.insert(parameter.at("name"));
            const auto open = path.find('{');
            const auto name = open == std::string::npos ? "" : path.substr(open + 1, path.find('}') - open - 1);
            CHECK(declared == (name.empty() ? std::set<std::string>{} : std::set<std::string>{name}));
            const bool staff_change =
                path.starts_with("/api/v1/") && method != "get" && operation["operationId"] != "signIn";
            CHECK((operation.dump().find("parameters/csrf") != std::string::npos) == staff_change);
        }
    }
}

TEST_CASE("every reference inside the published interface leads somewhere", "[gateway][openapi]") {
    const Json openapi = Json::parse(yuanda::test::read_file("gateway/openapi.json"));
    int references = 0;
    const std::function<void(const Json&)> walk = [&](const Json& node) {
        if (node.is_object() && node.contains("$ref")) {
            const std::string target = node["$ref"];
            CAPTURE(target);
            REQUIRE(target.starts_with("#/"));
            CHECK(openapi.contains(Json::json_pointer(target.substr(1))));
            ++references;
        }
        if (node.is_structured())
            for (const auto& child : node) walk(child);
    };
    walk(openapi);
    CHECK(references > 20);
}

}  // namespace yuanda::gateway::test
