// The command line's own decisions: words, exit codes, accounts, the demonstration's folder, measurements.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "gateway/commands/answering.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/demo.hpp"
#include "gateway/commands/measurement.hpp"
#include "gateway/commands/staff_accounts.hpp"
#include "gateway/commands/statute_lines.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/passwords.hpp"
#include "gateway/suggest.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace yuanda;
using namespace yuanda::gateway;
using yuanda::test::TemporaryFolder;

namespace {

const std::string kRoot = YUANDA_SOURCE_DIR;

/// Output of a command by its words; stdout and stderr are let through.
int run(std::vector<const char*> words) {
    words.insert(words.begin(), "yuanda");
    return run_command_line(static_cast<int>(words.size()), words.data());
}

struct Accounts {
    TemporaryFolder folder;
    test::ManualClock clock;
    test::SeededRandom random;
    std::unique_ptr<storage::Database> database;

    Accounts() {
        storage::DatabaseConfig config;
        config.url = "sqlite:" + folder.path("test.db");
        database = std::move(*storage::Database::open(config, clock));
        REQUIRE(database->migrate().has_value());
    }
    storage::People people() { return storage::People(*database); }
};

}  // namespace

TEST_CASE("the nearest word is offered, a far one is not", "[gateway][commands]") {
    const std::vector<std::string> known{"serve", "demo", "migrate", "eval"};
    const auto [word, expected] = GENERATE(table<std::string, std::string>({
        {"serv", "serve"},
        {"sevre", "serve"},
        {"migrat", "migrate"},
        {"evla", "eval"},
        {"backup", ""},
        {"xyzzy", ""},
    }));
    CHECK(nearest_word(word, known).value_or("") == expected);
}

TEST_CASE("edits are counted with swaps of neighbours", "[gateway][commands]") {
    const auto [a, b, distance] = GENERATE(table<std::string, std::string, std::size_t>({
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "abc", 0},
        {"abc", "acb", 1},
        {"abc", "abd", 1},
        {"kitten", "sitting", 3},
    }));
    CHECK(edit_distance(a, b) == distance);
}

TEST_CASE("words that are no command end with usage", "[gateway][commands]") {
    CHECK(run({"serv"}) == kUsage);
    CHECK(run({"kb", "serch", "x"}) == kUsage);
    CHECK(run({"user"}) == kUsage);
    CHECK(run({"ask"}) == kUsage);
    CHECK(run({"eval", "--task", "weather"}) == kUsage);
    CHECK(run({"eval", "--task", "statutes"}) == kUsage);
    CHECK(run({"kb", "search", "--limit", "0", "x"}) == kUsage);
}

TEST_CASE("help is no failure, on each level", "[gateway][commands]") {
    const auto words =
        GENERATE(as<std::vector<const char*>>{}, std::vector<const char*>{"--help"},
                 std::vector<const char*>{"kb", "--help"}, std::vector<const char*>{"kb", "lint", "--help"},
                 std::vector<const char*>{"eval", "--help"}, std::vector<const char*>{"version"});
    CHECK(run(words) == kOk);
}

TEST_CASE("errors end with the code that scripts know", "[gateway][commands]") {
    const auto [code, exit] = GENERATE(table<ErrorCode, int>({
        {ErrorCode::InvalidInput, kDataInvalid},
        {ErrorCode::Unavailable, kUnavailable},
        {ErrorCode::Forbidden, kPermission},
        {ErrorCode::NotFound, kFailed},
        {ErrorCode::Internal, kFailed},
    }));
    CHECK(exit_code_of(Error(code, "x")) == exit);
}

TEST_CASE("a decision is one of the six words", "[gateway][commands]") {
    using dialogue::Decision;
    dialogue::TurnPlan plan;
    plan.decision = Decision::Notice;
    CHECK(decision_word(plan) == "fallback");
    plan.reply.follow_ups = {"老板拖欠工资怎么办"};
    CHECK(decision_word(plan) == "clarify");
    plan.entry = EntryId{"T01-arrears"};
    CHECK(decision_word(plan) == "answer");
    for (const auto& [decision, word] : {std::pair{Decision::Answer, "answer"},
                                         {Decision::Clarify, "clarify"},
                                         {Decision::Fallback, "fallback"},
                                         {Decision::Handoff, "handoff"},
                                         {Decision::Flow, "flow"},
                                         {Decision::Safety, "safety"}}) {
        plan.decision = decision;
        CHECK(decision_word(plan) == word);
    }
}

TEST_CASE("an answer's JSON has the agreed keys in order", "[gateway][commands]") {
    dialogue::TurnPlan plan;
    plan.decision = dialogue::Decision::Answer;
    plan.entry = EntryId{"T01-arrears"};
    plan.confidence = 0.5;
    plan.memory.topic = "T01";
    plan.reply.paragraphs = {"可以要回来。"};
    plan.reply.citations = {{"劳动合同法", "第三十条", "", "", "", "", true}};
    plan.candidates = {{EntryId{"T01-arrears"}, "问", "T01", 2.0}};
    const auto text = answer_to_json(plan);
    CHECK(text.starts_with(R"({"decision":"answer","topic":"T01","confidence":0.5,"answer":"可以要回来。)"));
    CHECK(text.find(R"("citations":[{"law":"劳动合同法","article":"第三十条","in_force":true}])") != std::string::npos);
    CHECK(text.find(R"("candidates":[{"entry_id":"T01-arrears","question":"问","score":2.0}])") != std::string::npos);
}

TEST_CASE("the same question gets the same answer from the shipped base", "[gateway][commands]") {
    const auto config = load_config("", {});
    REQUIRE(config.has_value());
    const test::ManualClock clock;
    const auto answering = make_answering(kRoot, *config, clock);
    REQUIRE(answering.has_value());

    const auto wages = (*answering)->plan("老板拖欠工资不给，怎么要回来？");
    REQUIRE(wages.has_value());
    CHECK(decision_word(*wages) == "answer");
    CHECK(wages->entry.value.starts_with("T01-"));
    CHECK_FALSE(wages->reply.citations.empty());
    CHECK(answer_to_json(*(*answering)->plan("老板拖欠工资不给，怎么要回来？")) == answer_to_json(*wages));

    const auto human = (*answering)->plan("转人工");
    REQUIRE(human.has_value());
    CHECK(decision_word(*human) == "handoff");
    CHECK_FALSE((*answering)->plan("\xff").has_value());
}

TEST_CASE("statute lines are read whole or refused with their line", "[gateway][commands]") {
    const std::string good = R"({"id":"S1","law":"民法典","article":"第一条","text":"为了……","more":1})";
    const auto lines = parse_statute_lines(good + "\n\n" + good + "\n");
    REQUIRE(lines.has_value());
    CHECK(lines->size() == 2);
    CHECK(lines->front().law == "民法典");
    CHECK(lines->front().path.empty());
    const auto [text, problem] = GENERATE(table<std::string, std::string>({
        {"{", "line 1: "},
        {"[]", "line 1: not a JSON object"},
        {R"({"id":"S1","law":"民法典","article":"第一条"})", "line 1: no text"},
        {"\n"
         R"({"law":"民法典","article":"第一条","text":"x"})",
         "line 2: no id"},
    }));
    const auto refused = parse_statute_lines(text);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.starts_with(problem));
}

TEST_CASE("roles are known words, each once", "[gateway][commands]") {
    CHECK(*parse_roles("lawyer, supervisor,lawyer") == std::vector<std::string>{"lawyer", "supervisor"});
    CHECK_FALSE(parse_roles("").has_value());
    const auto unknown = parse_roles("lawer");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().detail == "there is no role lawer; did you mean lawyer?");
}

TEST_CASE("an account is added with a password that must be changed, and reset with another", "[gateway][commands]") {
    Accounts accounts;
    auto people = accounts.people();
    const auto password =
        add_account(people, {"wangyi", "王毅", {"lawyer"}, "", true}, accounts.clock, accounts.random);
    REQUIRE(password.has_value());
    const auto added = people.staff_by_login("wangyi");
    REQUIRE((added.has_value() && added->has_value()));
    CHECK((*added)->must_change);
    CHECK((*added)->roles == std::vector<std::string>{"lawyer"});
    CHECK(verify_password((*added)->password_hash, *password));

    const auto again = reset_account(people, "wangyi", accounts.clock, accounts.random);
    REQUIRE(again.has_value());
    CHECK(*again != *password);
    const auto changed = people.staff_by_login("wangyi");
    CHECK(verify_password((*changed)->password_hash, *again));
    CHECK_FALSE(verify_password((*changed)->password_hash, *password));
    CHECK(reset_account(people, "nobody", accounts.clock, accounts.random).error().code == ErrorCode::NotFound);
}

TEST_CASE("an account needs a plain login, a name and a strong password", "[gateway][commands]") {
    Accounts accounts;
    auto people = accounts.people();
    const auto add = [&](const std::string& login, const std::string& name, const std::string& password) {
        const auto added =
            add_account(people, {login, name, {"lawyer"}, password, true}, accounts.clock, accounts.random);
        return added ? std::optional<ErrorCode>{} : std::optional(added.error().code);
    };
    CHECK(add("Wang Yi", "王毅", "") == ErrorCode::InvalidInput);
    CHECK(add("wy", "王毅", "") == ErrorCode::InvalidInput);
    CHECK(add("wangyi", " ", "") == ErrorCode::InvalidInput);
    CHECK(add("wangyi", "王毅", "short") == ErrorCode::InvalidInput);
    CHECK_FALSE(add("wangyi", "王毅", "").has_value());
    CHECK(add("wangyi", "王毅", "") == ErrorCode::Conflict);
}

TEST_CASE("a demonstration marks its folder and goes on with what is there", "[gateway][commands]") {
    ::setenv("YUANDA_ROOT", kRoot.c_str(), 1);
    const TemporaryFolder folder;
    const auto config = demo_settings(folder.path("demo"));
    REQUIRE(config.has_value());
    CHECK(config->storage.url == "sqlite:" + folder.path("demo") + "/yuanda.db");
    CHECK(config->staff.size() == 6);
    REQUIRE(prepare_demo(folder.path("demo")).has_value());
    folder.file("demo/yuanda.db", "its own");
    CHECK(prepare_demo(folder.path("demo")).has_value());
}

TEST_CASE("a demonstration refuses a database that is not its own", "[gateway][commands]") {
    const TemporaryFolder folder;
    folder.file("yuanda.db", "a real one");
    const auto refused = prepare_demo(folder.path());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::Forbidden);
}

TEST_CASE("changes from the terminal end what they must end", "[gateway][commands]") {
    Accounts accounts;
    auto people = accounts.people();
    REQUIRE(add_account(people, {"wangyi", "王毅", {"lawyer"}, "", true}, accounts.clock, accounts.random).has_value());
    const auto id = people.staff_by_login("wangyi")->value().id;
    const auto now = accounts.clock.now();
    const auto begin = [&] {
        REQUIRE(people.add_session({"token", id, "csrf", now, now, now + std::chrono::hours{1}}).has_value());
    };
    const auto open = [&] { return people.session("token")->has_value(); };
    ::setenv("YUANDA_ROOT", kRoot.c_str(), 1);
    const auto config =
        accounts.folder.file("yuanda.toml", "[storage]\nurl = \"sqlite:" + accounts.folder.path("test.db") + "\"\n");
    begin();
    REQUIRE(run({"user", "reset", "wangyi", "--config", config.c_str()}) == kOk);
    CHECK_FALSE(open());
    begin();
    REQUIRE(run({"user", "roles", "wangyi", "--roles", "editor", "--config", config.c_str()}) == kOk);
    CHECK_FALSE(open());
    CHECK(people.staff_by_login("wangyi")->value().roles == std::vector<std::string>{"editor"});
    begin();
    REQUIRE(run({"user", "disable", "wangyi", "--config", config.c_str()}) == kOk);
    CHECK_FALSE(open());
    CHECK(people.staff_by_login("wangyi")->value().disabled);
    REQUIRE(run({"user", "enable", "wangyi", "--config", config.c_str()}) == kOk);
    CHECK_FALSE(people.staff_by_login("wangyi")->value().disabled);
    CHECK(run({"user", "disable", "nobody", "--config", config.c_str()}) == kFailed);
}

TEST_CASE("imported entries are served beside the shipped ones, and replace their own kind", "[gateway][commands]") {
    const TemporaryFolder folder;
    const auto index = folder.path("index");
    CHECK(imports_stamp(index).empty());
    const std::string lines =
        R"({"id":"Q1","question":"谁可以成为个体工商户？","keyword":"资格","answer":"有经营能力的公民。"})";
    CHECK_FALSE(publish_imports(index, lines + "\n" + lines).has_value());
    REQUIRE(publish_imports(index, lines).has_value());
    CHECK_FALSE(imports_stamp(index).empty());
    const auto generation = build_generation(kRoot, index);
    REQUIRE(generation.has_value());
    CHECK((*generation)->base->find(EntryId{"Q1"}) != nullptr);
    CHECK((*generation)->base->find(EntryId{"T01-arrears"}) != nullptr);
    const auto found = (*generation)->index->search("谁可以成为个体工商户", "", 1);
    REQUIRE(found.has_value());
    REQUIRE_FALSE(found->hits.empty());
    CHECK(found->hits[0].entry == EntryId{"Q1"});
}

TEST_CASE("percentiles are nearest ranks", "[gateway][commands]") {
    std::vector<std::int64_t> times;
    CHECK(percentile(times, 0.5) == 0);
    for (int i = 1; i <= 100; ++i) times.push_back(i);
    const auto [share, value] =
        GENERATE(table<double, double>({{0.5, 50}, {0.95, 95}, {0.99, 99}, {1.0, 100}, {0.0, 1}}));
    CHECK(percentile(times, share) == value);
}

TEST_CASE("run files have one line a document, and metrics name what was measured", "[gateway][commands]") {
    Measurement measurement;
    measurement.rankings = {{"Q1", {{"D2", 2.5}, {"D1", 1}}, 0.75, 1500}, {"Q2", {{"", 0}}, 0.1, 500}};
    measurement.scores = {{"recall@10", 0.5}};
    measurement.wall_seconds = 0.5;
    CHECK(ranking_lines({measurement.rankings[0]}) == "Q1\tD2\t1\t2.500000\nQ1\tD1\t2\t1.000000\n");
    CHECK(topic_lines({measurement.rankings[0]}) == "Q1\tD2\t2.500000\nQ1\tD1\t1.000000\n");
    CHECK(answered_lines(measurement.rankings) == "Q1\t0.750000\t1\nQ2\t0.100000\t0\n");
    const auto metrics = parse_json(metrics_json(measurement));
    REQUIRE(metrics.has_value());
    CHECK((*metrics)["n"] == 2);
    CHECK((*metrics)["qps"] == 4.0);
    CHECK((*metrics)["latency_p99_ms"] == 1.5);
    CHECK((*metrics)["recall@10"] == 0.5);
    CHECK((*metrics)["rss_mib"] > 0.0);
}

TEST_CASE("a training makes the same model twice and eval finds its index", "[gateway][commands]") {
    ::setenv("YUANDA_ROOT", kRoot.c_str(), 1);
    const TemporaryFolder folder;
    const auto entries = folder.file(
        "e.jsonl", R"({"id":"Q1","question":"谁可以成为个体工商户？","keyword":"资格","answer":"公民。"})"
                   "\n"
                   R"({"id":"Q2","question":"离婚时孩子归谁抚养？","keyword":"抚养","answer":"两岁以下随母亲。"})"
                   "\n");
    const auto questions = folder.file("q.jsonl", R"({"id":"A","query":"离婚孩子归谁","target":"Q2"})"
                                                  "\n");
    const auto one = folder.path("one"), two = folder.path("two"), run_file = folder.path("run.tsv"),
               metrics_file = folder.path("m.json");
    REQUIRE(run({"train", "--entries", entries.c_str(), "--model", one.c_str()}) == kOk);
    REQUIRE(run({"train", "--entries", entries.c_str(), "--model", two.c_str()}) == kOk);
    CHECK(*read_text_file(one + "/model.json") == *read_text_file(two + "/model.json"));

    const std::vector<const char*> eval{
        "eval", "--task",          "faq",   "--model",        one.c_str(), "--entries",         entries.c_str(),
        "--in", questions.c_str(), "--run", run_file.c_str(), "--metrics", metrics_file.c_str()};
    REQUIRE(run(eval) == kOk);
    CHECK(read_text_file(run_file)->starts_with("A\tQ2\t1\t"));
    CHECK((*parse_json(*read_text_file(metrics_file)))["success@1"] == 1.0);

    auto strict = eval;
    strict.insert(strict.end(), {"--require", "success@1=1.5"});
    CHECK(run(strict) == kDataInvalid);
}
