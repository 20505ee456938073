// The editors' interface: two people for every word that is served, and served it is when the answer comes.
#include <catch2/catch.hpp>

#include "gateway/staff/kb_findings.hpp"
#include "gateway/staff/kb_form.hpp"
#include "gateway/staff/notes.hpp"
#include "kb/entry_text.hpp"
#include "nlu/reader.hpp"
#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

constexpr const char* kEntry = "T01-arrears";

struct Editing : StaffDesk {
    Browser editor = browser_of("赵编辑", {"editor"});
    Browser second = browser_of("钱编辑", {"editor"});
    Browser approver = browser_of("周主任", {"approver"});
    Browser both = browser_of("吴双职", {"editor", "approver"});

    Json get(const Browser& who, const std::string& target) {
        const auto response = call(who, "GET", "/api/v1/kb/" + target);
        REQUIRE(response.status == 200);
        return json_of(response);
    }
    Response post(const Browser& who, const std::string& target, const Json& body = Json::object()) {
        return call(who, "POST", "/api/v1/kb/" + target, body);
    }
    Json done(const Response& response) {
        INFO(response.body);
        REQUIRE(response.status == 200);
        return json_of(response);
    }
    Json served(const std::string& id = kEntry) { return get(approver, "entries/" + id)["served"]; }
    Json changed(const std::string& conclusion) {
        Json content = served();
        content["conclusion"] = conclusion;
        return content;
    }
    Json draft(const Browser& who, const Json& content, int base = 0) {
        return done(post(who, "drafts", {{"content", content}, {"base", base}}))["revision"];
    }
    Json submitted(const Browser& who, const Json& content, int base = 0) {
        const Json revision = draft(who, content, base);
        return done(post(who, path(revision, "submit"), {{"version", revision["version"]}}))["revision"];
    }
    Json published(const Json& content, int base = 0) {
        const Json revision = submitted(editor, content, base);
        return done(post(approver, path(revision, "approve"), {{"version", revision["version"]}}));
    }
    static std::string path(const Json& revision, const std::string& act) {
        return "drafts/" + revision["id"].get<std::string>() + "/" + act;
    }
    std::string said(const std::string& question) {
        const auto generation = services().knowledge.current();
        const auto hits = generation->index->search(nlu::normalise(question), "", 1);
        REQUIRE(hits.has_value());
        REQUIRE_FALSE(hits->hits.empty());
        return generation->base->find(hits->hits.front().entry)->conclusion;
    }
};

std::vector<std::string> rules_of(const Json& findings) {
    std::vector<std::string> rules;
    for (const auto& finding : findings) rules.push_back(finding["rule"]);
    return rules;
}

}  // namespace

TEST_CASE("an answer changes when a second person approves it, at once", "[gateway][staff][entries]") {
    Editing desk;
    const Ear ear(desk.services().hub, "staff");
    const auto revision = desk.submitted(desk.editor, desk.changed("改过的结论。"));
    CHECK(revision["state"] == "submitted");
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") != "改过的结论。");
    const auto answer =
        desk.done(desk.post(desk.approver, Editing::path(revision, "approve"), {{"version", revision["version"]}}));
    CHECK(answer["live"] == true);
    CHECK(answer["revision"]["number"] == 1);
    CHECK(answer["revision"]["approver"]["name"] == "周主任");
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == "改过的结论。");
    CHECK(desk.served()["conclusion"] == "改过的结论。");
    CHECK(desk.served()["reviewed_on"] == iso_date(china_date(desk.clock.now())));
    CHECK(ear.heard(R"("t":"entry")"));
    for (const char* kind : {"entry.draft", "entry.submit", "entry.publish"}) CHECK(desk.events(kind) == 1);
}

TEST_CASE("whoever wrote it does not approve it, with whatever roles", "[gateway][staff][entries]") {
    Editing desk;
    const auto revision = desk.submitted(desk.both, desk.changed("自己写的。"));
    const Json version{{"version", revision["version"]}};
    const auto refused = desk.post(desk.both, Editing::path(revision, "approve"), version);
    CHECK(refused.status == 403);
    CHECK(error_of(refused).find("自己写的不能自己批准") != std::string::npos);
    CHECK(desk.post(desk.both, Editing::path(revision, "reject"), {{"note", "x"}}).status == 403);
    CHECK(desk.post(desk.second, Editing::path(revision, "approve"), version).status == 403);
    CHECK(desk.served()["conclusion"] != "自己写的。");
    desk.done(desk.post(desk.approver, Editing::path(revision, "approve"), version));
}

TEST_CASE("what was sent back keeps the reason and can be sent again", "[gateway][staff][entries]") {
    Editing desk;
    const auto revision = desk.submitted(desk.editor, desk.changed("不够好。"));
    CHECK(desk.post(desk.approver, Editing::path(revision, "reject")).status == 422);
    desk.done(desk.post(desk.approver, Editing::path(revision, "reject"), {{"note", "请写明期限"}}));
    const Json mine = desk.get(desk.editor, std::string("entries/") + kEntry)["mine"];
    CHECK(mine["state"] == "draft");
    CHECK(mine["note"] == "请写明期限");
    CHECK(mine["content"]["conclusion"] == "不够好。");
    CHECK(desk.get(desk.second, std::string("entries/") + kEntry)["mine"].is_null());
}

TEST_CASE("an entry with errors is neither submitted nor served", "[gateway][staff][entries]") {
    Editing desk;
    Json content = desk.changed("好。");
    content["citations"][0]["law"] = "婚姻法";
    const auto revision = desk.draft(desk.editor, content);
    const auto refused = desk.post(desk.editor, Editing::path(revision, "submit"), {{"version", 1}});
    CHECK(refused.status == 422);
    const Json findings = json_of(refused)["findings"];
    REQUIRE_FALSE(findings.empty());
    CHECK(findings[0]["field"] == "citations");
    CHECK(findings[0]["value"] == "婚姻法 第三十条");
    CHECK(findings[0]["message"].get<std::string>().find("已经废止") != std::string::npos);
}

TEST_CASE("the second to save hears who was first", "[gateway][staff][entries]") {
    Editing desk;
    const auto late = desk.draft(desk.second, desk.changed("晚的。"));
    desk.published(desk.changed("早的。"));
    const auto refused = desk.call(desk.second, "PUT", "/api/v1/kb/drafts/" + late["id"].get<std::string>(),
                                   {{"content", desk.changed("晚的二。")}, {"base", 0}, {"version", 1}});
    CHECK(refused.status == 409);
    CHECK(error_of(refused).find("周主任") != std::string::npos);
    CHECK(error_of(refused).find("第 1 版") != std::string::npos);
    CHECK(error_of(refused).find("赵编辑") != std::string::npos);

    SECTION("and one's own other window is named as that") {
        const auto own = desk.draft(desk.editor, desk.changed("一。"), 1);
        const auto path = "/api/v1/kb/drafts/" + own["id"].get<std::string>();
        const Json body = {{"content", desk.changed("二。")}, {"base", 1}, {"version", 1}};
        desk.done(desk.call(desk.editor, "PUT", path, body));
        const auto again = desk.call(desk.editor, "PUT", path, body);
        CHECK(again.status == 409);
        CHECK(error_of(again).find("另一个窗口") != std::string::npos);
    }
}

TEST_CASE("an earlier text comes back with a reason, the shipped one too", "[gateway][staff][entries]") {
    Editing desk;
    const std::string shipped = desk.served()["conclusion"];
    desk.published(desk.changed("第一版。"));
    desk.published(desk.changed("第二版。"), 1);
    const std::string target = std::string("entries/") + kEntry + "/rollback";
    CHECK(desk.post(desk.editor, target, {{"number", 1}, {"base", 2}, {"reason", "错了"}}).status == 403);
    CHECK(desk.post(desk.approver, target, {{"number", 1}, {"base", 2}}).status == 422);
    CHECK(desk.post(desk.approver, target, {{"number", 9}, {"base", 2}, {"reason", "x"}}).status == 404);
    CHECK(desk.post(desk.approver, target, {{"number", 1}, {"base", 1}, {"reason", "x"}}).status == 409);
    desk.done(desk.post(desk.approver, target, {{"number", 1}, {"base", 2}, {"reason", "第二版错了"}}));
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == "第一版。");
    desk.done(desk.post(desk.approver, target, {{"number", 0}, {"base", 3}, {"reason", "回到出厂"}}));
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == shipped);
    const Json revisions = desk.get(desk.editor, std::string("entries/") + kEntry)["revisions"];
    REQUIRE(revisions.size() == 4);
    CHECK(revisions[0]["restores"] == 0);
    CHECK(revisions[0]["note"] == "回到出厂");
    CHECK(desk.events("entry.restore") == 2);
}

TEST_CASE("nobody brings back alone what was written by themselves", "[gateway][staff][entries]") {
    Editing desk;
    const auto revision = desk.submitted(desk.both, desk.changed("第一版。"));
    desk.done(desk.post(desk.approver, Editing::path(revision, "approve"), {{"version", revision["version"]}}));
    desk.published(desk.changed("第二版。"), 1);
    const std::string target = std::string("entries/") + kEntry + "/rollback";
    const Json wish{{"number", 1}, {"base", 2}, {"reason", "我的更好"}};
    CHECK(desk.post(desk.both, target, wish).status == 403);
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == "第二版。");
    desk.done(desk.post(desk.approver, target, wish));
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == "第一版。");
}

TEST_CASE("a new entry is found once it is published", "[gateway][staff][entries]") {
    Editing desk;
    Json content = desk.changed("先报警，再找物业。");
    content["id"] = "T01-falling";
    content["question"] = "高空抛物砸坏了车找谁？";
    content["variants"] = {"楼上掉东西砸车", "车被砸了咋办", "高空抛物谁赔",       "找不到谁扔的",
                           "物业不管砸车",   "花盆掉下来了", "楼上扔烟头烧了车顶", "阳台掉瓷砖"};
    const auto revision = desk.submitted(desk.editor, content);
    const Json list = desk.done(desk.post(desk.approver, "list", {{"state", "submitted"}}));
    REQUIRE(list["entries"].size() == 1);
    CHECK(list["entries"][0]["id"] == "T01-falling");
    CHECK(list["entries"][0]["served"] == false);
    CHECK(list["entries"][0]["open"][0]["author"] == "赵编辑");
    desk.done(desk.post(desk.approver, Editing::path(revision, "approve"), {{"version", revision["version"]}}));
    CHECK(desk.said("高空抛物砸坏了车") == "先报警，再找物业。");
}

TEST_CASE("the list finds by words, id, topic and state", "[gateway][staff][entries]") {
    Editing desk;
    const Json all = desk.done(desk.post(desk.editor, "list"));
    CHECK(all["total"] == 4);
    CHECK(all["counts"]["all"] == 4);
    CHECK(all["topics"].size() == 4);
    const Json found = desk.done(desk.post(desk.editor, "list", {{"q", "房东不退押金"}}));
    CHECK(found["entries"][0]["id"] == "T15-deposit");
    CHECK(desk.done(desk.post(desk.editor, "list", {{"q", "T17-loan"}}))["entries"][0]["id"] == "T17-loan");
    CHECK(desk.done(desk.post(desk.editor, "list", {{"topic", "T05"}}))["total"] == 1);
    CHECK(desk.done(desk.post(desk.editor, "list", {{"state", "draft"}}))["total"] == 0);
    desk.draft(desk.editor, desk.changed("草。"));
    CHECK(desk.done(desk.post(desk.second, "list", {{"state", "draft"}}))["entries"][0]["open"][0]["mine"] == false);

    SECTION("page by page") {
        const Json first = desk.done(desk.post(desk.editor, "list", {{"limit", 3}}));
        REQUIRE(first["entries"].size() == 3);
        const Json rest = desk.done(desk.post(desk.editor, "list", {{"limit", 3}, {"after", first["next"]}}));
        CHECK(rest["entries"].size() == 1);
        CHECK(rest["next"].is_null());
    }
}

TEST_CASE("an unsaved entry is checked and shown as each channel shows it", "[gateway][staff][entries]") {
    Editing desk;
    Json content = desk.changed("打{热线:12333}问问。");
    content["reviewed_on"] = "";  // a form does not know the date
    const Json clean = desk.done(desk.post(desk.editor, "check", {{"content", content}}));
    CHECK(clean["findings"].empty());
    CHECK(clean["card"]["paragraphs"][0] == "打12333问问。");
    REQUIRE(clean["wechat"].size() == 1);
    CHECK(clean["wechat"][0].get<std::string>().find("打12333问问。") != std::string::npos);
    CHECK(clean["bytes"] <= clean["limit"]);

    content["variants"][0] = "房东 不退押金怎么办";
    content["sections"][0]["items"][0] = "马上去！";
    content["conclusion"] = "## 小节";
    const Json found = desk.done(desk.post(desk.editor, "check", {{"content", content}}))["findings"];
    CHECK(rules_of(found) == std::vector<std::string>{"exclamation", "near_duplicate", "unwritable"});
    CHECK(found[0]["field"] == "sections");
    CHECK(found[0]["place"] == "怎么办");
    CHECK(found[1]["other"] == "T15-deposit");
    CHECK(found[2]["field"] == "conclusion");
    CHECK(desk.post(desk.editor, "drafts", {{"content", content}, {"base", 0}}).status == 422);
    CHECK(desk.post(desk.editor, "check", {{"content", {{"question", 7}}}}).status == 422);
}

TEST_CASE("a question can be tried on what is not published yet", "[gateway][staff][entries]") {
    Editing desk;
    Json content = desk.served();
    content["variants"].push_back("过年钱没拿到手");
    const Json tried = desk.done(desk.post(desk.editor, "try", {{"content", content}, {"q", "过年钱没拿到手"}}));
    CHECK(tried["draft"]["decision"] == "answer");
    CHECK(tried["draft"]["rank"] == 1);
    CHECK(tried["draft"]["confidence"].get<double>() > tried["live"]["confidence"].get<double>());
    CHECK(desk.said("老板拖欠工资不给，怎么要回来？") == desk.served()["conclusion"]);
    CHECK(desk.post(desk.editor, "try", {{"content", content}, {"q", ""}}).status == 422);
}

TEST_CASE("another node, or this one after a restart, serves what was published", "[gateway][staff][entries]") {
    Editing desk;
    auto& services = desk.services();
    Knowledge elsewhere{ground_of(services.knowledge.current())};
    Publisher publisher{services.config, services.revisions, elsewhere};
    const auto said = [&] { return elsewhere.current()->base->find(EntryId{kEntry})->conclusion; };
    const auto shipped = said();
    CHECK(publisher.refresh().value() == false);
    desk.published(desk.changed("改过的结论。"));
    CHECK(said() == shipped);
    CHECK(publisher.refresh().value() == true);
    CHECK(said() == "改过的结论。");
    CHECK(publisher.refresh().value() == false);
}

TEST_CASE("what cannot be read is not served, and stops nothing else", "[gateway][staff][entries]") {
    storage::Revision good, bad;
    good.entry = EntryId{"T01-arrears"};
    good.text = "+++\nid = \"T01-arrears\"\nquestion = \"问\"\n+++\n\n答。\n";
    bad.entry = EntryId{"T01-other"};
    bad.text = "not a file";
    const auto entries = entries_of({bad, good});
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].id == good.entry);
}

TEST_CASE("news of entries goes to those who work on them", "[gateway][staff][entries]") {
    const auto note = staff::entry_note(EntryId{kEntry});
    CHECK(staff::heard_by(note, StaffId{"s"}, {"editor"}).frame.has_value());
    CHECK_FALSE(staff::heard_by(note, StaffId{"s"}, {"lawyer"}).frame.has_value());
}

TEST_CASE("every rule of lint has its sentence", "[gateway][staff][entries]") {
    const auto rule = GENERATE(as<std::string>(), "missing_field", "few_variants", "near_duplicate", "alike_variant",
                               "unknown_law", "article_beyond_last", "repealed_law", "not_yet_in_force",
                               "unknown_deadline", "unknown_hotline", "reference_not_cited", "bad_reference",
                               "citation_without_plain", "long_conclusion", "exclamation", "follow_up_count", "bad_id");
    const kb::LintFinding finding{"T01-a", "variants", rule, "an English message"};
    CHECK(staff::sentence_of(finding).find("English") == std::string::npos);
}

}  // namespace yuanda::gateway::test
