// Whole commands as an operator runs them: what they print, where, and how they end.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "core/json.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "storage/database.hpp"
#include "storage/detail/session.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace yuanda;
using namespace yuanda::gateway;
using yuanda::test::TemporaryFolder;

namespace {

struct Outcome {
    int code = 0;
    std::string out;
    std::string words;
};

/// Sends a stream into a file while it lives.
class Redirected {
public:
    Redirected(std::FILE* stream, const std::string& file) : stream_(stream), kept_(::dup(::fileno(stream))) {
        std::fflush(stream_);
        const int target = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        ::dup2(target, ::fileno(stream_));
        ::close(target);
    }
    ~Redirected() {
        std::fflush(stream_);
        ::dup2(kept_, ::fileno(stream_));
        ::close(kept_);
    }

private:
    std::FILE* stream_;
    int kept_;
};

Outcome run(std::vector<std::string> words) {
    const TemporaryFolder folder;
    std::vector<const char*> arguments{"yuanda"};
    for (const auto& word : words) arguments.push_back(word.c_str());
    Outcome outcome;
    {
        const Redirected out(stdout, folder.path("out"));
        const Redirected err(stderr, folder.path("err"));
        outcome.code = run_command_line(static_cast<int>(arguments.size()), arguments.data());
    }
    outcome.out = *read_text_file(folder.path("out"));
    outcome.words = *read_text_file(folder.path("err"));
    return outcome;
}

/// A centre in a folder of its own, given to every command by --config.
struct Centre {
    TemporaryFolder folder;
    std::string config;

    explicit Centre(const std::string& more = "") {
        ::setenv("YUANDA_ROOT", YUANDA_SOURCE_DIR, 1);
        config = folder.file("yuanda.toml", "[storage]\nurl = \"sqlite:" + folder.path("test.db") +
                                                "\"\nkey_file = \"" + folder.path("test.key") + "\"\nindex_dir = \"" +
                                                folder.path("index") + "\"\n" + more);
    }
    Outcome run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--config", config});
        return ::run(std::move(words));
    }
    Outcome init() const { return run({"init"}); }
};

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("init makes a key, a schema and one administrator, once", "[gateway][commands]") {
    const Centre centre;
    const auto first = centre.init();
    CHECK(first.code == kOk);
    CHECK(first.out.size() == 20);  // the one-time password alone, and a line end
    const auto again = centre.init();
    CHECK(again.code == kOk);
    CHECK(again.out.empty());
    const auto listed = centre.run({"user", "list", "--json"});
    REQUIRE(lines_in(listed.out) == 1);
    const auto admin = parse_json(listed.out);
    REQUIRE(admin.has_value());
    CHECK((*admin)["login"] == "admin");
    CHECK((*admin)["must_change"] == true);
}

TEST_CASE("init writes the commented configuration when there is none, for its owner alone", "[gateway][commands]") {
    ::setenv("YUANDA_ROOT", YUANDA_SOURCE_DIR, 1);
    const TemporaryFolder folder;
    ::setenv("YUANDA_STORAGE__URL", ("sqlite:" + folder.path("test.db")).c_str(), 1);
    ::setenv("YUANDA_STORAGE__KEY_FILE", folder.path("test.key").c_str(), 1);
    const auto made = run({"init", "--config", folder.path("new/yuanda.toml")});
    ::unsetenv("YUANDA_STORAGE__URL");
    ::unsetenv("YUANDA_STORAGE__KEY_FILE");
    CHECK(made.code == kOk);
    CHECK(*read_text_file(folder.path("new/yuanda.toml")) ==
          *read_text_file(std::string(YUANDA_SOURCE_DIR) + "/config/yuanda.toml"));
    const auto mode = std::filesystem::status(folder.path("new/yuanda.toml")).permissions();
    CHECK((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
          std::filesystem::perms::none);
}

TEST_CASE("staff are added, changed and listed from the terminal", "[gateway][commands]") {
    const Centre centre;
    REQUIRE(centre.init().code == kOk);
    CHECK(centre.run({"user", "add", "wangyi", "--name", "王毅", "--roles", "lawyer"}).code == kOk);
    CHECK(centre.run({"user", "add", "wangyi", "--name", "王毅", "--roles", "lawyer"}).code == kFailed);
    CHECK(centre.run({"user", "add", "limin", "--name", "李敏", "--roles", "judge"}).code == kUsage);
    CHECK(centre.run({"user", "roles", "wangyi", "--roles", "lawyer,supervisor"}).code == kOk);
    CHECK(centre.run({"user", "disable", "wangyi"}).code == kOk);
    CHECK(mentions(centre.run({"user", "list"}).out, "wangyi\t王毅\tlawyer,supervisor\tdisabled\n"));
    CHECK(centre.run({"user", "enable", "wangyi"}).code == kOk);
    CHECK_FALSE(mentions(centre.run({"user", "list"}).out, "disabled"));
    CHECK(centre.run({"user", "reset", "wangyi"}).out.size() == 20);
    CHECK(centre.run({"user", "reset", "nobody"}).code == kFailed);

    const auto audit = centre.run({"audit", "verify", "--json"});
    CHECK(audit.code == kOk);
    const auto report = parse_json(audit.out);
    REQUIRE(report.has_value());
    CHECK((*report)["events"] == 6);  // two added, four changed
    CHECK((*report)["first_bad"].is_null());
}

TEST_CASE("commands that only read make no database", "[gateway][commands]") {
    const Centre centre;  // no init
    const auto words =
        GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{"user", "list"},
                 std::vector<std::string>{"audit", "verify"}, std::vector<std::string>{"migrate", "--dry-run"});
    const auto refused = centre.run(words);
    CHECK(refused.code == kUnavailable);
    CHECK(mentions(refused.words, "no database at " + centre.folder.path("test.db") + ": run `yuanda init`"));
    CHECK_FALSE(std::filesystem::exists(centre.folder.path("test.db")));
    CHECK(centre.run({"migrate"}).code == kOk);
    CHECK(centre.run(words).code == kOk);
}

TEST_CASE("an empty database is for init to fill", "[gateway][commands]") {
    const Centre centre;
    centre.folder.file("test.db", "");
    const auto refused = centre.run({"user", "list"});
    CHECK(refused.code == kUnavailable);
    CHECK(mentions(refused.words, "run `yuanda init`"));
    const auto looked = centre.run({"doctor"});
    CHECK(mentions(looked.out, "problem  schema: nothing in it yet\n         -> run `yuanda init`"));
    CHECK_FALSE(mentions(looked.out, "yuanda migrate"));
}

TEST_CASE("commands of the service refuse a schema that is not theirs", "[gateway][commands]") {
    const Centre centre;
    REQUIRE(centre.init().code == kOk);
    {
        const SystemClock clock;
        storage::DatabaseConfig config;
        config.url = "sqlite:" + centre.folder.path("test.db");
        const auto database = storage::Database::open(config, clock);
        REQUIRE(database.has_value());
        const auto aged = (*database)->write([](storage::Session& session) -> Result<> {
            storage::Query(session, "DELETE FROM schema_migration WHERE version > 1").run();
            return {};
        });
        REQUIRE(aged.has_value());
    }
    const auto refused = centre.run({"user", "list"});
    CHECK(refused.code == kSchema);
    CHECK(mentions(refused.words, "run `yuanda migrate`"));
    CHECK(centre.run({"migrate", "--dry-run"}).code == kOk);
}

TEST_CASE("texts of laws are stored under the names citations use", "[gateway][commands]") {
    const Centre centre;
    REQUIRE(centre.init().code == kOk);
    const auto file = centre.folder.file(
        "s.jsonl", R"({"id":"S1","law":"中华人民共和国劳动合同法","article":"第30条","text":"应当及时足额支付。"})"
                   "\n");
    CHECK(centre.run({"statutes", "import", file, "--dry-run"}).code == kOk);
    const auto imported = centre.run({"statutes", "import", file});
    CHECK(imported.code == kOk);
    CHECK(mentions(imported.words, "1 article imported, 1 in all"));
    const auto again = centre.run({"statutes", "import", file});
    CHECK(mentions(again.words, "1 in all"));  // replaced, not doubled

    CHECK(centre.run({"statutes", "import", centre.folder.path()}).code == kUsage);
    CHECK(centre.run({"statutes", "import", centre.folder.file("bad.jsonl", "{}")}).code == kDataInvalid);
}

TEST_CASE("doctor names what is missing and what to do", "[gateway][commands]") {
    const Centre centre;
    const auto before = centre.run({"doctor"});
    CHECK(before.code == kConfig);  // no key file
    CHECK(mentions(before.out, "problem  database: "));
    CHECK(mentions(before.out, "problem  key file: "));
    CHECK(mentions(before.out, "-> run `yuanda init`"));
    CHECK_FALSE(std::filesystem::exists(centre.folder.path("test.db")));

    REQUIRE(centre.init().code == kOk);
    const auto after = centre.run({"doctor", "--json"});
    for (const char* check : {"root", "config", "database", "schema", "key file", "tables", "index", "disk"})
        CHECK(mentions(after.out, std::string(R"({"check":")") + check + R"(","ok":true)"));
}

TEST_CASE("doctor and every other command name a broken configuration", "[gateway][commands]") {
    const Centre centre("[listen]\nprot = 1\n");
    CHECK(centre.run({"doctor"}).code == kConfig);
    const auto words = GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{"config", "check"},
                                std::vector<std::string>{"user", "list"}, std::vector<std::string>{"migrate"},
                                std::vector<std::string>{"serve"}, std::vector<std::string>{"ask", "你好"});
    const auto refused = centre.run(words);
    CHECK(refused.code == kConfig);
    CHECK(refused.out.empty());
    CHECK(mentions(refused.words, "did you mean listen.port?"));
}

TEST_CASE("config check counts as people do", "[gateway][commands]") {
    CHECK(mentions(Centre().run({"config", "check"}).words, ": all is well, 1 inbox\n"));
    const Centre two("[[inbox]]\nid = \"web\"\nchannel = \"webchat\"\n[[inbox]]\nid = \"w2\"\nchannel = \"webchat\"\n");
    CHECK(mentions(two.run({"config", "check"}).words, ": all is well, 2 inboxes\n"));
}

TEST_CASE("config show names the source of each value and hides secrets", "[gateway][commands]") {
    const Centre centre("[[inbox]]\nid = \"q\"\nchannel = \"qq\"\napp_id = \"1\"\nsecret = \"s3cret-of-qq\"\n");
    const auto shown = centre.run({"config", "show"});
    CHECK(shown.code == kOk);
    CHECK(mentions(shown.out, "listen.port = 8080  # default\n"));
    CHECK(mentions(shown.out, "inbox.q.secret = \"***\"  # file\n"));
    CHECK_FALSE(mentions(shown.out, "s3cret"));
    CHECK_FALSE(mentions(centre.run({"config", "show", "--json"}).out, "s3cret"));
}

TEST_CASE("ask prints one line of JSON and nothing else", "[gateway][commands]") {
    const Centre centre;
    const auto asked = centre.run({"ask", "--json", "老板拖欠工资不给，怎么要回来？"});
    CHECK(asked.code == kOk);
    CHECK(asked.words.empty());
    REQUIRE(lines_in(asked.out) == 1);
    const auto answer = parse_json(asked.out);
    REQUIRE(answer.has_value());
    CHECK((*answer)["decision"] == "answer");
    CHECK((*answer)["topic"] == "T01");
    for (const auto& citation : (*answer)["citations"]) CHECK(citation["in_force"] == true);
    CHECK(centre.run({"ask", "  "}).code == kUsage);
}

TEST_CASE("nlu answers each line and names the bad ones", "[gateway][commands]") {
    const Centre centre;
    const auto file = centre.folder.file("q.jsonl",
                                         "{\"id\":\"a\",\"text\":\"工资不发\"}\n\n{\"id\":1}\n"
                                         "{\"id\":\"b\",\"text\":\"离婚\"}\n");
    const auto read = run({"nlu", "--jsonl", "--in", file});
    CHECK(read.code == kDataInvalid);
    CHECK(lines_in(read.out) == 2);
    CHECK(mentions(read.out, R"({"id":"a","topic":"T01")"));
    CHECK(mentions(read.words, "line 3: "));
    CHECK(run({"nlu"}).code == kUsage);
}

TEST_CASE("nlu gives a line back the id it came with", "[gateway][commands]") {
    const Centre centre;
    const auto file = centre.folder.file("q.jsonl",
                                         "{\"id\":2,\"text\":\"离婚\"}\n{\"id\":\"b\",\"text\":\"离婚\"}\n"
                                         "{\"text\":\"离婚\"}\n{\"id\":[1],\"text\":\"离婚\"}\n"
                                         "{\"id\":null,\"text\":\"离婚\"}\n");
    const auto read = run({"nlu", "--jsonl", "--in", file});
    CHECK(read.code == kDataInvalid);
    CHECK(lines_in(read.out) == 3);
    for (const char* id : {R"({"id":"2",)", R"({"id":"b",)", R"({"id":"",)"}) CHECK(mentions(read.out, id));
    for (const char* line : {"line 4: id must be", "line 5: id must be"}) CHECK(mentions(read.words, line));
}

TEST_CASE("the shipped base is searched, checked and exported in a shape that eval reads", "[gateway][commands]") {
    const Centre centre;
    const auto found = run({"kb", "search", "--json", "--limit", "3", "没签合同"});
    CHECK(found.code == kOk);
    const auto hits = parse_json(found.out);
    REQUIRE(hits.has_value());
    CHECK((*hits)["hits"].size() == 3);

    const auto linted = run({"kb", "lint"});
    CHECK(linted.code == kOk);

    const auto exported = run({"kb", "export"});
    CHECK(exported.code == kOk);
    const auto entries = centre.folder.file("e.jsonl", exported.out);
    const auto measured = run({"eval", "--task", "faq", "--entries", entries, "--require", "success@10=0.5"});
    CHECK(measured.code == kOk);
    CHECK(mentions(measured.out, "\"n\": "));
}

TEST_CASE("unreviewed entries reach a demonstration and nothing else", "[gateway][commands]") {
    const Centre centre;
    const auto file = centre.folder.file(
        "e.jsonl", R"({"id":"Q1","question":"谁可以成为个体工商户？","keyword":"","answer":"公民。"})"
                   "\n");
    CHECK(run({"kb", "import", file}).code == kUsage);
    const auto demo = centre.folder.path("demo");
    CHECK(run({"kb", "import", file, "--publish", "--data", demo}).code == kOk);
    CHECK(std::filesystem::exists(demo + "/index/imported.jsonl"));
    CHECK_FALSE(std::filesystem::exists(centre.folder.path("index")));
    CHECK(run({"kb", "publish"}).code == kFailed);
    CHECK(centre.run({"kb", "reindex"}).code == kOk);
    CHECK(std::filesystem::exists(centre.folder.path("index") + "/CURRENT"));
}
