// A reply fits one WeChat text; what matters most is never what is cut.
#include "adapters/wechat/render.hpp"

#include "core/text.hpp"

using namespace yuanda;
using namespace yuanda::adapters::wechat;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

Reply answer() {
    Reply reply;
    reply.kind = ReplyKind::Clarify;
    reply.paragraphs = {"您受伤的时候，是"};
    reply.choices = {{"c1", "在给单位上班"}, {"c2", "在路上出的车祸"}};
    return reply;
}

}  // namespace

TEST_CASE("choices are numbered and each is a link to tap", "[adapters][wechat][render]") {
    const auto texts = render(answer());
    REQUIRE(texts.size() == 1);
    CHECK(texts[0] ==
          "您受伤的时候，是\n\n"
          "① <a href=\"weixin://bizmsgmenu?msgmenucontent=在给单位上班&msgmenuid=c1\">在给单位上班</a>\n"
          "② <a href=\"weixin://bizmsgmenu?msgmenucontent=在路上出的车祸&msgmenuid=c2\">在路上出的车祸</a>");
}

TEST_CASE("words that appear above as well are linked only in their own line", "[adapters][wechat][render]") {
    Reply reply = answer();
    reply.paragraphs = {"您说的是 受伤 吗"};
    reply.choices = {{"c1", "受伤"}, {"c2", "受伤赔偿"}};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0] == "您说的是 受伤 吗\n\n① " + menu_link("c1", "受伤") + "\n② " + menu_link("c2", "受伤赔偿"));
}

TEST_CASE("a follow-up is a link that asks it", "[adapters][wechat][render]") {
    Reply reply;
    reply.kind = ReplyKind::Answer;
    reply.paragraphs = {"可以要回来。"};
    reply.follow_ups = {"没签合同怎么证明"};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].find("① " + menu_link(kAskLinkId, "没签合同怎么证明") + "\n") != std::string::npos);
}

TEST_CASE("a link cannot break out of its attribute", "[adapters][wechat][render]") {
    CHECK(menu_link("a&b", "\"><b>100%#") ==
          "<a href=\"weixin://bizmsgmenu?msgmenucontent=%22%3E%3Cb%3E100%25%23&msgmenuid=a%26b\">\"b100%#</a>");
}

TEST_CASE("an empty reply renders to nothing", "[adapters][wechat][render]") { CHECK(render(Reply{}).empty()); }

TEST_CASE("sections give way from the end until the text fits", "[adapters][wechat][render]") {
    Reply reply = answer();
    reply.sections = {{"怎么办", true, {"先留证据"}},
                      {"证据", false, std::vector<std::string>(20, repeated("证", 40))}};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].size() <= kMaxTextBytes);
    CHECK(texts[0].find("先留证据") != std::string::npos);
    CHECK(texts[0].find("证证") == std::string::npos);
    CHECK(texts[0].find("msgmenuid=c2") != std::string::npos);
}

TEST_CASE("a review with a long story keeps every fact, the story is shortened", "[adapters][wechat][render]") {
    Reply reply = answer();
    reply.sections = {{"请核对", true, {"姓名：王秀英", "经过：" + repeated("事", 700), "电话：138****5678"}}};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].size() <= kMaxTextBytes);
    CHECK(texts[0].find("姓名：王秀英") != std::string::npos);
    CHECK(texts[0].find("经过：" + repeated("事", 76) + "…") != std::string::npos);
    CHECK(texts[0].find("电话：138****5678") != std::string::npos);
}

TEST_CASE("links give way before words do", "[adapters][wechat][render]") {
    Reply reply = answer();
    reply.paragraphs = {repeated("说", 650)};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0] == repeated("说", 650) + "\n\n① 在给单位上班\n② 在路上出的车祸");
}

TEST_CASE("the numbered choices survive when the body has to be cut", "[adapters][wechat][render]") {
    Reply reply = answer();
    reply.paragraphs = {repeated("说了。", 300)};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].size() <= kMaxTextBytes);
    CHECK(is_clean_utf8(texts[0]));
    CHECK(texts[0].ends_with("。…\n\n① 在给单位上班\n② 在路上出的车祸"));
}

TEST_CASE("a lawyer's long words go on in a second text", "[adapters][wechat][render]") {
    Reply reply;
    reply.kind = ReplyKind::Lawyer;
    reply.paragraphs = {repeated("请您准备。", 200)};
    const auto texts = render(reply);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0] + texts[1] == reply.paragraphs[0]);
    for (const auto& text : texts) CHECK(text.size() <= kMaxTextBytes);
}
