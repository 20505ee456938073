// The JSON shapes consoles read, and what they hide.
#include "gateway/staff/rows.hpp"

#include <catch2/catch.hpp>

#include "gateway/login.hpp"
#include "gateway/staff/kb_api.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/numbers.hpp"
#include "gateway/staff/people_api.hpp"
#include "tests/support/files.hpp"
#include "tests/support/manual_clock.hpp"

namespace yuanda::gateway::staff {
namespace {

using namespace std::chrono_literals;
using yuanda::test::ManualClock;
using yuanda::test::read_file;

const TimePoint kNow = ManualClock{}.now();

storage::ConversationRow waiting_row() {
    storage::ConversationRow row;
    row.id = ConversationId{"c1"};
    row.channel = Channel::Wechat;
    row.contact = ContactId{"contact-1"};
    row.topic = "T01";
    row.ownership = {desk::Owner::Queued, StaffId{}, kNow - 15min, kNow - 15min};
    row.last_text = "老板不给钱";
    row.last_at = kNow - 1min;
    row.unread = 2;
    row.risks = {"violence_now"};
    return row;
}

RowView view_at(TimePoint now) {
    RowView view;
    view.topic_name = "欠薪";
    view.now = now;
    return view;
}

casework::Application wages_application() {
    casework::Application a;
    a.id = ApplicationId{"a1"};
    a.number = "秦川援申〔2026〕第1号";
    a.state = casework::State::Submitted;
    a.topic = "T01";
    a.matter = "请求支付劳动报酬";
    a.facts = {{"name", "王秀英"},  {"phone", "13812345678"}, {"hardship", "migrant"}, {"topic", "T01"},
               {"old_key", "旧值"}, {"home", "西安市周至县"}, {"home_code", "610124"}, {"consent", "yes"}};
    a.submitted_at = kNow;
    a.conversation = ConversationId{"c1"};
    return a;
}

Calendar calendar_2026() {
    Calendar calendar;
    REQUIRE(calendar.add_year(read_file("config/calendar/2026.json")).has_value());
    return calendar;
}

dialogue::Form intake() {
    auto form = dialogue::parse_form(read_file("config/forms/intake.toml"));
    REQUIRE(form.has_value());
    return std::move(*form);
}

adapters::Capabilities five_in_two_days() {
    adapters::Capabilities can;
    can.replies_per_message = 5;
    can.reply_window = 48h;
    return can;
}

}  // namespace

TEST_CASE("a row shows the wait against the promise, by the server's clock", "[gateway][staff][rows]") {
    const Json json = row_json(waiting_row(), view_at(kNow));
    CHECK(json["owner"] == "queued");
    CHECK(json["channel"] == "wechat");
    CHECK(json["topic_name"] == "欠薪");
    CHECK(json["last_from"] == "contact");
    CHECK(json["unread"] == 2);
    CHECK(json["risk"] == Json::array({"violence_now"}));
    CHECK(json["waiting_since"] == to_epoch_ms(kNow - 15min));
    CHECK(json["due_at"] == to_epoch_ms(kNow + 5min));
    CHECK(json["sla"] == "at_risk");
    CHECK(row_json(waiting_row(), view_at(kNow + 5min))["sla"] == "breached");
    auto promised = waiting_row();
    promised.promise = kNow + 14h;  // asked at night: it is not late before the time that was told
    CHECK(row_json(promised, view_at(kNow + 5min))["due_at"] == to_epoch_ms(kNow + 14h));
    CHECK(row_json(promised, view_at(kNow + 5min))["sla"] == "ok");
    auto again = waiting_row();
    again.ownership = {desk::Owner::Human, StaffId{"s1"}, kNow - 15min, std::nullopt};
    CHECK(row_json(again, view_at(kNow))["due_at"] == to_epoch_ms(kNow + 45min));
    CHECK_FALSE(json.contains("lawyer"));
    CHECK_FALSE(json.contains("window"));
    CHECK_FALSE(json.contains("deadline"));
}

TEST_CASE("a row nobody waits in has no clock", "[gateway][staff][rows]") {
    auto row = waiting_row();
    row.ownership = {desk::Owner::Human, StaffId{"s1"}, {}, {}};
    row.lawyer_name = "王毅";
    const Json json = row_json(row, view_at(kNow));
    CHECK(json["waiting_since"].is_null());
    CHECK(json["due_at"].is_null());
    CHECK(json["sla"] == "ok");
    CHECK(json["lawyer"] == Json{{"id", "s1"}, {"name", "王毅"}});
}

TEST_CASE("a contact is shown by a mask, or by a number while nobody knows the name", "[gateway][staff][rows]") {
    auto row = waiting_row();
    const std::string label = contact_label(row.contact, row.contact_name);
    CHECK(label.starts_with("访客"));
    CHECK(label.size() == std::string("访客").size() + 4);
    CHECK(label == contact_label(row.contact, ""));
    row.contact_name = "赵玉柱";
    row.contact_phone = "13812341234";
    CHECK(contact_label(row.contact, row.contact_name) == "赵*柱");
    const Json contact = contact_json(row, {2, 3, "13900001111", false});
    CHECK(contact["conversations"] == 2);
    CHECK(contact["name"] == "赵*柱");
    CHECK(contact["phone"] == "138****1234");
    CHECK(contact["phone_from"] == "application");
    CHECK(contact["applications"] == 3);
    CHECK(contact_json(row, {2, 3, "", true})["phone"] == "13812341234");  // the lawyer who has accepted may call
    row.contact_phone.clear();
    const Json said = contact_json(row, {1, 0, "13900001111", false});
    CHECK(said["phone"] == "139****1111");
    CHECK(said["phone_from"] == "words");
    CHECK(contact_json(row, {1, 0, "", false})["phone"].is_null());
}

TEST_CASE("a deadline is counted in days of China", "[gateway][staff][rows]") {
    const auto [date, label] = GENERATE(table<std::string, std::string>({{"2026-12-03", "期限剩 9 天"},
                                                                         {"2026-11-25", "期限剩 1 天"},
                                                                         {"2026-11-24", "期限今天到"},
                                                                         {"2026-11-23", "期限已过"}}));
    auto view = view_at(kNow);
    view.deadline = parse_iso_date(date);
    const Json json = row_json(waiting_row(), view)["deadline"];
    CHECK(json["label"] == label);
    CHECK(json["date"] == date);
}

TEST_CASE("the window says how many sends are left and until when", "[gateway][staff][rows]") {
    const auto can = five_in_two_days();
    const auto view = window_view(can, {2, kNow}, kNow + 1h);
    REQUIRE(view);
    CHECK(*view == WindowView{3, 5, kNow + 48h});
    CHECK(window_view(can, {7, kNow}, kNow)->left == 0);
    CHECK(window_view(can, {0, kNow}, kNow + 48h)->left == 0);
    CHECK_FALSE(window_view(can, {}, kNow));
    auto pulled = can;
    pulled.pull = true;
    CHECK_FALSE(window_view(pulled, {0, kNow}, kNow));
}

TEST_CASE("lines of the system leave the last two sends to people", "[gateway][staff][rows]") {
    const auto can = five_in_two_days();
    CHECK(line_may_travel(can, {2, kNow}, kNow));
    CHECK_FALSE(line_may_travel(can, {3, kNow}, kNow));
    CHECK_FALSE(line_may_travel(can, {0, kNow}, kNow + 48h));
    CHECK_FALSE(line_may_travel(can, {}, kNow));
    adapters::Capabilities free = can;
    free.replies_per_message = 0;
    CHECK(line_may_travel(free, {}, kNow));
    free.pull = true;
    CHECK_FALSE(line_may_travel(free, {}, kNow));
}

TEST_CASE("a message carries its card, its note mark and how its delivery went", "[gateway][staff][rows]") {
    storage::StoredMessage message;
    message.id = MessageId{"m1"};
    message.seq = 4;
    message.from = storage::From::Lawyer;
    message.author_name = "王律师";
    message.cmid = "cm-1";
    message.text = "好的";
    message.note = true;
    message.delivery = "held";
    message.card = R"({"kind":"answer","paragraphs":["好的"]})";
    const Json json = message_json(message);
    CHECK(json["from"] == "lawyer");
    CHECK(json["name"] == "王律师");
    CHECK(json["note"] == true);
    CHECK(json["delivery"] == "held");
    CHECK(json["card"]["kind"] == "answer");
    const Json plain = message_json(storage::StoredMessage{});
    for (const char* key : {"name", "cmid", "card", "note", "delivery"}) CHECK_FALSE(plain.contains(key));
}

TEST_CASE("the sheet is whole or absent", "[gateway][staff][rows]") {
    CHECK(summary_json(std::nullopt, true).is_null());
    desk::Handover sheet;
    sheet.reason = "本人要求";
    sheet.turns = 7;
    sheet.matter = "我叫王秀英，电话13812345678";
    CHECK(summary_json(sheet, true)["reason"] == "本人要求");
    CHECK(summary_json(sheet, true)["matter"] == sheet.matter);
    CHECK(summary_json(sheet, false)["matter"] == "我叫王秀英，电话138****5678");
    CHECK(summary_json(sheet, true)["turns"] == 7);
    CHECK(summary_json(sheet, true).size() == 7);
}

TEST_CASE("numbers of people are masked, sums and days are not", "[gateway][staff][rows]") {
    const auto [written, shown] = GENERATE(table<std::string, std::string>({
        {"我电话13812345678，急", "我电话138****5678，急"},
        {"138 1234 5678 和 139-0000-1111", "138****5678 和 139****1111"},
        {"62岁 13812345678", "62岁 138****5678"},
        {"62 138 1234 5678", "62 138****5678"},
        {"身份证610124196001010005。", "身份证610***********0005。"},
        {"61012419600101000X", "610***********000X"},
        {"座机029-87654321", "座机029****4321"},
        {"卡号6222 0000 1111 2222", "卡号622***********2222"},
        {"欠我30000元，2026-11-24到2026-12-01", "欠我30000元，2026-11-24到2026-12-01"},
        {"打12348，2026 年 10000000 元", "打12348，2026 年 10000000 元"},
        {"", ""},
    }));
    CHECK(with_masked_numbers(written) == shown);
}

TEST_CASE("the number to call is a mobile the contact wrote", "[gateway][staff][rows]") {
    CHECK(mobile_in("打138 1234 5678，别打029-87654321") == "13812345678");
    CHECK_FALSE(mobile_in("身份证610124196001010005").has_value());
}

TEST_CASE("lawyers sign with surname and title", "[gateway][staff][rows]") {
    const auto [name, role, signed_as] =
        GENERATE(table<std::string, std::string, std::string>({{"王毅", "lawyer", "王律师"},
                                                               {"欧阳一", "lawyer", "欧阳律师"},
                                                               {"欧阳", "lawyer", "欧律师"},
                                                               {"王律师", "lawyer", "王律师"},
                                                               {"Li Min", "lawyer", "Li Min律师"},
                                                               {"周主任", "supervisor", "周主任"}}));
    storage::Staff staff;
    staff.name = name;
    staff.roles = {role};
    CHECK(author_name(staff) == signed_as);
}

TEST_CASE("staff are shown without hash and counters", "[gateway][staff][rows]") {
    storage::Staff staff;
    staff.id = StaffId{"s1"};
    staff.password_hash = "$argon2id$secret";
    const std::string json = staff_json(staff, {{StaffId{"s1"}, "王毅", desk::Presence::Busy, kNow}}).dump();
    CHECK(json.find("argon2id") == std::string::npos);
    CHECK(json.find(R"("presence":"busy")") != std::string::npos);
    CHECK_FALSE(staff_json(staff, {}).contains("presence"));
}

TEST_CASE("an application is shown under the form's labels with its personal data masked", "[gateway][staff][rows]") {
    const Json json = application_json(wages_application(), intake(), "webchat", calendar_2026(), kNow);
    const std::string all = json.dump();
    CHECK(all.find("王秀英") == std::string::npos);
    CHECK(all.find("13812345678") == std::string::npos);
    CHECK(all.find("旧值") == std::string::npos);  // of an unknown kind, so nothing of it
    CHECK(json["name"] == "王*英");
    CHECK(json["state_name"] == "已收到");
    CHECK(json["channel"] == "webchat");
    CHECK(json["eligibility"]["result"] == "likely");
    CHECK(json["sections"][0]["title"] == "申请人");
    const Json name = json["sections"][0]["fields"][0];
    CHECK(name["label"] == "姓名");
    CHECK(name["value"] == "王*英");
    CHECK(name["masked"] == true);
    CHECK(json["sections"].back()["title"] == "旧表的内容");
    REQUIRE(json["sections"].back()["fields"].size() == 1);  // the code of a place is no row
    CHECK(json["sections"].back()["fields"][0]["label"] == "已停用的一项");
    const Json consent = json["sections"][json["sections"].size() - 2]["fields"][0];
    CHECK(consent["label"] == "同意使用这些信息");
    CHECK(consent["value"] == "同意");
    CHECK(all.find("您的") == std::string::npos);  // a staff page does not speak to the applicant
    CHECK(all.find("610124") == std::string::npos);
}

TEST_CASE("a submitted application has a clock, a draft has none", "[gateway][staff][rows]") {
    const auto calendar = calendar_2026();
    auto application = wages_application();
    const Json clock = clock_json(application, calendar, kNow);
    CHECK(clock["kind"] == "review");
    CHECK(clock["starts"] == "2026-11-24");
    CHECK(clock["due"] == "2026-12-01");
    CHECK(clock["days_left"] == 7);
    CHECK(clock["state"] == "running");
    CHECK(clock["days"][0] == Json{{"date", "2026-11-24"}, {"mark", "received"}});
    application.state = casework::State::Draft;
    CHECK(clock_json(application, calendar, kNow).is_null());
}

TEST_CASE("the record says what was asked for and what became of the notice", "[gateway][staff][rows]") {
    storage::Milestone asked;
    asked.move = {casework::State::Submitted,
                  casework::State::Supplement,
                  casework::Action::AskSupplement,
                  "s1",
                  "",
                  kNow,
                  {"工资条"}};
    CHECK(milestone_json(asked, {{"s1", "陈受理"}}) == Json{{"at", to_epoch_ms(kNow)},
                                                            {"who", "陈受理"},
                                                            {"from", "submitted"},
                                                            {"from_name", "已收到"},
                                                            {"to", "supplement"},
                                                            {"to_name", "待补充材料"},
                                                            {"reason", ""},
                                                            {"missing", {"工资条"}},
                                                            {"notice", nullptr}});
    asked.notice = MessageId{"m1"};
    CHECK(milestone_json(asked, {})["notice"] == Json{{"message", "m1"}, {"state", "page"}});
    asked.delivery = "held";
    CHECK(milestone_json(asked, {})["notice"]["state"] == "held");
    asked.settled = true;
    CHECK(milestone_json(asked, {})["notice"]["state"] == "settled");
    asked.move.action = casework::Action::Resume;
    CHECK_FALSE(milestone_json(asked, {}).contains("notice"));
}

TEST_CASE("a lawyer's words go to their own console; the others hear only that something changed",
          "[gateway][staff][notes]") {
    storage::StoredMessage message;
    message.text = "老板不给钱";
    const std::string note = message_note(ConversationId{"c1"}, message, StaffId{"s1"});
    const auto own = heard_by(note, StaffId{"s1"}, {"lawyer"});
    REQUIRE(own.frame);
    CHECK(Json::parse(*own.frame)["message"]["text"] == "老板不给钱");
    CHECK_FALSE(Json::parse(*own.frame).contains("for"));
    const auto other = heard_by(note, StaffId{"s2"}, {"lawyer"});
    REQUIRE(other.frame);
    CHECK(*other.frame == conversation_note(ConversationId{"c1"}));
    CHECK_FALSE(heard_by(note, StaffId{"s3"}, {"admin"}).frame);
    CHECK(*heard_by(message_note(ConversationId{"c1"}, message, StaffId{}), StaffId{"s1"}, {"lawyer"}).frame ==
          conversation_note(ConversationId{"c1"}));
}

TEST_CASE("each note reaches only those it concerns", "[gateway][staff][notes]") {
    const ConversationId c{"c1"};
    const auto [note, lawyer, reviewer, admin] = GENERATE_COPY(
        table<std::string, bool, bool, bool>({{desk_note(), true, true, true},
                                              {conversation_note(c), true, false, false},
                                              {alert_note(c, {nlu::Risk::ViolenceNow}), true, false, false},
                                              {application_note(ApplicationId{"a1"}), true, true, false},
                                              {ended_note(StaffId{"else"}), false, false, false},
                                              {"", false, false, false},
                                              {"not json", false, false, false},
                                              {R"({"t":"unknown"})", false, false, false}}));
    CAPTURE(note);
    CHECK(heard_by(note, StaffId{"s1"}, {"lawyer"}).frame.has_value() == lawyer);
    CHECK(heard_by(note, StaffId{"s1"}, {"reviewer"}).frame.has_value() == reviewer);
    CHECK(heard_by(note, StaffId{"s1"}, {"admin"}).frame.has_value() == admin);
    CHECK_FALSE(heard_by(note, StaffId{"s1"}, {"lawyer"}).ended);
}

TEST_CASE("the note that ends sockets ends those of one person and is never sent on", "[gateway][staff][notes]") {
    const auto heard = heard_by(ended_note(StaffId{"s1"}), StaffId{"s1"}, {"lawyer"});
    CHECK(heard.ended);
    CHECK_FALSE(heard.frame);
    CHECK(Json::parse(alert_note(ConversationId{"c1"}, {nlu::Risk::ViolenceNow}))["risk"] ==
          Json::array({"violence_now"}));
}

TEST_CASE("logins are plain and roles are known", "[gateway][staff][people]") {
    const auto [login, good] = GENERATE(table<std::string, bool>({{"wangyi", true},
                                                                  {"li.min-2", true},
                                                                  {"ab", false},
                                                                  {"Wang", false},
                                                                  {"王毅", false},
                                                                  {"-ab", false},
                                                                  {"a b c", false},
                                                                  {std::string(33, 'a'), false}}));
    CAPTURE(login);
    CHECK(is_login(login) == good);
    CHECK(roles_from({{"roles", {"lawyer", "admin", "lawyer"}}}) == std::vector<std::string>{"admin", "lawyer"});
    CHECK_FALSE(roles_from({{"roles", Json::array()}}));
    CHECK_FALSE(roles_from({{"roles", {"root"}}}));
    CHECK_FALSE(roles_from({{"roles", {1}}}));
    CHECK_FALSE(roles_from(Json::object()));
}

TEST_CASE("somebody who can sign in must stay administrator", "[gateway][staff][people]") {
    storage::Staff first, second, lawyer;
    first.id = StaffId{"1"};
    second.id = StaffId{"2"};
    lawyer.id = StaffId{"3"};
    first.roles = second.roles = {"admin"};
    lawyer.roles = {"lawyer"};
    CHECK(administrator_left({first, second, lawyer}, first.id));
    second.disabled = true;
    CHECK_FALSE(administrator_left({first, second, lawyer}, first.id));
    CHECK(administrator_left({first, second, lawyer}, lawyer.id));
}

TEST_CASE("a hit is ready to insert, unless it may not be said today", "[gateway][staff][kb]") {
    auto sources = kb::load_base_sources(yuanda::test::source_path("tests/fixtures/kb"));
    REQUIRE(sources.has_value());
    const auto base = kb::Base::build(*sources);
    REQUIRE(base.has_value());
    const auto* entry = (*base)->find(EntryId{"T01-arrears"});
    REQUIRE(entry != nullptr);
    const Json hit = kb_hit_json(**base, *entry, 3.5, *parse_iso_date("2026-11-24"));
    CHECK(hit["entry_id"] == "T01-arrears");
    CHECK(hit["score"] == 3.5);
    CHECK(hit["conclusion"].get<std::string>().starts_with("可以要。"));
    const std::string text = hit["text"];
    CHECK(text.find("依据：《劳动合同法》第三十条") != std::string::npos);
    CHECK(text.find("转人工") == std::string::npos);
    CHECK(text.find("{") == std::string::npos);
    CHECK(hit["citations"][0] ==
          Json{{"law", "劳动合同法"}, {"article", "第三十条"}, {"in_force", true}, {"status", "现行有效"}});

    const Json expired = kb_hit_json(**base, *entry, 1, *parse_iso_date("2028-01-01"));
    CHECK(expired["text"] == "");
}

}  // namespace yuanda::gateway::staff
