// Signing in, staying in, getting out: as a browser sees it.
#include <chrono>
#include <future>
#include <thread>

#include "gateway/passwords.hpp"
#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

using namespace std::chrono_literals;
const Browser kNobody{StaffId{}, "", ""};

Response sign_in(StaffDesk& desk, const std::string& login, const std::string& password) {
    return desk.call(kNobody, "POST", "/api/v1/session", {{"login", login}, {"password", password}});
}

Browser browser_from(const Response& response) {
    const std::string cookie = header_of(response, "set-cookie");
    return {StaffId{}, cookie.substr(0, cookie.find(';')), text_or(json_of(response), "csrf")};
}

}  // namespace

TEST_CASE("signing in gives a fresh cookie, a token and who one is", "[gateway][staff][session]") {
    StaffDesk desk;
    desk.add_staff("wangyi", "王毅", {"lawyer"});
    const Response response = sign_in(desk, "wangyi", kPassword);
    REQUIRE(response.status == 200);
    const Json body = json_of(response);
    CHECK(body["staff"]["login"] == "wangyi");
    CHECK(body["staff"]["presence"] == "online");  // a lawyer who signs in is on duty
    CHECK(body["must_change"] == false);
    CHECK(body["csrf"].get<std::string>().size() == 64);
    CHECK(header_of(response, "set-cookie").find("; Path=/; Secure; HttpOnly; SameSite=Strict") != std::string::npos);
    CHECK(header_of(response, "cache-control") == "no-store");

    const Browser browser = browser_from(response);
    const Response session = desk.call(browser, "GET", "/api/v1/session");
    CHECK(session.status == 200);
    CHECK(json_of(session)["csrf"] == body["csrf"]);
    CHECK(desk.events("staff.login") == 1);

    SECTION("signing in again ends the session the browser held") {
        Request again =
            desk.request(browser, "POST", "/api/v1/session", {{"login", "wangyi"}, {"password", kPassword}});
        const Response second = desk.call(again);
        REQUIRE(second.status == 200);
        CHECK(browser_from(second).cookie != browser.cookie);
        CHECK(desk.call(browser, "GET", "/api/v1/session").status == 401);
        CHECK(desk.call(browser_from(second), "GET", "/api/v1/session").status == 200);
    }
    SECTION("signing out ends it and takes the cookie back") {
        const Response out = desk.call(browser, "DELETE", "/api/v1/session");
        CHECK(out.status == 204);
        CHECK(header_of(out, "set-cookie").find("Max-Age=0") != std::string::npos);
        CHECK(header_of(out, "clear-site-data") == "\"cookies\"");
        CHECK(desk.call(browser, "GET", "/api/v1/session").status == 401);
        CHECK(desk.services().desk.present().empty());
    }
}

TEST_CASE("every failure to sign in looks the same, and the sixth is locked", "[gateway][staff][session]") {
    StaffDesk desk;
    const auto staff = desk.add_staff("limin", "李敏", {"lawyer"});
    REQUIRE(desk.services().people.disable(staff.id, StaffId{}, desk.clock.now()).has_value());
    desk.add_staff("wangyi", "王毅", {"lawyer"});
    const auto [login, password] = GENERATE(table<std::string, std::string>(
        {{"wangyi", "wrong-Password-1"}, {"nobody", "wrong-Password-1"}, {"limin", kPassword}, {"", ""}}));
    CAPTURE(login);
    const Response first = sign_in(desk, login, password);
    CHECK(first.status == 401);
    CHECK(error_of(first) == "登录名或密码不对。");
    CHECK(header_of(first, "set-cookie").empty());
    for (int i = 0; i < 4; ++i) CHECK(sign_in(desk, login, password).status == 401);
    const Response locked = sign_in(desk, login, kPassword);
    CHECK(locked.status == 429);
    CHECK(error_of(locked) == "输错太多次，已锁定30分钟。急用请找管理员重置。");
    desk.clock.advance(30min);
    CHECK(sign_in(desk, login, login == "wangyi" ? kPassword : password).status == (login == "wangyi" ? 200 : 401));
}

TEST_CASE("a lock outlives a restart", "[gateway][staff][session]") {
    StaffDesk desk;
    const auto staff = desk.add_staff("wangyi", "王毅", {"lawyer"});
    for (int i = 0; i < 5; ++i)  // in another process
        REQUIRE(desk.services().people.record_login_failure(staff.id, {}, desk.clock.now()).has_value());
    CHECK(sign_in(desk, "wangyi", kPassword).status == 429);
    desk.clock.advance(30min);
    CHECK(sign_in(desk, "wangyi", kPassword).status == 200);
}

TEST_CASE("a session ends by idleness, by age, and with its person", "[gateway][staff][session]") {
    StaffDesk desk;
    auto staff = desk.add_staff("wangyi", "王毅", {"lawyer"});
    const Browser browser = desk.browser(staff);
    const auto status = [&](const char* method, const char* path, const Json& body = nullptr) {
        return desk.call(browser, method, path, body).status;
    };
    SECTION("half an hour without an act") {
        desk.clock.advance(29min);
        CHECK(status("GET", "/api/v1/desk") == 200);  // the console alone keeps nothing alive
        desk.clock.advance(1min);
        CHECK(status("GET", "/api/v1/desk") == 401);
    }
    SECTION("an act begins the half hour anew") {
        desk.clock.advance(29min);
        CHECK(status("PUT", "/api/v1/presence", {{"state", "busy"}}) == 204);
        desk.clock.advance(29min);
        CHECK(status("GET", "/api/v1/desk") == 200);
    }
    SECTION("ten hours") {
        for (int i = 0; i < 30; ++i) {
            desk.clock.advance(20min);
            if (i < 29) REQUIRE(status("PUT", "/api/v1/presence", {{"state", "online"}}) == 204);
        }
        CHECK(status("GET", "/api/v1/desk") == 401);
    }
    SECTION("the person was disabled") {
        REQUIRE(desk.services().people.disable(staff.id, StaffId{}, desk.clock.now()).has_value());
        CHECK(status("GET", "/api/v1/desk") == 401);
    }
    SECTION("a cookie nobody was given") {
        CHECK(desk.call({StaffId{}, "__Host-yuanda=" + std::string(64, 'a'), browser.csrf}, "GET", "/api/v1/desk")
                  .status == 401);
    }
}

TEST_CASE("a change needs our own page and its token", "[gateway][staff][session]") {
    StaffDesk desk;
    const Browser browser = desk.browser_of("王毅", {"lawyer"});
    Request good = desk.request(browser, "PUT", "/api/v1/presence", {{"state", "busy"}});
    SECTION("with both it is done") { CHECK(desk.call(good).status == 204); }
    SECTION("another page") {
        good.headers["origin"] = "https://evil.example";
        CHECK(desk.call(good).status == 403);
    }
    SECTION("no origin") {
        good.headers.erase("origin");
        CHECK(desk.call(good).status == 403);
    }
    SECTION("no token") {
        good.headers.erase("x-csrf-token");
        CHECK(desk.call(good).status == 403);
    }
    SECTION("somebody else's token") {
        good.headers["x-csrf-token"] = desk.browser_of("李敏", {"lawyer"}).csrf;
        CHECK(desk.call(good).status == 403);
    }
    SECTION("reading needs neither") {
        Request read = desk.request(browser, "GET", "/api/v1/desk");
        read.headers.erase("origin");
        read.headers.erase("x-csrf-token");
        CHECK(desk.call(read).status == 200);
    }
    SECTION("signing in from another page") {
        Request other = desk.request(kNobody, "POST", "/api/v1/session", {{"login", "a"}, {"password", "b"}});
        other.headers["origin"] = "https://evil.example";
        CHECK(desk.call(other).status == 403);
    }
    SECTION("a body that is no JSON object") {
        good.body = GENERATE("{", "[]", "\"text\"", "{\"a\":1,\"a\":2}");
        CHECK(desk.call(good).status == 400);
    }
}

TEST_CASE("plain http from another machine is refused with a sentence", "[gateway][staff][session]") {
    StaffDesk desk;
    Request plain = desk.request(desk.browser_of("王毅", {"lawyer"}), "GET", "/api/v1/desk");
    plain.secure = false;
    const Response refused = desk.call(plain);
    CHECK(refused.status == 403);
    CHECK(error_of(refused).find("https") != std::string::npos);
    Request login = desk.request(kNobody, "POST", "/api/v1/session", {{"login", "a"}, {"password", "b"}});
    login.secure = false;
    CHECK(desk.call(login).status == 403);
}

TEST_CASE("a password shown once must be changed before anything else", "[gateway][staff][session]") {
    StaffDesk desk;
    const auto staff = desk.add_staff("wangyi", "王毅", {"lawyer"});
    REQUIRE(
        desk.services().people.set_password(staff.id, staff.password_hash, StaffId{}, desk.clock.now()).has_value());
    const Response in = sign_in(desk, "wangyi", kPassword);
    REQUIRE(in.status == 200);
    CHECK(json_of(in)["must_change"] == true);
    const Browser browser = browser_from(in);
    CHECK(desk.call(browser, "GET", "/api/v1/session").status == 200);
    CHECK(desk.call(browser, "GET", "/api/v1/desk").status == 403);
    CHECK(desk.services().desk.present().empty());

    const auto change = [&](const std::string& old, const std::string& fresh) {
        return desk.call(browser, "POST", "/api/v1/session/password", {{"old", old}, {"new", fresh}});
    };
    CHECK(change("Wrong-old-2026", "Xin-mima-2027").status == 422);
    CHECK(change(kPassword, "short").status == 422);
    CHECK(change(kPassword, kPassword).status == 422);
    const Browser elsewhere = desk.browser(staff);
    const Response changed = change(kPassword, "Xin-mima-2027");
    REQUIRE(changed.status == 204);
    const std::string cookie = header_of(changed, "set-cookie");
    const Browser renewed{staff.id, cookie.substr(0, cookie.find(';')), browser.csrf};
    CHECK(desk.call(renewed, "GET", "/api/v1/desk").status == 200);
    CHECK(desk.call(renewed, "PUT", "/api/v1/presence", {{"state", "away"}}).status == 204);
    CHECK(desk.call(browser, "GET", "/api/v1/session").status == 401);    // the old cookie
    CHECK(desk.call(elsewhere, "GET", "/api/v1/session").status == 401);  // whoever else had one
    CHECK(sign_in(desk, "wangyi", kPassword).status == 401);
    CHECK(sign_in(desk, "wangyi", "Xin-mima-2027").status == 200);
}

TEST_CASE("an account disabled while its password is being checked stays disabled", "[gateway][staff][session]") {
    StaffDesk desk;
    const auto staff = desk.add_staff("wangyi", "王毅", {"lawyer"});
    const Browser before = desk.browser(staff);
    const std::string password = GENERATE(as<std::string>{}, kPassword, "wrong-Password-1");
    auto attempt = std::async(std::launch::async, [&] { return sign_in(desk, "wangyi", password).status; });
    // Now the attempt has read the account and has not written anything; Argon2 leaves the time to come between.
    while (passwords_in_work() == 0) std::this_thread::yield();
    const auto disabled = desk.services().people.disable(staff.id, StaffId{"admin"}, desk.clock.now());
    CHECK(attempt.get() == 401);
    REQUIRE(disabled.has_value());
    CHECK(desk.services().people.staff_by_id(staff.id)->value().disabled);
    CHECK(desk.call(before, "GET", "/api/v1/session").status == 401);
    CHECK(sign_in(desk, "wangyi", kPassword).status == 401);
}

TEST_CASE("presence is what a person chose, and only a person who answers has one", "[gateway][staff][session]") {
    StaffDesk desk;
    const Browser lawyer = desk.browser_of("王毅", {"lawyer"});
    const Browser editor = desk.browser_of("赵编辑", {"editor"});
    Ear ear{desk.services().hub, "staff"};
    CHECK(desk.call(lawyer, "PUT", "/api/v1/presence", {{"state", "busy"}}).status == 204);
    CHECK(ear.heard(R"("desk")"));
    const auto told = ear.notes().size();
    desk.clock.advance(2min);  // a lost socket: nothing was heard of this console for longer than presence lasts
    CHECK(desk.services().desk.present().empty());
    CHECK(desk.call(lawyer, "PUT", "/api/v1/presence", {{"state", "busy"}}).status == 204);
    CHECK(desk.services().desk.present().size() == 1);
    CHECK(ear.notes().size() == told + 1);  // back again
    CHECK(desk.call(lawyer, "PUT", "/api/v1/presence", {{"state", "busy"}}).status == 204);
    CHECK(ear.notes().size() == told + 1);  // said again, nothing new
    CHECK(json_of(desk.call(lawyer, "GET", "/api/v1/session"))["staff"]["presence"] == "busy");
    CHECK(desk.call(lawyer, "PUT", "/api/v1/presence", {{"state", "offline"}}).status == 422);
    CHECK(desk.call(lawyer, "PUT", "/api/v1/presence", {{"state", "asleep"}}).status == 422);
    CHECK(desk.call(editor, "PUT", "/api/v1/presence", {{"state", "online"}}).status == 403);
    CHECK(desk.call(editor, "GET", "/api/v1/session").status == 200);
    const Json duty = json_of(desk.call(editor, "GET", "/api/v1/desk"))["duty"];
    REQUIRE(duty.size() == 1);
    CHECK(duty[0]["name"] == "王毅");
    CHECK(duty[0]["state"] == "busy");
}

}  // namespace yuanda::gateway::test
