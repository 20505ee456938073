// The index finds entries, says how sure it is, and survives threads, new generations and lost files.
#include "kb/index.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "nlu/reader.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/kb/folder.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::fixture_base;
using kb::test::Folder;

namespace {

namespace fs = std::filesystem;

const Index& shared_index() {
    static const auto index = build_index(*fixture_base(), "").value();
    return *index;
}

Hits ask(const std::string& text, const std::string& topic = "", int limit = 5) {
    const auto hits = shared_index().search(nlu::normalise(text), topic, limit);
    REQUIRE(hits.has_value());
    return *hits;
}

/// More entries than are scored whole, so that Xapian has to propose; entry N answers about 第N号 matters.
std::shared_ptr<const Base> large_base(int entries) {
    static constexpr const char* kThings[] = {"押金", "工资", "离婚", "借款", "车祸",
                                              "遗产", "工伤", "拆迁", "病历", "快递"};
    static constexpr const char* kPlaces[] = {"西安", "咸阳", "宝鸡", "渭南", "汉中",
                                              "安康", "商洛", "延安", "榆林", "铜川"};
    std::vector<Entry> all;
    for (int i = 0; i < entries; ++i) {
        Entry entry;
        entry.id = EntryId{"N" + std::to_string(i)};
        entry.question =
            std::string(kPlaces[i / 10 % 10]) + "的" + kThings[i % 10] + "编号x" + std::to_string(i) + "怎么办？";
        entry.conclusion = std::string("找当地的人问") + kThings[i % 10] + "。";
        all.push_back(std::move(entry));
    }
    return Base::from_entries(std::move(all), {}, {}, {}).value();
}

std::shared_ptr<const Base> base_without_last() {
    auto sources = kb::test::fixture_sources();
    sources.entries.pop_back();
    for (auto& [name, text] : sources.entries) text = text.substr(0, text.find("\n## ")) + "\n";
    return Base::build(sources).value();
}

}  // namespace

TEST_CASE("a question finds the entry that answers it", "[kb][index]") {
    const auto [text, entry] = GENERATE(table<std::string, std::string>({
        {"老板不给我发工资", "T01-arrears"},
        {"工地干活，工钱一直拖着没给", "T01-arrears"},
        {"老公不愿意离婚怎么办", "T05-refuse"},
        {"想去法院起诉离婚", "T05-refuse"},
        {"租的房子到期了，房东扣着押金", "T15-deposit"},
        {"借给朋友的钱，没打欠条", "T17-loan"},
        {"只有微信聊天记录，借款能起诉吗", "T17-loan"},
        {"冷静期要等几天", "T05-refuse"},
    }));
    INFO(text);
    const auto hits = ask(text);
    REQUIRE_FALSE(hits.hits.empty());
    CHECK(hits.hits.front().entry.value == entry);
    CHECK(hits.confidence > 0);
}

TEST_CASE("a hit carries the entry's question and topic, best first", "[kb][index]") {
    const auto hits = ask("老板欠钱不还还不给工资和押金");
    REQUIRE(hits.hits.size() >= 2);
    CHECK(hits.hits[0].topic == hits.hits[0].entry.value.substr(0, 3));
    CHECK(hits.hits[0].question == fixture_base()->find(hits.hits[0].entry)->question);
    for (std::size_t i = 1; i < hits.hits.size(); ++i) CHECK(hits.hits[i - 1].score >= hits.hits[i].score);
}

TEST_CASE("an entry's own wording is nearly certain, however it is punctuated", "[kb][index]") {
    const auto [text, entry] = GENERATE(table<std::string, std::string>({
        {"老板拖欠工资不给，怎么要回来？", "T01-arrears"},
        {"老板拖欠工资不给怎么要回来", "T01-arrears"},
        {"工资欠半年", "T01-arrears"},
        {"房东不退押金怎么办!!!", "T15-deposit"},
        {"老赖不还钱", "T17-loan"},
    }));
    INFO(text);
    const auto hits = ask(text);
    REQUIRE_FALSE(hits.hits.empty());
    CHECK(hits.hits.front().entry.value == entry);
    CHECK(hits.confidence >= 0.95);
}

TEST_CASE("a keyword of one entry is its entry, a shared keyword is nobody's", "[kb][index]") {
    const auto own = ask("讨薪");
    REQUIRE_FALSE(own.hits.empty());
    CHECK(own.hits.front().entry.value == "T01-arrears");
    CHECK(own.confidence >= 0.7);
    CHECK(ask("证据").confidence < 0.7);  // T01-arrears and T15-deposit both have it
}

TEST_CASE("what has nothing to do with the base is not answered with confidence", "[kb][index]") {
    const auto text =
        GENERATE(as<std::string>{}, "今天天气怎么样", "帮我写一首情诗", "番茄炒蛋", "hello", "。。。", "", "哈哈哈哈");
    INFO(text);
    CHECK(ask(text).confidence < Thresholds{}.answer);
}

TEST_CASE("an unknown question has an empty list for an answer", "[kb][index]") {
    const auto hits = ask("xyzzy plugh");
    CHECK(hits.hits.empty());
    CHECK(hits.confidence == 0);
}

TEST_CASE("the limit is kept and moved into its range", "[kb][index]") {
    CHECK(ask("老板不给钱，房东不退钱，朋友不还钱", "", 2).hits.size() == 2);
    CHECK(ask("老板不给钱，房东不退钱，朋友不还钱", "", 0).hits.size() == 1);
    CHECK(ask("老板不给钱，房东不退钱，朋友不还钱", "", 1000).hits.size() <= 4);
}

TEST_CASE("the topic tips a close call and buries nothing", "[kb][index]") {
    const auto question = "钱要不回来咋办";
    const auto rank_of = [](const Hits& hits, const std::string& entry) {
        std::size_t rank = 0;
        while (rank < hits.hits.size() && hits.hits[rank].entry.value != entry) ++rank;
        return rank;
    };
    const auto plain = ask(question);
    const auto with_topic = ask(question, "T15");
    CHECK(rank_of(with_topic, "T15-deposit") <= rank_of(plain, "T15-deposit"));
    CHECK(ask("借给朋友的钱没打欠条", "T05").hits.front().entry.value == "T17-loan");
}

TEST_CASE("neighbours of one topic speak for their entry", "[kb][index]") {
    const auto entry = [](const char* id, const char* topic, const char* question) {
        Entry made;
        made.id = EntryId{id};
        made.topic = topic;
        made.question = question;
        made.conclusion = "先问一问。";
        return made;
    };
    const auto first_of = [&](const char* topic) {  // of the neighbours
        std::vector<Entry> entries{entry("game", "T18", "淘汰结果公示了，比赛？"),
                                   entry("dismissed", "T02", "淘汰结果公示了，单位？"),
                                   entry("pay", topic, "工资表公示？"), entry("rest", topic, "休假表公示？")};
        const auto base = Base::from_entries(std::move(entries), {}, {}, {}).value();
        const auto hits = build_index(*base, "").value()->search(nlu::normalise("淘汰结果公示"), "", 9).value();
        return hits.hits.front().entry;
    };
    CHECK(first_of("") == EntryId{"game"});  // nothing tells the two apart, and without a topic nobody speaks
    CHECK(first_of("T02") == EntryId{"dismissed"});
}

TEST_CASE("asking again gives the same answer", "[kb][index]") {
    const auto index = build_index(*fixture_base(), "").value();
    const auto question = nlu::normalise("房东不给退押金");
    const auto first = index->search(question, "", 5).value();
    CHECK(index->search(question, "", 5).value() == first);                                     // from the cache
    CHECK(build_index(*fixture_base(), "").value()->search(question, "", 5).value() == first);  // from scratch
    const std::string long_story(3000, 'a');
    CHECK(index->search(question + long_story, "", 5).has_value());
}

TEST_CASE("many threads search at once", "[kb][index]") {
    std::vector<std::string> wrong(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const auto text = nlu::normalise("房东不退押金，我租了" + std::to_string(i) + "个月");
                const auto hits = shared_index().search(text, "", 3);
                if (!hits || hits->hits.empty() || hits->hits[0].entry.value != "T15-deposit") wrong[t] = text;
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& text : wrong) CHECK(text.empty());
}

TEST_CASE("a published generation replaces the one before it", "[kb][index]") {
    const Folder folder;
    const auto directory = folder.path() + "/deep/index";
    const auto names = [&] { return folder.names("deep/index"); };
    auto first = build_index(*fixture_base(), directory).value();
    CHECK(names() == std::vector<std::string>{"CURRENT", "gen-1"});

    SECTION("the same base is not written twice") {
        REQUIRE(build_index(*fixture_base(), directory).has_value());
        CHECK(names() == std::vector<std::string>{"CURRENT", "gen-1"});
    }
    SECTION("another base is, and readers of the old one go on") {
        const auto second = build_index(*base_without_last(), directory).value();
        CHECK(names() == std::vector<std::string>{"CURRENT", "gen-1", "gen-2"});
        const auto question = nlu::normalise("亲戚借钱不认账还耍赖");
        const auto old = first->search(question, "", 5);
        INFO((old ? Error() : old.error()));
        REQUIRE(old.has_value());
        CHECK(old->hits.front().entry.value == "T17-loan");
        const auto hits = second->search(question, "", 5).value();
        for (const auto& hit : hits.hits) CHECK(hit.entry.value != "T17-loan");
    }
    SECTION("only the replaced generation is kept") {
        REQUIRE(build_index(*base_without_last(), directory).has_value());
        REQUIRE(build_index(*fixture_base(), directory).has_value());
        CHECK(names() == std::vector<std::string>{"CURRENT", "gen-2", "gen-3"});
    }
    SECTION("a crash before the rename leaves the old one current") {
        fs::create_directory(directory + "/gen-2");  // half built
        REQUIRE(build_index(*fixture_base(), directory).has_value());
        CHECK(folder.word_in("deep/index/CURRENT") == "gen-1");
        REQUIRE(build_index(*base_without_last(), directory).has_value());
        CHECK(names() == std::vector<std::string>{"CURRENT", "gen-1", "gen-2", "gen-3"});
    }
}

TEST_CASE("a CURRENT that names nothing usable only costs a rebuild", "[kb][index]") {
    const auto [text, current] = GENERATE(table<std::string, std::string>(
        {{"", "gen-1"}, {"gen-77", "gen-78"}, {"../gen-1", "gen-1"}, {"nonsense", "gen-1"}}));
    const Folder folder;
    folder.write("CURRENT", text + "\n");
    const auto index = build_index(*fixture_base(), folder.path());
    REQUIRE(index.has_value());
    CHECK(folder.word_in("CURRENT") == current);
    const auto hits = (*index)->search(nlu::normalise("押金"), "", 1);
    REQUIRE(hits.has_value());
    CHECK(hits->hits.size() == 1);
}

TEST_CASE("in a large base Xapian proposes and the scores decide", "[kb][index]") {
    const auto index = build_index(*large_base(300), "").value();
    const auto number = GENERATE(0, 7, 128, 299);
    const auto base = large_base(300);
    const auto& entry = base->entries()[static_cast<std::size_t>(number)];
    // Other words around it, so that the exact wording does not decide.
    const auto hits = index->search(nlu::normalise("我在" + entry.question + "急"), "", 10);
    REQUIRE(hits.has_value());
    REQUIRE(hits->hits.size() == 10);
    CHECK(hits->hits.front().entry == entry.id);
    CHECK(index->search(nlu::normalise("押金"), "", 100)->hits.size() >= 30);
    CHECK(index->search("zzz", "", 10)->hits.empty());
}

TEST_CASE("many threads search a large base, each with its own reader", "[kb][index]") {
    const auto index = build_index(*large_base(300), "").value();
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                const auto number = (i * 7 + static_cast<int>(t)) % 300;
                const auto hits = index->search(nlu::normalise("编号x" + std::to_string(number) + "怎么样"), "", 3);
                if (!hits || hits->hits.empty() || hits->hits[0].entry.value != "N" + std::to_string(number))
                    ++wrong[t];
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("a thread keeps few generations open and reopens what it needs", "[kb][index]") {
    std::vector<std::unique_ptr<Index>> many;
    for (int i = 0; i < 6; ++i) many.push_back(build_index(*large_base(150 + i), "").value());
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 6; ++i) {
            // The cache would answer a repeated question, so each round asks another one.
            const auto text = "编号x" + std::to_string(149 + i) + (round ? "呢" : "");
            CHECK(many[static_cast<std::size_t>(i)]->search(text, "", 1)->hits.at(0).entry.value ==
                  "N" + std::to_string(149 + i));
        }
}

TEST_CASE("lost files are an error, not a crash", "[kb][index]") {
    const Folder folder;
    const auto index = build_index(*large_base(300), folder.path()).value();
    fs::remove_all(folder.path() + "/gen-1");
    Result<Hits> hits = Hits{};
    std::thread([&] { hits = index->search(nlu::normalise("押金"), "", 1); }).join();
    REQUIRE(hits.has_error());
    CHECK(hits.error().code == ErrorCode::Unavailable);
}

TEST_CASE("a folder that cannot be made is an error", "[kb][index]") {
    const Folder folder;
    folder.write("file", "in the way");
    const auto index = build_index(*fixture_base(), folder.path() + "/file/index");
    REQUIRE(index.has_error());
    CHECK(index.error().code == ErrorCode::Unavailable);
}

TEST_CASE("a private index leaves nothing behind", "[kb][index]") {
    const Folder folder;
    const auto* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    ::setenv("TMPDIR", folder.path().c_str(), 1);
    {
        const auto index = build_index(*fixture_base(), "").value();
        CHECK(folder.names().size() == 1);
        CHECK(index->search(nlu::normalise("押金"), "", 1)->hits.size() == 1);
    }
    CHECK(folder.names().empty());
    if (before)
        ::setenv("TMPDIR", kept.c_str(), 1);
    else
        ::unsetenv("TMPDIR");
}

TEST_CASE("an empty base can be searched", "[kb][index]") {
    const auto base = Base::from_entries({}, {}, {}, {}).value();
    const auto index = build_index(*base, "");
    REQUIRE(index.has_value());
    CHECK((*index)->search("工资", "", 5)->hits.empty());
}
