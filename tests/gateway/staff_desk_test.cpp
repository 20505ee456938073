// Lawyers at work: lists, one conversation, accept, answer, note, release, close.
#include <chrono>

#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

using namespace std::chrono_literals;

struct Office : StaffDesk {
    Browser wang = browser_of("王毅", {"lawyer"});
    Browser li = browser_of("李敏", {"lawyer"});
    Browser chief = browser_of("周主任", {"supervisor"});
    int sent = 0;

    std::string path(const ConversationId& id, const std::string& act) {
        return "/api/v1/conversations/" + id.value + act;
    }
    Response accept(const Browser& who, const ConversationId& id) {
        return call(who, "POST", path(id, "/accept"), Json::object());
    }
    Response say(const Browser& who, const ConversationId& id, const std::string& text,
                 const Json& citations = nullptr) {
        Json body = {{"cmid", "cm-" + std::to_string(++sent)}, {"text", text}};
        if (!citations.is_null()) body["citations"] = citations;
        return call(who, "POST", path(id, "/messages"), body);
    }
    /// Hours later: the same lawyer has signed in anew.
    void wang_comes_back_after(std::chrono::minutes time) {
        clock.advance(time);
        wang = browser(services().people.staff_by_id(wang.staff)->value());
    }
    std::vector<std::string> ids(const Browser& who, const std::string& query) {
        std::vector<std::string> out;
        const Json page = json_of(call(who, "GET", "/api/v1/conversations?" + query));
        for (const auto& row : page.at("conversations")) out.push_back(row["id"]);
        return out;
    }
};

}  // namespace

TEST_CASE("the lists hold what they say, in pages", "[gateway][staff][desk]") {
    Office office;
    const auto first = office.contact_wrote("web", "v1", "转人工", true);
    office.clock.advance(1min);
    const auto second = office.contact_wrote("web", "v2", "转人工", true);
    office.contact_wrote("web", "v3", "你好", false);
    CHECK(office.ids(office.wang, "list=queued") == std::vector{first.value, second.value});
    CHECK(office.ids(office.wang, "list=mine").empty());
    CHECK(office.ids(office.wang, "list=overdue").empty());

    const Json page = json_of(office.call(office.wang, "GET", "/api/v1/conversations?list=queued&limit=1"));
    CHECK(page["next"] == first.value);
    const Json rest =
        json_of(office.call(office.wang, "GET", "/api/v1/conversations?list=queued&limit=1&after=" + first.value));
    CHECK(rest["conversations"][0]["id"] == second.value);
    CHECK(rest["next"].is_null());

    office.clock.advance(20min);
    CHECK(office.ids(office.wang, "list=overdue") == std::vector{first.value, second.value});
    const Json desk = json_of(office.call(office.wang, "GET", "/api/v1/desk"));
    CHECK(desk["counts"]["queued"] == 2);
    CHECK(desk["counts"]["overdue"] == 2);
    CHECK(desk["counts"]["undelivered"] == 0);
    CHECK(desk["now"] == to_epoch_ms(office.clock.now()));
    CHECK(desk["centre"] == "秦川县法律援助中心");
}

TEST_CASE("a list that does not exist is refused", "[gateway][staff][desk]") {
    Office office;
    const std::string query =
        GENERATE("list=all", "", "list=queued&limit=0", "list=queued&limit=101", "list=queued&limit=x");
    CHECK(office.call(office.wang, "GET", "/api/v1/conversations?" + query).status == 400);
}

TEST_CASE("out of hours the desk says so", "[gateway][staff][desk]") {
    Office office;
    const Json day = json_of(office.call(office.wang, "GET", "/api/v1/desk"));
    CHECK(day["on_duty"] == true);
    CHECK(day["hours"] == "今天 9:00–17:30 值班");
    office.clock.advance(12h);
    const Browser late = office.browser_of("夜班", {"lawyer"});  // the session of the morning is over
    const Json night = json_of(office.call(late, "GET", "/api/v1/desk"));
    CHECK(night["on_duty"] == false);
    CHECK(night["hours"].get<std::string>().starts_with("下次值班"));
}

TEST_CASE("numbers are read whole by the lawyer who has accepted, masked by others", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "我叫王秀英，610124196001010005，电话13812345678", true);
    const auto shown = [&](const Browser& who) {
        return json_of(office.call(who, "GET", "/api/v1/conversations/" + id.value));
    };
    const Json before = shown(office.wang);
    CHECK(before["contact"]["phone"] == "138****5678");
    CHECK(before["contact"]["phone_from"] == "words");
    CHECK(before.dump().find("13812345678") == std::string::npos);
    CHECK(before.dump().find("610124196001010005") == std::string::npos);
    office.accept(office.wang, id);
    const Json after = shown(office.wang);
    CHECK(after["contact"]["phone"] == "13812345678");
    CHECK(after["messages"][0]["text"].get<std::string>().find("610124196001010005") != std::string::npos);
    CHECK(shown(office.li).dump().find("13812345678") == std::string::npos);
    CHECK(office.call(office.wang, "GET", "/api/v1/conversations?list=mine").body.find("13812345678") ==
          std::string::npos);
}

TEST_CASE("one conversation is shown whole, and the reading is on the record", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "老板欠我三万块", true);
    office.application("v1", 1);
    const Response response = office.call(office.wang, "GET", "/api/v1/conversations/" + id.value);
    REQUIRE(response.status == 200);
    const Json body = json_of(response);
    CHECK(body["conversation"]["topic_name"] == "欠薪");
    CHECK(body["conversation"]["deadline"]["date"] == "2026-12-02");
    CHECK(body["messages"][0]["text"] == "老板欠我三万块");
    CHECK(body["summary"]["matter"] == "被拖欠工资三万元");
    CHECK(body["contact"]["applications"] == 1);
    CHECK(body["contact"]["conversations"] == 1);
    CHECK(body["applications"][0]["name"] == "王*英");
    CHECK(body["applications"][0]["channel"] == "webchat");
    CHECK(office.events("contact.read") == 1);
    CHECK(office.call(office.wang, "GET", "/api/v1/conversations/none").status == 404);
    CHECK(office.events("contact.read") == 1);
}

TEST_CASE("a lawyer takes a conversation, and everybody hears of it", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    Ear consoles{office.services().hub, "staff"};
    Ear page{office.services().hub, peer_topic(InboxId{"web"}, ExternalId{"v1"})};
    const Response taken = office.accept(office.wang, id);
    REQUIRE(taken.status == 200);
    const Json row = json_of(taken)["conversation"];
    CHECK(row["owner"] == "human");
    CHECK(row["lawyer"]["name"] == "王毅");
    CHECK(row["unread"] == 0);
    CHECK_FALSE(row["waiting_since"].is_null());  // until something is said
    CHECK(office.messages(id).back().text == "王毅律师来了，可以直接说。");
    CHECK(office.messages(id).back().from == storage::From::System);
    CHECK(consoles.heard(id.value));
    CHECK(page.notes().size() == 1);
    CHECK(office.events("conversation.accept") == 1);

    SECTION("a second tap changes nothing") {
        const auto before = office.messages(id).size();
        CHECK(office.accept(office.wang, id).status == 200);
        CHECK(office.messages(id).size() == before);
        CHECK(office.events("conversation.accept") == 1);
    }
    SECTION("the second lawyer is told who was first") {
        const Response late = office.accept(office.li, id);
        CHECK(late.status == 409);
        CHECK(error_of(late) == "王毅已经接入了这个会话。");
    }
    SECTION("a closed conversation is not taken") {
        REQUIRE(office.call(office.wang, "POST", office.path(id, "/close"), {{"reason", "solved"}}).status == 200);
        CHECK(office.accept(office.li, id).status == 409);
    }
}

TEST_CASE("whoever is no lawyer says so when taking a conversation", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    REQUIRE(office.accept(office.chief, id).status == 200);
    CHECK(office.messages(id).back().text == "值班工作人员周主任来了，可以直接说。");
}

TEST_CASE("a lawyer's answer ends the wait and is stored once", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    Ear page{office.services().hub, peer_topic(InboxId{"web"}, ExternalId{"v1"})};
    const Json body = {{"cmid", "cm-x"}, {"text", " 先留好证据。 "}};
    const Response first = office.call(office.wang, "POST", office.path(id, "/messages"), body);
    REQUIRE(first.status == 200);
    const Json message = json_of(first)["message"];
    CHECK(message["text"] == "先留好证据。");
    CHECK(message["name"] == "王律师");
    CHECK(message["cmid"] == "cm-x");
    CHECK_FALSE(message.contains("delivery"));  // the page pulls
    CHECK(office.row(id).ownership.waiting_since == std::nullopt);
    CHECK(page.notes().size() == 1);

    const Response again = office.call(office.wang, "POST", office.path(id, "/messages"), body);
    CHECK(json_of(again)["message"]["id"] == message["id"]);
    CHECK(office.messages(id).back().seq == message["seq"]);

    SECTION("somebody else cannot answer in between") {
        const Response other = office.say(office.li, id, "我也来");
        CHECK(other.status == 409);
        CHECK(error_of(other) == "王毅已经接入了这个会话。");
    }
    SECTION("nobody answers what nobody took") {
        const auto queued = office.contact_wrote("web", "v2", "转人工", true);
        const Response early = office.say(office.wang, queued, "您好");
        CHECK(early.status == 409);
        CHECK(error_of(early).find("请先接入") != std::string::npos);
    }
}

TEST_CASE("words that are no message are refused", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const Json body = GENERATE(
        Json{{"cmid", "c"}}, Json{{"text", "话"}}, Json{{"cmid", "c"}, {"text", "  "}},
        Json{{"cmid", "c d"}, {"text", "话"}}, Json{{"cmid", 1}, {"text", "话"}},
        Json{{"cmid", "c"}, {"text", std::string(6003, 'a')}}, Json{{"cmid", "c"}, {"text", std::string("a\0b", 3)}},
        Json{{"cmid", "c"}, {"text", "话"}, {"citations", "《民法典》"}},
        Json{{"cmid", "c"}, {"text", "话"}, {"citations", Json::array({Json{{"law", "民法典"}}})}});
    CHECK(office.call(office.wang, "POST", office.path(id, "/messages"), body).status == 422);
    CHECK(office.messages(id).size() == 2);  // the contact's and the line of accepting
}

TEST_CASE("a citation that is not in force never leaves", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const auto before = office.messages(id).size();
    SECTION("picked") {
        const Response refused =
            office.say(office.wang, id, "可以离。", Json::array({{{"law", "婚姻法"}, {"article", "第三十二条"}}}));
        CHECK(refused.status == 422);
        CHECK(error_of(refused).find("请改引《民法典》") != std::string::npos);
    }
    SECTION("written") { CHECK(office.say(office.wang, id, "按《劳动合同法》第一百条办").status == 422); }
    SECTION("written without marks") { CHECK(office.say(office.wang, id, "婚姻法第三十二条说可以").status == 422); }
    CHECK(office.messages(id).size() == before);
}

TEST_CASE("a citation in force goes out in words", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const Response sent =
        office.say(office.wang, id, "能要回来。", Json::array({{{"law", "劳动合同法"}, {"article", "第30条"}}}));
    REQUIRE(sent.status == 200);
    CHECK(json_of(sent)["message"]["text"] == "能要回来。\n\n依据：《劳动合同法》第三十条");
}

TEST_CASE("a note stays inside", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    Ear page{office.services().hub, peer_topic(InboxId{"web"}, ExternalId{"v1"})};
    const Response noted =
        office.call(office.li, "POST", office.path(id, "/notes"), {{"cmid", "n1"}, {"text", "像是群体欠薪"}});
    REQUIRE(noted.status == 200);
    CHECK(json_of(noted)["message"]["note"] == true);
    CHECK(page.notes().empty());
    CHECK(office.row(id).ownership.owner == desk::Owner::Queued);
    const auto outside = office.services().conversations.messages(id, 0, 100, false);
    REQUIRE(outside.has_value());
    CHECK(outside->size() == 1);
}

TEST_CASE("a conversation goes back to the bot or to the queue", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const auto release = [&](const Browser& who, const Json& body) {
        return office.call(who, "POST", office.path(id, "/release"), body);
    };
    SECTION("to the bot") {
        CHECK(json_of(release(office.wang, {{"to", "bot"}}))["conversation"]["owner"] == "bot");
        CHECK(office.messages(id).back().text.find("智能助手") != std::string::npos);
    }
    SECTION("to the bot, which takes up the wish to apply") {
        office.wants_to_apply("web", "v1");
        REQUIRE(release(office.wang, {{"to", "bot"}}).status == 200);
        const auto line = office.messages(id).back();
        CHECK(line.text.ends_with("您想办的法律援助申请，现在就可以填。回复“申请”开始。"));
        CHECK(reply_from_json(line.card)->choices == std::vector<ReplyChoice>{{"apply", "申请法律援助"}});
    }
    SECTION("to the queue, with a note for the next") {
        const Json row = json_of(release(office.wang, {{"to", "queue"}, {"note", "需要劳动律师"}}))["conversation"];
        CHECK(row["owner"] == "queued");
        CHECK(office.messages(id).back().text == "需要劳动律师");
        CHECK(office.messages(id).back().note);
    }
    SECTION("only by its owner") { CHECK(release(office.li, {{"to", "bot"}}).status == 409); }
    SECTION("to somewhere known") { CHECK(release(office.wang, {{"to", "friend"}}).status == 422); }
}

TEST_CASE("a conversation is closed by its owner or a supervisor, with a reason", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const auto close = [&](const Browser& who, const Json& body) {
        return office.call(who, "POST", office.path(id, "/close"), body);
    };
    CHECK(close(office.wang, {{"reason", "tired"}}).status == 422);
    CHECK(close(office.li, {{"reason", "solved"}}).status == 409);
    SECTION("who wanted to apply is offered it") {
        office.wants_to_apply("web", "v1");
        REQUIRE(close(office.wang, {{"reason", "solved"}}).status == 200);
        CHECK(office.messages(id).back().from == storage::From::System);
        CHECK(office.messages(id).back().text.starts_with("这次先到这里。"));
        CHECK(reply_from_json(office.messages(id).back().card)->choices.size() == 1);
        return;
    }
    CHECK(json_of(close(office.chief, {{"reason", "solved"}}))["conversation"]["owner"] == "closed");
    CHECK(office.messages(id).back().text == "这次先到这里。以后有事，随时再说。");
    CHECK(office.ids(office.li, "list=closed") == std::vector{id.value});
    const auto before = office.messages(id).size();
    CHECK(close(office.chief, {{"reason", "solved"}}).status == 200);
    CHECK(office.messages(id).size() == before);
}

TEST_CASE("where the channel does not pull, what a lawyer says is queued for delivery", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("wechat", "openid1", "转人工", true);
    Ear outbox{office.services().hub, "outbox"};
    const Json row = json_of(office.accept(office.wang, id))["conversation"];
    CHECK(row["window"]["of"] == 5);
    CHECK(outbox.notes().size() == 1);
    const Response sent = office.say(office.wang, id, "您好");
    CHECK(json_of(sent)["message"]["delivery"] == "queued");
    CHECK(outbox.notes().size() == 2);
    const Json after = json_of(office.call(office.wang, "GET", "/api/v1/conversations/" + id.value))["conversation"];
    CHECK(after["window"]["left"] == row["window"]["left"].get<int>() - 1);
    CHECK(after["window"]["closes_at"] == to_epoch_ms(office.clock.now() + 48h));
}

TEST_CASE("who asks at night is not late before the time that was promised", "[gateway][staff][desk]") {
    Office office;
    const TimePoint morning = office.clock.now() + 14h;
    const auto id = office.contact_wrote("web", "v1", "转人工", true, morning);
    office.wang_comes_back_after(9h);
    CHECK(office.ids(office.wang, "list=overdue").empty());
    const Json page = json_of(office.call(office.wang, "GET", "/api/v1/conversations?list=queued"));
    CHECK(page["conversations"][0]["due_at"] == to_epoch_ms(morning));
    CHECK(page["conversations"][0]["sla"] == "ok");
    office.wang_comes_back_after(5h);
    CHECK(office.ids(office.wang, "list=overdue") == std::vector{id.value});
    office.accept(office.wang, id);
    CHECK(office.ids(office.wang, "list=overdue") == std::vector{id.value});  // accepting is no answer
    office.say(office.wang, id, "早上好");
    CHECK(office.ids(office.wang, "list=overdue").empty());
}

TEST_CASE("once answered, a contact who writes again has the later clock", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    office.say(office.wang, id, "请说");
    office.contact_wrote("web", "v1", "还有一件事", false);
    const auto written = office.clock.now();
    office.wang_comes_back_after(59min);
    CHECK(office.ids(office.wang, "list=overdue").empty());
    const Json row = json_of(office.call(office.wang, "GET", "/api/v1/conversations/" + id.value))["conversation"];
    CHECK(row["due_at"] == to_epoch_ms(written + 60min));
    office.clock.advance(1min);
    CHECK(office.ids(office.wang, "list=overdue") == std::vector{id.value});
}

TEST_CASE("what did not arrive reaches a person, whoever owns the conversation", "[gateway][staff][desk]") {
    Office office;
    const auto taken = office.contact_wrote("wechat", "openid1", "转人工", true);
    office.accept(office.wang, taken);
    office.say(office.wang, taken, "您好");
    const auto claimed = office.services().outbox.claim(office.clock.now(), 10);
    REQUIRE(claimed->size() == 1);
    const auto end = [&](const char* state) {
        REQUIRE(office.services()
                    .outbox.finish(claimed->front().id, state, "code", "", std::nullopt, office.clock.now())
                    .has_value());
    };
    const std::string state = GENERATE("held", "unknown", "failed");
    end(state.c_str());
    CHECK(json_of(office.call(office.wang, "GET", "/api/v1/desk"))["counts"]["undelivered"] == 1);
    const Json page = json_of(office.call(office.li, "GET", "/api/v1/undelivered"));
    CHECK(page["next"].is_null());
    REQUIRE(page["messages"].size() == 1);
    const Json row = page["messages"][0];
    CHECK(row["conversation"] == taken.value);
    CHECK(row["channel"] == "wechat");
    CHECK(row["delivery"] == state);
    CHECK(row["contact"].get<std::string>().starts_with("访客"));
    CHECK(row["at"] == to_epoch_ms(office.clock.now()));
    CHECK(page.dump().find("您好") == std::string::npos);  // a list is no reading

    Ear consoles{office.services().hub, "staff"};
    const std::string settle = "/api/v1/undelivered/" + row["message"].get<std::string>() + "/settle";
    CHECK(office.call(office.li, "POST", settle, Json::object()).status == 204);
    CHECK(consoles.heard(R"("desk")"));
    CHECK(json_of(office.call(office.li, "GET", "/api/v1/undelivered"))["messages"].empty());
    CHECK(office.events("outbox.settle") == 1);
    CHECK(office.call(office.li, "POST", settle, Json::object()).status == 404);
    CHECK(office.call(office.li, "GET", "/api/v1/undelivered?limit=0").status == 400);
}

TEST_CASE("a contact who writes meanwhile does not make a lawyer's act fail", "[gateway][staff][desk]") {
    Office office;
    const auto id = office.contact_wrote("web", "v1", "转人工", true);
    office.accept(office.wang, id);
    const auto before = office.row(id).version;
    office.contact_wrote("web", "v1", "还有一件事", false);
    REQUIRE(office.row(id).version > before);
    CHECK(office.row(id).unread == 1);
    CHECK(office.say(office.wang, id, "请说").status == 200);
    CHECK(office.row(id).unread == 0);
}

TEST_CASE("lawyers search the served base and insert what is in force", "[gateway][staff][kb]") {
    Office office;
    const auto search = [&](const Json& body) { return office.call(office.wang, "POST", "/api/v1/kb/search", body); };
    const Response found = search({{"q", "老板拖欠工资"}, {"limit", 2}});
    REQUIRE(found.status == 200);
    const Json hits = json_of(found)["hits"];
    REQUIRE_FALSE(hits.empty());
    CHECK(hits.size() <= 2);
    CHECK(hits[0]["entry_id"] == "T01-arrears");
    CHECK(hits[0]["text"].get<std::string>().find("《劳动合同法》") != std::string::npos);
    CHECK(json_of(search({{"q", ""}}))["hits"].empty());
    CHECK(json_of(search(Json::object()))["hits"].empty());
    for (const Json& body :
         {Json{{"q", "a"}, {"limit", 50}}, Json{{"q", "a"}, {"limit", 0}}, Json{{"q", "a"}, {"limit", "2"}},
          Json{{"q", "a"}, {"limit", 1.5}}, Json{{"q", 1}}, Json{{"q", std::string(501, 'a')}}})
        CHECK(search(body).status == 422);
}

}  // namespace yuanda::gateway::test
