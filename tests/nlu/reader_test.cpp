// The reader as a whole: broken tables are named, long and odd input is survived, JSON keeps its keys.
#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "nlu/understanding_json.hpp"
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;

namespace {

nlu::ReaderSources small_sources() {
    return {.topics = "[[topic]]\nid=\"T01\"\nname=\"欠薪\"\n[[topic.seeds]]\nweight=4\nwords=[\"工资\"]\n",
            .lexicon =
                "words=[\"工资条\"]\n[persons]\n[organisations]\n[places]\n[statutes]\n[rewrite]\n\"公资\"=\"工资\"\n",
            .intents = "question_words=[\"怎么\"]\n[[rule]]\nintent=\"cancel\"\nwhole=[\"取消\"]\n",
            .risks = "[sets]\nharmless=[]\n[[rule]]\nrisk=\"threat\"\nall=[[\"炸\"]]\n"};
}

std::string error_of(const nlu::ReaderSources& sources) {
    const auto made = nlu::make_reader(sources);
    return made.has_value() ? "" : made.error().detail;
}

}  // namespace

TEST_CASE("a reader is made from the text of four small tables", "[nlu][reader]") {
    const auto made = nlu::make_reader(small_sources());
    REQUIRE(made.has_value());
    const auto u = (*made)->read("公资怎么办");
    CHECK(u.topic() == "T01");
    CHECK(u.normalised == "公资怎么办");
    CHECK(u.plain == "工资怎么办");
    CHECK(u.question_word);
}

TEST_CASE("dialect's 额 is I and stays part of the words it belongs to", "[nlu][reader]") {
    const auto [typed, plain] = GENERATE(table<std::string, std::string>({
        {"额屋里那口子天天打额,额想离婚", "我丈夫天天打我,我想离婚"},
        {"屋里的人打我", "家里人打我"},
        {"我屋里漏水", "我家里漏水"},
        {"欠款金额和余额", "欠款金额和余额"},
        {"赔偿额是多少", "赔偿额是多少"},
    }));
    CHECK(test::shipped_reader().read(typed).plain == plain);
}

TEST_CASE("a broken table is refused by source and line", "[nlu][reader]") {
    auto sources = small_sources();
    SECTION("not TOML") {
        sources.topics = "[[topic]]\nid = \n";
        CHECK(error_of(sources).starts_with("topics line 2"));
    }
    SECTION("a seed group without weight") {
        sources.topics = "[[topic]]\nid=\"T01\"\nname=\"x\"\n[[topic.seeds]]\nwords=[\"工资\"]\n";
        CHECK(error_of(sources).starts_with("topics line 4"));
    }
    SECTION("a seed that is no string") {
        sources.topics = "[[topic]]\nid=\"T01\"\nname=\"x\"\n[[topic.seeds]]\nweight=1\nwords=[\n3]\n";
        CHECK(error_of(sources).starts_with("topics line 7"));
    }
    SECTION("an unknown intent") {
        sources.intents = "\n[[rule]]\nintent=\"dance\"\nwhole=[\"跳\"]\n";
        CHECK(error_of(sources).starts_with("intents line 2: unknown intent"));
    }
    SECTION("an unknown risk") {
        sources.risks = "[sets]\n[[rule]]\nrisk=\"boredom\"\nall=[[\"闷\"]]\n";
        CHECK(error_of(sources).starts_with("risks line 2: unknown risk"));
    }
    SECTION("a rule that refers to no set") {
        sources.risks = "[sets]\n[[rule]]\nrisk=\"threat\"\nall=[[\"@none\"]]\n";
        CHECK(error_of(sources) == "risks line 4: unknown set @none");
    }
    SECTION("a rule that names no guard") {
        sources.risks = "[sets]\n[[rule]]\nrisk=\"threat\"\nall=[[\"炸\"]]\nguards=[\"none\"]\n";
        CHECK(error_of(sources) == "risks line 2: unknown guard none");
    }
    SECTION("a lexicon without its groups") {
        sources.lexicon = "words=[]\n";
        CHECK(error_of(sources).starts_with("words line 1"));
    }
    SECTION("nothing broken") { CHECK(error_of(sources).empty()); }
}

TEST_CASE("the shipped topic table gives every topic at least forty seeds, none twice", "[nlu][reader]") {
    const auto text = test::config_text("topics.toml");
    std::size_t at = 0;
    int topics = 0;
    while ((at = text.find("[[topic]]", at)) != std::string::npos) {
        const auto end = text.find("[[topic]]", at + 1);
        const auto block = text.substr(at, end == std::string::npos ? end : end - at);
        INFO(block.substr(0, 40));
        CHECK(std::count(block.begin(), block.end(), ',') >= 40);
        ++topics;
        ++at;
    }
    CHECK(topics == 22);
}

TEST_CASE("at most 8,000 characters are read, cut between characters", "[nlu][reader]") {
    std::string text;
    for (int i = 0; i < 9000; ++i) text += "啊";
    const auto u = test::shipped_reader().read(text);
    CHECK(u.original.size() == 8000 * 3);
}

TEST_CASE("a page of one thing costs a page and not its square", "[nlu][reader]") {
    const std::string unit = GENERATE(as<std::string>{}, "打我", "一", "1", "《", "正在打我", "去年", "合同",
                                      "、第三条", "a ", "不想活电话");
    std::string text;
    while (text.size() < 24000) text += unit;
    const auto began = std::clock();
    const auto u = test::shipped_reader().read(text);
    CHECK_FALSE(u.normalised.empty());
    // A tenth of it without sanitizers; the square would take minutes.
    CHECK(std::clock() - began < 10 * CLOCKS_PER_SEC);
}

TEST_CASE("odd input gives an empty or harmless understanding", "[nlu][reader]") {
    const std::string text =
        GENERATE(as<std::string>{}, "", " ", "。。。", "\xE5\xB7", "😀😀", "1", "\x01\x02", "《", "第条", "条", "年月日");
    const auto u = test::shipped_reader().read(text);
    CHECK(u.original == text);
    CHECK(u.risks.empty());
    CHECK(u.topics.empty());
}

TEST_CASE("the JSON line has its promised keys", "[nlu][json]") {
    const auto u = test::shipped_reader().read("包工头欠我2万工钱，再不给我就跳楼");
    const auto line = nlu::understanding_to_json("q1", u);
    CHECK(line.find('\n') == std::string::npos);
    const auto json = nlohmann::json::parse(line);
    CHECK(json["id"] == "q1");
    CHECK(json["topic"] == "T01");
    CHECK(json["topics"][0]["topic"] == "T01");
    CHECK(json["topics"][0]["p"].is_number());
    CHECK(json["intent"] == "question");
    CHECK(json["entities"][1] == nlohmann::json{{"kind", "money"}, {"text", "2万"}, {"value", "2000000"}});
    CHECK(json["risk"] == nlohmann::json{"self_harm", "wage_extreme"});
    CHECK(json["segments"].size() == u.segments.size());
}

TEST_CASE("an empty understanding is JSON too, and broken bytes do not throw", "[nlu][json]") {
    const auto json = nlohmann::json::parse(nlu::understanding_to_json("", nlu::Understanding{}));
    CHECK(json["topic"] == "");
    CHECK(json["risk"] == nlohmann::json::array());
    CHECK(json["entities"] == nlohmann::json::array());
    CHECK_NOTHROW(nlu::understanding_to_json("\xFF", test::shipped_reader().read("\xFF工资")));
}
