// Small values survive their JSON text, and text that nobody could have written reads as nothing.
#include <catch2/catch.hpp>

#include "storage/detail/rows.hpp"
#include "storage/detail/values.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::storage;

namespace {
const std::vector<std::string> kOddTexts{"", "身份证复印件", "a\"b\\c", "line\nline", "𠮷😀", std::string(5000, 'x')};
const std::vector<std::string> kBroken{
    "", "{", "null", "42", "\"text\"", "[1,2]", "[[]]", "{\"turns\":\"many\"}", "{\"text\":7}"};
}  // namespace

TEST_CASE("lists, facts and bodies come back as they were", "[storage][values]") {
    CHECK(list_from_json(list_to_json(kOddTexts)) == kOddTexts);
    CHECK(list_from_json(list_to_json({})).empty());

    casework::Facts facts;
    for (std::size_t i = 0; i < kOddTexts.size(); ++i) facts["key" + std::to_string(i)] = kOddTexts[i];
    CHECK(facts_from_json(facts_to_json(facts)) == facts);

    for (const std::string& text : kOddTexts) {
        const Body body = body_from_json(body_to_json({text, text}));
        CHECK(body.text == text);
        CHECK(body.card == text);
    }
}

TEST_CASE("a handover sheet comes back whole", "[storage][values]") {
    desk::Handover sheet{"本人要求", "被拖欠工资", "要回工资", "三个月前", "仲裁时效", "有没有合同", 7};
    CHECK(handover_from_json(handover_to_json(sheet)) == sheet);
    CHECK(handover_from_json(handover_to_json({})) == desk::Handover{});
}

TEST_CASE("broken text reads as nothing and never throws", "[storage][values]") {
    const std::string text = GENERATE(from_range(kBroken));
    CAPTURE(text);
    CHECK(list_from_json(text).empty());
    CHECK(facts_from_json(text).size() <= 1);  // {"turns":"many"} is a fact like any other
    CHECK(handover_from_json(text) == desk::Handover{});
    CHECK(body_from_json(text).text.empty());
}

TEST_CASE("text that is not UTF-8 is stored repaired rather than lost", "[storage][values]") {
    const Body body = body_from_json(body_to_json({"bad \xff byte", ""}));
    CHECK(body.text == "bad \xEF\xBF\xBD byte");
}

TEST_CASE("senders have names and are known by them", "[storage][values]") {
    const auto [from, name] = GENERATE(table<From, std::string>(
        {{From::Contact, "contact"}, {From::Bot, "bot"}, {From::Lawyer, "lawyer"}, {From::System, "system"}}));
    CHECK(name_of(from) == name);
    CHECK(sender_named(name) == from);
    CHECK(sender_named("nobody") == From::System);
}

TEST_CASE("a message opens only under its own id", "[storage][values]") {
    test::SeededRandom random;
    const auto sealer = Sealer::from_master(std::string(32, 'k'), random);
    StoredMessage message;
    message.id = MessageId("m1");
    message.text = "老板不给钱";
    message.card = "{}";
    const SealedMessage sealed = seal_message(message, *sealer);
    CHECK(sealed.body.find("老板") == std::string::npos);
    StoredMessage back;
    back.id = message.id;
    open_body(back, sealed.body, *sealer);
    CHECK(back.text == message.text);
    CHECK(back.card == message.card);
    back.id = MessageId("m2");
    CHECK_THROWS_AS(open_body(back, sealed.body, *sealer), SqlFailure);
}
