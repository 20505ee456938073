// How people say it and what the law calls it; what is no matter of ours is in outside_test.cpp.
#include <catch2/catch.hpp>

#include "kb/index.hpp"
#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::test;

namespace {

const std::string kTables =
    "[all]\n\"打官司\" = [\"起诉\", \"诉讼\"]\n[T01]\n\"血汗钱\" = [\"工资\"]\n\"打官司\" = [\"劳动仲裁\"]\n";

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a key anywhere in a question brings what it stands for", "[kb][thesaurus]") {
    const auto thesaurus = Thesaurus::parse(kTables).value();
    CHECK(thesaurus.size() == 2);
    CHECK(thesaurus.meant_by("我的血汗钱呢") == Words{"工资"});
    CHECK(thesaurus.meant_by("血汗钱") == Words{"工资"});
    CHECK(thesaurus.meant_by("想打官司").size() == 3);  // of both tables
    CHECK(thesaurus.meant_by("打官司打官司").size() == 3);
    CHECK(thesaurus.meant_by("血汗").empty());
    CHECK(thesaurus.meant_by("").empty());
    CHECK(Thesaurus{}.meant_by("血汗钱").empty());
}

TEST_CASE("keys and values are normalised as questions are", "[kb][thesaurus]") {
    const auto thesaurus = Thesaurus::parse("[all]\n\"ＡＢ車\" = [\"機動車\"]\n").value();
    CHECK(thesaurus.meant_by(nlu::normalise("我的ab车")) == Words{nlu::normalise("机动车")});
}

TEST_CASE("a thesaurus that cannot be read is refused with its place", "[kb][thesaurus]") {
    const auto [text, words] = GENERATE(table<std::string, std::string>({
        {"[all]\n\"a\" = [\"b\"", "thesaurus.toml line 2"},
        {"all = 1", "all is no table"},
        {"[all]\na = \"b\"", "all.a is no list"},
        {"[T01]\na = [1]", "T01.a has a line that is no text"},
    }));
    const auto refused = Thesaurus::parse(text);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail.find(words) != std::string::npos);
}

TEST_CASE("an entry is found by what is said for its words", "[kb][thesaurus]") {
    Entry wages;
    wages.id = EntryId{"wages"};
    wages.question = "工资被扣怎么投诉？";
    wages.conclusion = "打劳动监察热线。";
    const auto found = [&](Thesaurus thesaurus) {
        const auto base = Base::from_entries({wages}, {}, {}, {{}, std::move(thesaurus)}).value();
        return build_index(*base, "").value()->search(nlu::normalise("血汗"), "", 2).value().hits.size();
    };
    CHECK(found({}) == 0);
    CHECK(found(Thesaurus::parse("[all]\n\"血汗\" = [\"工资\"]\n").value()) == 1);
}

TEST_CASE("the shipped thesaurus is read whole", "[kb][thesaurus]") {
    const auto lay = load_lay_speech(yuanda::test::source_path("")).value();
    CHECK(lay.thesaurus.size() >= 1000);
    CHECK(lay.outside.size() >= 20);
}
