// The Xapian store proposes by the rarest terms, keeps questions and answers apart and never throws.
#include "kb/detail/store.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "nlu/reader.hpp"
#include "tests/kb/folder.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using namespace yuanda::kb::detail;
using kb::test::Folder;

namespace {

using Places = std::vector<std::size_t>;

Entry entry(std::string question, std::string answer) {
    Entry result;
    result.question = std::move(question);
    result.conclusion = std::move(answer);
    return result;
}

std::vector<EntryTerms> three() {
    return {entry_terms(entry("老板拖欠工资", "可以投诉，也可以仲裁")),
            entry_terms(entry("房东不退押金", "可以起诉，带上合同")),
            entry_terms(entry("工伤怎么认定", "到人社局申请，带上病历"))};
}

/// The three entries in a folder with everything needed to ask.
struct Stored {
    Folder folder;
    Ranker ranker{three(), {}};
    Stored() { REQUIRE(write_databases(folder.path(), three(), false).has_value()); }
    Places ask(const CandidateStore& store, const std::string& text, unsigned limit = 10) const {
        return store.candidates(ranker.query(nlu::normalise(text)), limit).value();
    }
};

}  // namespace

TEST_CASE("places are those of the entries, ascending and distinct", "[kb][store]") {
    const Stored stored;
    const CandidateStore store(stored.folder.path());
    CHECK(stored.ask(store, "押金") == Places{1});
    CHECK(stored.ask(store, "病历") == Places{2});         // only in an answer
    CHECK(stored.ask(store, "工资仲裁") == Places{0, 2});  // 工 of 工伤; question and answer of 0 are one place
    CHECK(stored.ask(store, "zzz").empty());
    CHECK(stored.ask(store, "").empty());
}

TEST_CASE("the limit holds for each database", "[kb][store]") {
    const Stored stored;
    const CandidateStore store(stored.folder.path());
    CHECK(stored.ask(store, "工资押金工伤", 1).size() <= 2);
    CHECK(stored.ask(store, "工资押金工伤", 10).size() == 3);
}

TEST_CASE("a query keeps at most its 24 rarest terms", "[kb][store]") {
    std::vector<EntryTerms> many;
    const std::string common = "这件事情应该怎样处理才算合情合理合法";
    for (int i = 0; i < 5; ++i) many.push_back(entry_terms(entry(common, "")));
    many.push_back(entry_terms(entry(common + "蟋蟀", "")));
    const Ranker ranker(many, {});
    const auto query = ranker.query(nlu::normalise(common + "蟋蟀"));
    REQUIRE(query.candidates.size() == 24);
    CHECK(query.terms.size() > 24);
    const auto kept = [&](const char* key) {
        return std::find(query.candidates.begin(), query.candidates.end(), key) != query.candidates.end();
    };
    CHECK(kept("B蟋蟀"));
    CHECK(kept("U蟀"));
}

TEST_CASE("each thread reads for itself", "[kb][store]") {
    const Stored stored;
    const CandidateStore store(stored.folder.path());
    Places found;
    std::thread([&] { found = stored.ask(store, "押金"); }).join();
    CHECK(found == Places{1});
    CHECK(stored.ask(store, "押金") == Places{1});
}

TEST_CASE("two stores at one address do not share readers", "[kb][store]") {
    const Stored first;
    const Folder other;
    REQUIRE(write_databases(other.path(), {three()[1]}, true).has_value());
    auto store = std::make_unique<CandidateStore>(first.folder.path());
    CHECK(first.ask(*store, "押金") == Places{1});
    store = std::make_unique<CandidateStore>(other.path());
    CHECK(first.ask(*store, "押金") == Places{0});
}

TEST_CASE("trouble with files is an error of the store", "[kb][store]") {
    const Stored stored;
    SECTION("no folder to write to") {
        const auto wrote = write_databases(stored.folder.at("nowhere/deep"), three(), true);
        REQUIRE(wrote.has_error());
        CHECK(wrote.error().code == ErrorCode::Unavailable);
    }
    SECTION("no databases to read") {
        const CandidateStore store(stored.folder.at("nowhere"));
        const auto found = store.candidates(stored.ranker.query("押金"), 5);
        REQUIRE(found.has_error());
        CHECK(found.error().code == ErrorCode::Unavailable);
    }
    SECTION("a database that is something else") {
        std::filesystem::remove_all(stored.folder.at("answers"));
        stored.folder.write("answers/iamglass", "not a database");
        const CandidateStore store(stored.folder.path());
        CHECK(store.candidates(stored.ranker.query("押金"), 5).has_error());
    }
}

TEST_CASE("an empty base is written and asked", "[kb][store]") {
    const Folder folder;
    REQUIRE(write_databases(folder.path(), {}, true).has_value());
    const CandidateStore store(folder.path());
    const Ranker ranker{std::vector<EntryTerms>{}, {}};
    CHECK(store.candidates(ranker.query("押金"), 5).value().empty());
}
