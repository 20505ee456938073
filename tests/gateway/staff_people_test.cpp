// Administrators and the accounts of staff.
#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

struct Office : StaffDesk {
    storage::Staff chief = add_staff("chief", "管理员", {"admin"});
    Browser admin = browser(chief);
    storage::Staff wang = add_staff("wangyi", "王毅", {"lawyer"});

    Response act(const StaffId& id, const std::string& what, const Json& body = Json::object()) {
        return call(admin, "POST", "/api/v1/staff/" + id.value + what, body);
    }
    Response add(const Json& body) { return call(admin, "POST", "/api/v1/staff", body); }
    Response sign_in(const std::string& login, const std::string& password) {
        return call(Browser{}, "POST", "/api/v1/session", {{"login", login}, {"password", password}});
    }
};

}  // namespace

TEST_CASE("an administrator adds somebody, who must change the password shown once", "[gateway][staff][people]") {
    Office office;
    const Response added = office.add({{"login", "limin"}, {"name", "李敏"}, {"roles", {"supervisor", "lawyer"}}});
    REQUIRE(added.status == 200);
    const Json body = json_of(added);
    CHECK(body["staff"]["roles"] == Json::array({"lawyer", "supervisor"}));
    const Response in = office.sign_in("limin", body["password"]);
    REQUIRE(in.status == 200);
    CHECK(json_of(in)["must_change"] == true);
    CHECK(json_of(office.call(office.admin, "GET", "/api/v1/staff"))["staff"].size() == 3);
    CHECK(office.events("staff.add") == 3);

    const Response taken = office.add({{"login", "limin"}, {"name", "李明"}, {"roles", {"lawyer"}}});
    CHECK(taken.status == 409);
}

TEST_CASE("an account needs a login, a name and a known role", "[gateway][staff][people]") {
    Office office;
    const Json body = GENERATE(Json{{"login", "L M"}, {"name", "李敏"}, {"roles", {"lawyer"}}},
                               Json{{"login", "limin"}, {"name", " "}, {"roles", {"lawyer"}}},
                               Json{{"login", "limin"}, {"name", "李敏"}, {"roles", Json::array()}},
                               Json{{"login", "limin"}, {"name", "李敏"}, {"roles", {"god"}}}, Json::object());
    CHECK(office.add(body).status == 422);
}

TEST_CASE("a reset unlocks, ends the sessions and gives a new password", "[gateway][staff][people]") {
    Office office;
    const Browser wang = office.browser(office.wang);
    for (int i = 0; i < 5; ++i) office.sign_in("wangyi", "wrong-Password-1");
    REQUIRE(office.sign_in("wangyi", kPassword).status == 429);
    Ear sockets{office.services().hub, "staff"};
    const Json body = json_of(office.act(office.wang.id, "/reset"));
    CHECK(sockets.heard(R"("ended")"));
    CHECK(office.call(wang, "GET", "/api/v1/session").status == 401);
    CHECK(office.sign_in("wangyi", kPassword).status == 401);
    CHECK(office.sign_in("wangyi", body["password"]).status == 200);
}

TEST_CASE("who is disabled is out, and whoever waited for them waits in the queue again", "[gateway][staff][people]") {
    Office office;
    const Browser wang = office.browser(office.wang);
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    REQUIRE(office.call(wang, "POST", "/api/v1/conversations/" + id.value + "/accept", Json::object()).status == 200);
    const Json body = json_of(office.act(office.wang.id, "/disable"));
    CHECK(body["staff"]["disabled"] == true);
    CHECK(office.call(wang, "GET", "/api/v1/session").status == 401);
    CHECK(office.sign_in("wangyi", kPassword).status == 401);
    CHECK(office.row(id).ownership.owner == desk::Owner::Queued);
    CHECK(office.row(id).ownership.waiting_since.has_value());

    CHECK(json_of(office.act(office.wang.id, "/enable"))["staff"]["disabled"] == false);
    CHECK(office.sign_in("wangyi", kPassword).status == 200);
}

TEST_CASE("nobody changes their own rights", "[gateway][staff][people]") {
    Office office;
    const auto [what, body] = GENERATE(table<std::string, Json>({{"/roles", Json{{"roles", {"admin", "lawyer"}}}},
                                                                 {"/disable", Json::object()},
                                                                 {"/enable", Json::object()},
                                                                 {"/reset", Json::object()}}));
    CAPTURE(what);
    CHECK(office.act(office.chief.id, what, body).status == 403);
    CHECK(json_of(office.call(office.admin, "GET", "/api/v1/session"))["staff"]["roles"] == Json::array({"admin"}));
}

TEST_CASE("the last administrator who can sign in stays one", "[gateway][staff][people]") {
    Office office;
    const auto second = office.add_staff("second", "李管理", {"admin", "lawyer"});
    const Browser other = office.browser(second);
    const std::string chief = "/api/v1/staff/" + office.chief.id.value;
    SECTION("one of two may go") {
        CHECK(office.call(other, "POST", chief + "/disable", Json::object()).status == 200);
        CHECK(office.call(office.admin, "GET", "/api/v1/staff").status == 401);
    }
    SECTION("not the one who is left, by whoever still has a session") {
        REQUIRE(office.services().people.disable(second.id, StaffId{}, office.clock.now()).has_value());
        CHECK(office.call(other, "POST", chief + "/disable", Json::object()).status == 401);
    }
    SECTION("rights are taken only while another has them") {
        CHECK(office.act(second.id, "/roles", {{"roles", {"lawyer"}}}).status == 200);
        CHECK(office.call(other, "POST", chief + "/disable", Json::object()).status == 403);
    }
}

TEST_CASE("new roles count with the next request", "[gateway][staff][people]") {
    Office office;
    const Browser wang = office.browser(office.wang);
    CHECK(office.call(wang, "GET", "/api/v1/conversations?list=queued").status == 200);
    REQUIRE(office.act(office.wang.id, "/roles", {{"roles", {"editor"}}}).status == 200);
    CHECK(office.call(wang, "GET", "/api/v1/conversations?list=queued").status == 403);
    CHECK(office.act(office.wang.id, "/roles", {{"roles", {"nothing"}}}).status == 422);
    CHECK(office.act(StaffId{"none"}, "/roles", {{"roles", {"editor"}}}).status == 404);
}

}  // namespace yuanda::gateway::test
