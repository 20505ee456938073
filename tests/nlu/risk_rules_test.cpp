// The engine under the risk table, with tables small enough to see why.
#include "nlu/detail/risks.hpp"

#include "nlu/detail/utf8.hpp"
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;
using nlu::detail::Risks;

namespace {

const std::string kRules = R"(
[sets]
harmless = ["打我电话"]
now = ["正在"]
hit = ["打我", "打人"]

[[guard]]
name = "general"
words = ["怎么判"]
lifted_by = ["@now"]

[[guard]]
name = "near"
words = ["去年"]
span = 2

[[rule]]
risk = "violence_now"
id = "hit.now"
all = [["@hit"], ["@now", "救命"]]
span = 4
guards = ["general"]

[[rule]]
risk = "self_harm"
id = "jump"
all = [["跳楼"]]
guards = ["near"]

[[guard]]
name = "past"
told = true
words = ["上周"]

[[rule]]
risk = "child"
id = "kept"
all = [["锁屋里"]]
guards = ["past", "general"]

[[rule]]
risk = "child"
id = "before"
all = [["锁过我"]]
told = true

[[rule]]
risk = "threat"
id = "knife"
all = [["拿刀"]]
alone = true

[[rule]]
risk = "self_harm"
id = "wish"
all = [["不想活"]]
negatable = false
)";

std::string rules_of(const std::string& text) {
    const auto risks = Risks::parse(kRules);
    REQUIRE(risks.has_value());
    std::string out;
    for (const auto& found : risks->find(nlu::detail::to_u32(text)).now) out += found.rule + ";";
    return out;
}

}  // namespace

TEST_CASE("every group of a rule must occur, near the first", "[nlu][risk]") {
    CHECK(rules_of("他正在打我") == "hit.now;");
    CHECK(rules_of("打我，救命") == "hit.now;");
    CHECK(rules_of("他打我").empty());
    CHECK(rules_of("他正在").empty());
    CHECK(rules_of("他打我的时候我妈不在家也没有人听见我喊救命").empty());
}

TEST_CASE("a guard calls off, a word of the present lifts it", "[nlu][risk]") {
    CHECK(rules_of("打人救命怎么判").empty());
    CHECK(rules_of("正在打人怎么判") == "hit.now;");
}

TEST_CASE("a guard with a span only reaches so far", "[nlu][risk]") {
    CHECK(rules_of("去年跳楼").empty());
    CHECK(rules_of("他去年想跳楼").empty());
    CHECK(rules_of("去年的钱还不给我就跳楼") == "jump;");
}

TEST_CASE("a negation before the phrase denies it", "[nlu][risk]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"没跳楼", ""},
        {"不会跳楼", ""},
        {"没想跳楼", ""},
        {"从来没有想过跳楼", ""},
        {"要跳楼", "jump;"},
        {"不给钱就跳楼", "jump;"},
        {"要不要跳楼", "jump;"},  // asks
        {"是不是想跳楼", "jump;"},
        {"恨不得跳楼", "jump;"},
        {"不想活", "wish;"},  // itself a denial
        {"不，我要跳楼", "jump;"},
    }));
    INFO(text);
    CHECK(rules_of(text) == expected);
}

TEST_CASE("what a guard of the past calls off is told, what another one calls off is not", "[nlu][risk]") {
    const auto risks = Risks::parse(kRules);
    REQUIRE(risks.has_value());
    const auto told = [&](std::u32string_view text) { return risks->find(text).told; };
    CHECK(rules_of("锁屋里") == "kept;");
    CHECK(rules_of("上周锁屋里").empty());
    CHECK(told(U"上周锁屋里") == std::vector{nlu::Risk::Child});
    CHECK(told(U"上周锁屋里怎么判").empty());
    CHECK(told(U"锁过我") == std::vector{nlu::Risk::Child});
    CHECK(rules_of("锁过我").empty());
    CHECK(told(U"锁屋里,锁过我").empty());  // it is happening
}

TEST_CASE("a rule may want its words to be all that is said", "[nlu][risk]") {
    CHECK(rules_of("拿刀") == "knife;");
    CHECK(rules_of("拿刀!!") == "knife;");
    CHECK(rules_of("拿刀削苹果").empty());
}

TEST_CASE("a phrase that begins inside a number does not count", "[nlu][risk]") {
    const auto risks = Risks::parse("[sets]\n[[rule]]\nrisk=\"child\"\nall=[[\"5岁\",\"五岁\"]]\n");
    REQUIRE(risks.has_value());
    CHECK(risks->find(U"5岁").now.size() == 1);
    CHECK(risks->find(U"他五岁").now.size() == 1);
    CHECK(risks->find(U"35岁").now.empty());
    CHECK(risks->find(U"三十五岁").now.empty());
}

TEST_CASE("a harmless phrase hides the words inside it, not those beside it", "[nlu][risk]") {
    CHECK(rules_of("正在打我电话").empty());
    CHECK(rules_of("打我电话，正在打我") == "hit.now;");
}

TEST_CASE("a kind is named once, by the first rule that holds, in the order of the enum", "[nlu][risk]") {
    CHECK(rules_of("我不想活了要跳楼") == "jump;");
    CHECK(rules_of("正在打我，我不想活") == "wish;hit.now;");
}

TEST_CASE("nothing in, nothing out", "[nlu][risk]") {
    CHECK(rules_of("").empty());
    CHECK(rules_of("今天天气很好").empty());
}

TEST_CASE("a table without sets or rules is refused", "[nlu][risk]") {
    CHECK(Risks::parse("").has_error());
    CHECK(Risks::parse("[sets]\n").has_error());
    CHECK(Risks::parse("[sets]\n[[rule]]\nrisk=\"threat\"\n").has_error());
    CHECK(Risks::parse("[sets]\n[[rule]]\nrisk=\"threat\"\nall=[\"炸\"]\n").has_error());
    CHECK(Risks::parse("[sets]\nx=3\n").has_error());
}
