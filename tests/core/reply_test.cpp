// Replies as plain text and as cards.
#include <catch2/catch.hpp>

#include "core/reply.hpp"
#include "core/text.hpp"

using namespace yuanda;

namespace {
Reply wages() {
    Reply reply;
    reply.kind = ReplyKind::Answer;
    reply.paragraphs = {"可以要回来。"};
    reply.sections = {{"您可以这样做", true, {"先留证据。", "打12333投诉。"}}, {"带什么", false, {"身份证"}}};
    Citation a{"劳动合同法",       "第三十条", "中华人民共和国劳动合同法", "2012-12-28", "2013-07-01",
               "按时足额发工资。", true};
    Citation b = a;
    b.article = "第八十五条";
    Citation c = a;
    c.law = "劳动争议调解仲裁法";
    c.article = "第二十七条";
    reply.citations = {a, b, c};
    reply.follow_ups = {"没签合同怎么证明", "能不能免费请律师"};
    reply.updated = "2026-11-24";
    reply.feedback = true;
    return reply;
}
}  // namespace

TEST_CASE("an answer reads as one plain text with its articles and numbered follow-ups", "[core][reply]") {
    CHECK(plain_text(wages(), {}) ==
          "可以要回来。\n\n您可以这样做：\n1. 先留证据。\n2. 打12333投诉。\n\n带什么：\n身份证\n\n"
          "依据：《劳动合同法》第三十条、第八十五条；《劳动争议调解仲裁法》第二十七条\n\n"
          "接着您可能想问：\n① 没签合同怎么证明\n② "
          "能不能免费请律师\n回复数字，或直接说您的情况。需要真人请回复“转人工”。");
}

TEST_CASE("sections give way from the end, the basis and the way on stay", "[core][reply]") {
    PlainTextOptions options;
    options.max_chars = code_points(plain_text(wages(), {})) - 1;
    const std::string text = plain_text(wages(), options);
    CHECK(text.find("身份证") == std::string::npos);
    CHECK(text.find("依据：") != std::string::npos);
    CHECK(text.find("转人工") != std::string::npos);
}

TEST_CASE("inside an interview the articles stay with the answer, above the question asked again", "[core][reply]") {
    Reply reply;
    reply.kind = ReplyKind::Intake;
    reply.paragraphs = {"押金应当退。", "咱们接着填申请。", "打哪个电话能找到您？"};
    reply.citations = {wages().citations.front()};
    reply.why = "为什么要问：只用来通知这件事。";
    CHECK(plain_text(reply, {}) ==
          "押金应当退。\n\n依据：《劳动合同法》第三十条\n\n咱们接着填申请。\n\n打哪个电话能找到您？\n\n"
          "为什么要问：只用来通知这件事。");
}

TEST_CASE("who is speaking stands after a conclusion and before a question", "[core][reply]") {
    Reply reply;
    reply.note = "我是智能助手。";
    reply.paragraphs = {"您受伤的时候，是"};
    reply.kind = ReplyKind::Clarify;
    CHECK(plain_text(reply, {}) == "我是智能助手。\n\n您受伤的时候，是");
    reply.kind = ReplyKind::Answer;
    CHECK(plain_text(reply, {}) == "您受伤的时候，是\n\n我是智能助手。");
}

TEST_CASE("the ways around a question have no number", "[core][reply]") {
    Reply reply;
    reply.kind = ReplyKind::Intake;
    reply.paragraphs = {"打哪个电话能找到您？"};
    reply.choices = {{"1", "没有电话"}, {"2", "上一步", true}};
    CHECK(plain_text(reply, {}) == "打哪个电话能找到您？\n\n① 没有电话\n· 上一步");
}

TEST_CASE("a card comes back as the reply it was", "[core][reply]") {
    Reply reply = wages();
    reply.choices = {{"c1", "是"}, {"c2", "上一步", true}};
    reply.note = "我是智能助手。";
    reply.progress = Progress{2, 6, "您的情况"};
    reply.why = "为什么要问";
    const auto back = reply_from_json(reply_to_json(reply));
    REQUIRE(back.has_value());
    CHECK(*back == reply);
    CHECK_FALSE(reply_from_json("{}").has_value());
    CHECK_FALSE(reply_from_json("[").has_value());
}
