// Topics, intents and the lexicon over tables small enough to compute by hand.
#include "nlu/detail/intents.hpp"
#include "nlu/detail/lexicon.hpp"
#include "nlu/detail/topics.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/detail/words.hpp"
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;
using namespace yuanda::nlu::detail;
using Catch::Matchers::WithinAbs;

namespace {

constexpr std::string_view kTopics = R"(
around = ["方面", "我想咨询", "和"]
[[topic]]
id = "T01"
name = "欠薪"
[[topic.seeds]]
weight = 1
words = ["工资", "12345"]
[[topic]]
id = "T02"
name = "劳动合同"
called = ["劳动合同"]
[[topic.near]]
weight = 2
span = 2
first = ["公司"]
then = ["开了我"]
[[topic.seeds]]
weight = 2
words = ["劳动合同"]
[[topic]]
id = "T18"
name = "合同"
called = ["合同", "买卖"]
[[topic.seeds]]
weight = 1
words = ["合同"]
)";

Topics topics() {
    auto made = Topics::parse(kTopics);
    REQUIRE(made.has_value());
    return std::move(*made);
}

constexpr std::string_view kIntents = R"(
question_words = ["怎么", "想问"]
openers = ["我想问", "一下", "那个", "啊"]
conjunctions = ["因为"]
[[rule]]
intent = "cancel"
confidence = 0.95
whole = ["取消", "人呢"]
[[rule]]
intent = "ask_human"
anywhere = ["转人工"]
[[rule]]
intent = "thanks"
max_chars = 6
lone = true
anywhere = ["谢谢"]
[[rule]]
intent = "greeting"
start = ["你好"]
)";

IntentGuess guess(std::u32string_view text, IntentContext context = {}) {
    const auto intents = Intents::parse(kIntents);
    REQUIRE(intents.has_value());
    return intents->guess(text, context);
}

}  // namespace

TEST_CASE("one plain seed leaves more room for none than for itself", "[nlu][topic]") {
    const auto guesses = topics().guess(U"工资");
    REQUIRE(guesses.size() == 1);
    CHECK_THAT(guesses[0].p, WithinAbs(1 / 2.5, 1e-9));
}

TEST_CASE("a seed said twice counts once", "[nlu][topic]") {
    CHECK(topics().guess(U"工资工资工资") == topics().guess(U"工资"));
}

TEST_CASE("a seed inside a longer one of another topic does not count", "[nlu][topic]") {
    const auto guesses = topics().guess(U"劳动合同");
    REQUIRE(guesses.size() == 1);
    CHECK(guesses[0].topic == "T02");
    CHECK(topics().guess(U"劳动合同和买卖合同").size() == 2);
}

TEST_CASE("digits of a seed do not match inside a longer number", "[nlu][topic]") {
    CHECK(topics().guess(U"打12345").size() == 1);
    CHECK(topics().guess(U"13912345678").empty());
}

TEST_CASE("a second word counts soon after the first, once", "[nlu][topic]") {
    const auto once = topics().guess(U"公司开了我");
    REQUIRE(once.size() == 1);
    CHECK(once[0].topic == "T02");
    CHECK(topics().guess(U"公司昨天开了我") == once);
    CHECK(topics().guess(U"公司开了我,公司开了我") == once);
    CHECK(topics().guess(U"公司上个月开了我").empty());
    CHECK(topics().guess(U"开了我的公司").empty());
}

TEST_CASE("whoever writes a topic's name and no more has named it", "[nlu][topic]") {
    CHECK(topics().named(U"劳动合同") == "T02");
    CHECK(topics().named(U"我想咨询,劳动合同方面。") == "T02");
    CHECK(topics().named(U"买卖合同方面") == "T18");
    CHECK(topics().named(U"劳动合同到期").empty());
    CHECK(topics().named(U"劳动合同和合同").empty());  // two of them
    CHECK(topics().named(U"我想咨询").empty());
    CHECK(topics().named(U"").empty());
}

TEST_CASE("an intent rule may ask for the whole, the start or a place anywhere", "[nlu][intent]") {
    CHECK(guess(U"取消").intent == nlu::Intent::Cancel);
    CHECK(guess(U"取消。").confidence == 0.95);
    CHECK(guess(U"取消低保").intent == nlu::Intent::Unknown);
    CHECK(guess(U"你好,在").intent == nlu::Intent::Greeting);
    CHECK(guess(U"说你好").intent == nlu::Intent::Unknown);
    CHECK(guess(U"请转人工").intent == nlu::Intent::AskHuman);
}

TEST_CASE("of several matching rules the first in the file decides", "[nlu][intent]") {
    CHECK(guess(U"你好转人工").intent == nlu::Intent::AskHuman);
}

TEST_CASE("a lone rule yields to a topic, a short rule to a long utterance", "[nlu][intent]") {
    CHECK(guess(U"谢谢").intent == nlu::Intent::Thanks);
    CHECK(guess(U"谢谢", {.topic = true}).intent == nlu::Intent::Question);
    CHECK(guess(U"谢谢你们一直帮我忙").intent == nlu::Intent::Unknown);
}

TEST_CASE("without a rule a topic or a question word makes a question", "[nlu][intent]") {
    CHECK(guess(U"工资怎么要", {.topic = true}).confidence > guess(U"工资", {.topic = true}).confidence);
    CHECK(guess(U"怎么弄").intent == nlu::Intent::Question);
    CHECK(guess(U"怎么弄").question_word);
    CHECK(guess(U"哈哈").intent == nlu::Intent::Unknown);
    CHECK(guess(U"哈哈").confidence == 0);
    CHECK(guess(U"第一条", {.cites_article = true}).intent == nlu::Intent::Statute);
}

TEST_CASE("a particle at the end may belong to the command or be politeness", "[nlu][intent]") {
    CHECK(guess(U"取消吧").intent == nlu::Intent::Cancel);
    CHECK(guess(U"人呢").intent == nlu::Intent::Cancel);
    CHECK(guess(U"人").intent == nlu::Intent::Unknown);
}

TEST_CASE("what only clears its throat or breaks off asks nothing yet", "[nlu][intent]") {
    const auto [text, unfinished] = GENERATE(table<std::u32string, bool>({
        {U"我想问", true},
        {U"我想问一下,那个", true},
        {U"那个啊", true},
        {U"工资,", true},
        {U"工资没给,因为", true},
        {U"我想问?", false},
        {U"我想问工资", false},
        {U"工资怎么要,", false},  // asks
        {U"工资没给", false},
        {U"取消,", false},
        {U"", false},
    }));
    INFO(nlu::detail::to_utf8(text));
    CHECK(guess(text).unfinished == unfinished);
    if (text == U"我想问") CHECK_FALSE(guess(text).question_word);
    CHECK(guess(U"我想问一下,那个").opener);
    CHECK_FALSE(guess(U"工资,").opener);
}

TEST_CASE("the lexicon tells what a word denotes and rewrites the longest first", "[nlu][lexicon]") {
    const auto lexicon = parse_lexicon(R"(
words = ["劳动仲裁"]
[persons]
contractor = ["包工头"]
[organisations]
"公司" = ["单位"]
[places]
"蓝田县" = ["蓝田"]
[statutes]
"民法典" = []
[rewrite]
"咋" = "怎么"
"咋办" = "怎么办"
"咋咋" = ""
)");
    REQUIRE(lexicon.has_value());
    CHECK(lexicon->plain(U"工资咋办,咋要") == U"工资怎么办,怎么要");
    CHECK(lexicon->plain(U"没有") == U"没有");
    const auto hits = longest(lexicon->words.scan(U"包工头在蓝田县单位"));
    REQUIRE(hits.size() == 3);
    CHECK(lexicon->denotes[hits[0].id].value == "contractor");
    CHECK(lexicon->denotes[hits[1].id].value == "蓝田县");
    CHECK(lexicon->denotes[hits[2].id].value == "公司");
    CHECK_FALSE(lexicon->denotes[longest(lexicon->words.scan(U"劳动仲裁"))[0].id].kind.has_value());
}

TEST_CASE("a word of the lexicon stays whole and its neighbours are cut at its edges", "[nlu][segment]") {
    const auto spans = [](const std::vector<Span>& all) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
        for (const auto& span : all) out.emplace_back(span.begin, span.end);
        return out;
    };
    const std::vector<Span> words{{0, 2}, {2, 4}, {4, 6}};
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    CHECK(spans(with_lexicon(words, {})) == Pairs{{0, 2}, {2, 4}, {4, 6}});
    CHECK(spans(with_lexicon(words, {{0, 4, 0}})) == Pairs{{0, 4}, {4, 6}});
    CHECK(spans(with_lexicon(words, {{1, 3, 0}})) == Pairs{{0, 1}, {1, 3}, {3, 4}, {4, 6}});
    CHECK(spans(with_lexicon(words, {{3, 5, 0}})) == Pairs{{0, 2}, {2, 3}, {3, 5}, {5, 6}});
    CHECK(spans(with_lexicon(words, {{0, 1, 0}, {1, 2, 0}})) == Pairs{{0, 1}, {1, 2}, {2, 4}, {4, 6}});
    CHECK(spans(with_lexicon(words, {{1, 6, 0}})) == Pairs{{0, 1}, {1, 6}});
    CHECK(spans(with_lexicon({}, {{0, 2, 0}})) == Pairs{{0, 2}});
}
