// What is no matter of ours competes with the entries, so that it is not answered with one of them.
#include <catch2/catch.hpp>

#include "kb/evaluation.hpp"
#include "kb/index.hpp"
#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::test;

namespace {

std::shared_ptr<const Base> with_outside(const Base& base, Outside outside) {
    return Base::from_entries(base.entries(), base.statutes(), base.references(),
                              {std::move(outside), base.lay_speech().thesaurus})
        .value();
}

double confidence(const Index& index, const std::string& text) {
    return index.search(nlu::normalise(text), "", 5).value().confidence;
}

std::unique_ptr<nlu::Reader> shipped_reader() {
    using yuanda::test::read_file;
    return nlu::make_reader({.topics = read_file("config/topics.toml"),
                             .lexicon = read_file("config/lexicon/words.toml"),
                             .intents = read_file("config/lexicon/intents.toml"),
                             .risks = read_file("config/lexicon/risks.toml")})
        .value();
}

/// Those of the questions that are no matter of ours which would be answered, read as a turn reads them.
std::vector<std::string> answered(const Index& index) {
    const auto reader = shipped_reader();
    std::vector<std::string> texts;
    for (const auto& query :
         parse_queries(yuanda::test::read_file("tests/fixtures/questions/offtopic.jsonl")).value()) {
        const auto heard = reader->read(query.text);
        const auto hits = index.search(heard.plain, heard.topic(), 5).value();
        if (hits.confidence >= Thresholds{}.answer) texts.push_back(query.text);
    }
    return texts;
}

}  // namespace

TEST_CASE("a question nearer to things outside than to any entry is less sure", "[kb][outside]") {
    const auto base = fixture_base();
    const auto alone = build_index(*with_outside(*base, {}), "").value();
    const auto beside = build_index(*with_outside(*base, {{"房东家的猫不吃饭", "猫打架怎么办"}}), "").value();
    const std::string cat = "房东的猫不吃饭怎么办";
    CHECK(confidence(*beside, cat) < confidence(*alone, cat) / 2);
    const std::string deposit = "房东不退我的押金";
    CHECK(confidence(*beside, deposit) > 0.8 * confidence(*alone, deposit));
}

TEST_CASE("what is outside never shows up among the hits", "[kb][outside]") {
    const auto base = fixture_base();
    const auto index = build_index(*with_outside(*base, {{"今天天气怎么样"}}), "").value();
    for (const auto& hit : index->search(nlu::normalise("今天天气怎么样"), "", 100).value().hits)
        CHECK(base->find(hit.entry) != nullptr);
}

TEST_CASE("none of 210 questions that are no matter of ours is answered", "[kb][outside]") {
    const auto shipped = Base::build(load_base_sources(yuanda::test::source_path("")).value()).value();
    CHECK(answered(*build_index(*shipped, "").value()) == std::vector<std::string>{});
    CHECK(answered(*build_index(*with_outside(*shipped, {}), "").value()).size() >= 20);  // it is the list that does it
}

TEST_CASE("a list that cannot be read is refused with its place", "[kb][outside]") {
    CHECK(parse_outside("a = [\"天气\"]\nb = [\"猫\", \"狗\"]\n").value() == Outside{{"天气"}, {"猫", "狗"}});
    const auto [text, words] = GENERATE(table<std::string, std::string>({
        {"a = [\"天气\"", "outside.toml line 1"},
        {"a = \"天气\"", "a is no list"},
        {"a = [\"天气\", 1]", "a has a line that is no text"},
    }));
    const auto refused = parse_outside(text);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail.find(words) != std::string::npos);
}
