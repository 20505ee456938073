// Applications in the hands of intake and reviewers.
#include <chrono>

#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

using namespace std::chrono_literals;

struct Office : StaffDesk {
    Browser intake = browser_of("陈受理", {"intake", "reviewer"});
    Browser lawyer = browser_of("王毅", {"lawyer"});
    ConversationId conversation = contact_wrote("web", "v1", "我要申请", false);
    ApplicationId id = application("v1", 1);

    Response act(const Browser& who, const std::string& what, const Json& body = Json::object()) {
        return call(who, "POST", "/api/v1/applications/" + id.value + what, body);
    }
    Json shown() { return json_of(call(intake, "GET", "/api/v1/applications/" + id.value)); }
};

}  // namespace

TEST_CASE("applications are listed by state, in pages, with their clocks", "[gateway][staff][cases]") {
    Office office;
    office.clock.advance(1min);
    const auto second = office.application("v1", 2);
    const Json all = json_of(office.call(office.intake, "GET", "/api/v1/applications?state=all"));
    REQUIRE(all["applications"].size() == 2);
    const Json row = all["applications"][0];
    CHECK(row["id"] == second.value);
    CHECK(row["number"] == "秦川援申〔2026〕第2号");
    CHECK(row["name"] == "王*英");
    CHECK(row["channel"] == "webchat");
    CHECK(row["clock"]["due"] == "2026-12-01");
    CHECK(all["next"].is_null());

    const Json page = json_of(office.call(office.intake, "GET", "/api/v1/applications?state=submitted&limit=1"));
    CHECK(page["next"] == second.value);
    const Json rest = json_of(office.call(office.intake, "GET", "/api/v1/applications?limit=1&after=" + second.value));
    CHECK(rest["applications"][0]["id"] == office.id.value);
    CHECK(json_of(office.call(office.intake, "GET", "/api/v1/applications?state=approved"))["applications"].empty());
    CHECK(office.call(office.intake, "GET", "/api/v1/applications?state=lost").status == 400);
}

TEST_CASE("one application is shown masked, with its record, and the reading is recorded", "[gateway][staff][cases]") {
    Office office;
    const Json body = office.shown();
    CHECK(body["application"]["sections"][0]["fields"][0]["value"] == "王*英");
    CHECK(body["application"]["eligibility"]["grounds"][0] == "《法律援助法》第三十一条第五项");
    CHECK(body["application"]["conversation"] == office.conversation.value);
    CHECK(body.dump().find("13812345678") == std::string::npos);
    CHECK(office.events("application.read") == 1);
    CHECK(office.call(office.intake, "GET", "/api/v1/applications/none").status == 404);
}

TEST_CASE("a reviewer takes an application under review once", "[gateway][staff][cases]") {
    Office office;
    Ear consoles{office.services().hub, "staff"};
    const Response taken = office.act(office.intake, "/review");
    REQUIRE(taken.status == 200);
    CHECK(json_of(taken)["application"]["state"] == "under_review");
    CHECK(consoles.heard(R"("application")"));
    const Json events = office.shown()["events"];
    CHECK(events.back()["who"] == "陈受理");
    CHECK(events.back()["from"] == "submitted");
    CHECK(events.back()["to"] == "under_review");

    const Response late = office.act(office.browser_of("张审查", {"reviewer"}), "/review");
    CHECK(late.status == 409);
    CHECK(error_of(late) == "该申请已由陈受理处理，现在是“审查中”。");
    CHECK(office.act(office.lawyer, "/review").status == 403);
}

TEST_CASE("missing papers are asked for once and completely, and the applicant reads the list",
          "[gateway][staff][cases]") {
    Office office;
    Ear page{office.services().hub, peer_topic(InboxId{"web"}, ExternalId{"v1"})};
    const Response asked = office.act(office.intake, "/supplement", {{"missing", {"身份证复印件", "工资条"}}});
    REQUIRE(asked.status == 200);
    const Json application = json_of(asked)["application"];
    CHECK(application["state"] == "supplement");
    CHECK(application["missing"] == Json::array({"身份证复印件", "工资条"}));
    CHECK(application["clock"]["state"] == "paused");
    const auto line = office.messages(office.conversation).back();
    CHECK(line.from == storage::From::System);
    CHECK(line.text.find("秦川援申〔2026〕第1号") != std::string::npos);
    CHECK(line.text.find("1. 身份证复印件\n2. 工资条") != std::string::npos);
    CHECK(page.notes().size() == 1);

    SECTION("the review goes on when the papers are there") {
        office.clock.advance(24h);
        const Browser reviewer = office.browser_of("李审查", {"reviewer"});
        const std::string path = "/api/v1/applications/" + office.id.value;
        const Json resumed = json_of(office.call(reviewer, "POST", path + "/review", Json::object()));
        CHECK(resumed["application"]["state"] == "under_review");
        CHECK(resumed["application"]["missing"].empty());
        CHECK(resumed["application"]["clock"]["state"] == "running");
        const Json events = json_of(office.call(reviewer, "GET", path))["events"];
        REQUIRE(events.size() == 3);
        CHECK(events[1]["missing"] == Json::array({"身份证复印件", "工资条"}));  // kept on the record
        CHECK(events[1]["notice"] == Json{{"message", line.id.value}, {"state", "page"}});
        CHECK_FALSE(events[2].contains("missing"));
    }
    SECTION("asking twice is told what state it is in") {
        CHECK(office.act(office.intake, "/supplement", {{"missing", {"户口本"}}}).status == 409);
    }
}

TEST_CASE("the list is on its way even where the window is shut, and the page says what became of it",
          "[gateway][staff][cases]") {
    Office office;
    const auto conversation = office.contact_wrote("wechat", "openid1", "我要申请", false);
    const auto id = office.application("openid1", 2, "wechat");
    office.clock.advance(72h);  // WeChat's window of 48 hours is over
    const Browser reviewer = office.browser_of("张审查", {"reviewer"});
    Ear outbox{office.services().hub, "outbox"};
    const std::string path = "/api/v1/applications/" + id.value;
    REQUIRE(office.call(reviewer, "POST", path + "/supplement", {{"missing", {"工资条"}}}).status == 200);
    CHECK(outbox.notes().size() == 1);
    const auto line = office.messages(conversation).back();
    CHECK(line.text.find("1. 工资条") != std::string::npos);
    CHECK(line.delivery == "queued");
    const auto notice = [&] { return json_of(office.call(reviewer, "GET", path))["events"].back()["notice"]; };
    CHECK(notice() == Json{{"message", line.id.value}, {"state", "queued"}});

    const auto claimed = office.services().outbox.claim(office.clock.now(), 10);
    REQUIRE(claimed->size() == 1);
    CHECK(claimed->front().message == line.id);
    REQUIRE(office.services()
                .outbox.finish(claimed->front().id, "held", "window", "", std::nullopt, office.clock.now())
                .has_value());
    CHECK(notice()["state"] == "held");
    const std::string settle = "/api/v1/undelivered/" + line.id.value + "/settle";
    CHECK(office.call(reviewer, "POST", settle, Json::object()).status == 204);  // told by telephone
    CHECK(notice()["state"] == "settled");
}

TEST_CASE("a second list after the first needs a reason", "[gateway][staff][cases]") {
    Office office;
    REQUIRE(office.act(office.intake, "/supplement", {{"missing", {"身份证复印件"}}}).status == 200);
    office.clock.advance(10min);
    REQUIRE(office.act(office.intake, "/review").status == 200);
    CHECK(office.act(office.intake, "/supplement", {{"missing", {"户口本"}}}).status == 422);
    CHECK(office.act(office.intake, "/supplement", {{"missing", {"户口本"}}, {"note", "申请人改了住址"}}).status ==
          200);
}

TEST_CASE("a list that is none is refused and changes nothing", "[gateway][staff][cases]") {
    Office office;
    const Json missing = GENERATE(Json(nullptr), Json::array(), Json("身份证"), Json::array({""}), Json::array({1}),
                                  Json::array({std::string(101, 'a')}), Json(std::vector<std::string>(31, "证")));
    CHECK(office.act(office.intake, "/supplement", {{"missing", missing}}).status == 422);
    CHECK(office.shown()["application"]["state"] == "submitted");
}

}  // namespace yuanda::gateway::test
