// What an operator may write, and what is said about mistakes.
#include "gateway/config.hpp"

#include <catch2/catch.hpp>

#include "gateway/config_schema.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace yuanda;
using namespace yuanda::gateway;
using yuanda::test::TemporaryFolder;

namespace {

using Environment = std::map<std::string, std::string>;

Result<Config> load(const std::string& text, const Environment& environment = {}) {
    const TemporaryFolder folder;
    return load_config(folder.file("yuanda.toml", text), environment);
}

std::string problem_of(const std::string& text, const Environment& environment = {}) {
    const auto config = load(text, environment);
    return config ? std::string{} : config.error().detail;
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string shown(const Config& config, const std::string& key) {
    for (const auto& setting : describe(config))
        if (setting.key == key) return setting.value + " # " + setting.source;
    return {};
}

const std::string kWechat =
    "[[inbox]]\nid = \"wechat\"\nchannel = \"wechat\"\napp_id = \"wx1\"\napp_secret = \"s\"\nmode = \"plain\"\n";

}  // namespace

TEST_CASE("no file at all gives a service on loopback with SQLite and one web inbox", "[gateway][config]") {
    const auto config = load_config("", {});
    REQUIRE(config.has_value());
    CHECK(config->listen.address == "127.0.0.1");
    CHECK(config->listen.port == 8080);
    CHECK(config->private_listen.port != config->listen.port);
    CHECK(config->storage.url == "sqlite:var/yuanda.db");
    REQUIRE(config->inboxes.size() == 1);
    CHECK(config->inboxes[0].id == InboxId{"web"});
    CHECK(config->inboxes[0].channel == Channel::Webchat);
    CHECK_FALSE(config->demo);
}

TEST_CASE("a named file that is not there is an error", "[gateway][config]") {
    const auto config = load_config("/nowhere/yuanda.toml", {});
    REQUIRE_FALSE(config.has_value());
    CHECK(mentions(config.error().detail, "/nowhere/yuanda.toml"));
}

TEST_CASE("the shipped file holds every key and only defaults", "[gateway][config]") {
    const auto text = test::read_file("config/yuanda.toml");
    const auto shipped = load_config(test::source_path("config/yuanda.toml"), {});
    REQUIRE(shipped.has_value());
    const auto plain = load_config("", {});
    REQUIRE(plain.has_value());
    for (const auto& setting : config_settings()) {
        INFO(setting.key);
        CHECK(setting.show(*shipped) == setting.show(*plain));
        CHECK(shipped->sources.contains(setting.key));
    }
    for (const auto& setting : inbox_settings()) CHECK(mentions(text, setting.key + " = "));
    for (const auto& setting : staff_settings()) CHECK(mentions(text, "# " + setting.key + " = "));
}

TEST_CASE("the demonstration has its inboxes in order and staff whose passwords are documented", "[gateway][config]") {
    const auto text = test::read_file("config/demo.toml");
    const auto config = load_config(test::source_path("config/demo.toml"), {});
    REQUIRE(config.has_value());
    CHECK(config->demo);
    std::vector<std::string> ids;
    for (const auto& inbox : config->inboxes) ids.push_back(inbox.id.value);
    CHECK(ids == std::vector<std::string>{"wechat", "wechat-plain", "qq", "web"});
    CHECK(config->inboxes[0].mode == "safe");
    CHECK(config->inboxes[1].mode == "plain");
    CHECK(config->listen.address == "127.0.0.1");
    std::vector<std::string> logins;
    for (const auto& staff : config->staff) {
        logins.push_back(staff.login);
        // once in the table of comments, once as the value
        const auto first = text.find(staff.password);
        CHECK(text.find(staff.password, first + 1) != std::string::npos);
    }
    CHECK(logins == std::vector<std::string>{"wangyi", "limin", "zhaobianji", "chenshouli", "zhouzhuren", "admin"});
}

TEST_CASE("a mistake is named with its line, and the nearest word", "[gateway][config]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"[listen]\nprot = 80\n", "yuanda.toml:2:"},
        {"[listen]\nprot = 80\n", "unknown key listen.prot; did you mean listen.port?"},
        {"[listn]\nport = 80\n", "unknown section [listn]; did you mean listen?"},
        {"prot = 1\n", "unknown key prot"},
        {"[listen]\nport = \"80\"\n", "listen.port must be a whole number"},
        {"[listen]\nport = 70000\n", "listen.port must be a whole number from 0 to 65535"},
        {"[listen]\nport = 1.5\n", "listen.port has a value of the wrong type"},
        {"[listen\nport = 1\n", "yuanda.toml:1:"},
        {"[centre]\nopens = \"25:00\"\n", "centre.opens must be a time of day"},
        {"[centre]\nopens = \"18:00\"\n", "opens must be earlier than closes"},
        {"[storage]\nurl = \"mysql://x\"\n", "storage.url must begin with sqlite: or postgresql://"},
        {"[log]\nlevel = \"loud\"\n", "log.level must be debug, info, warning or error"},
        {"[listen]\ntls_key = \"k.pem\"\n", "tls_certificate and tls_key go together"},
        {"[listen]\npublic_url = \"yz.example.cn\"\n", "listen.public_url must be an origin"},
        {"[private]\nport = 8080\n", "port must differ from listen.port"},
        {"[[inbox]]\nid = \"a\"\n", "an inbox needs channel"},
        {"[[inbox]]\nid = \"A b\"\nchannel = \"webchat\"\n", "id must be 1 to 32 small letters"},
        {"[[inbox]]\nid = \"a\"\nchannel = \"sms\"\n", "channel must be wechat, qq or webchat"},
        {"[[inbox]]\nid = \"a\"\nchannel = \"webchat\"\ntokn = \"x\"\n", "unknown key tokn; did you mean token?"},
        {"[[inbox]]\nid = \"a\"\nchannel = \"webchat\"\ntoken = \"x\"\n", "token is no key of a webchat inbox"},
        {"[[inbox]]\nid = \"a\"\nchannel = \"qq\"\n", "yuanda.toml:1:"},
        {"[inbox]\nid = \"a\"\n", "inbox must be written as [[inbox]]"},
        {"[[staff]]\nlogin = \"x\"\n", "[[staff]] is for the demonstration alone"},
    }));
    INFO(text);
    const auto problem = problem_of(text);
    INFO(problem);
    CHECK(mentions(problem, expected));
}

TEST_CASE("all mistakes are said at once, unknown names in the order of the file", "[gateway][config]") {
    const auto problem = problem_of("[log]\nlevel = \"loud\"\nlevl = 1\n[listen]\nprot = 1\nport = -1\n",
                                    {{"YUANDA_LISTEN__PROT", "1"}});
    INFO(problem);
    CHECK(std::count(problem.begin(), problem.end(), '\n') == 4);
    CHECK(mentions(problem, "YUANDA_LISTEN__PROT: no such setting; did you mean YUANDA_LISTEN__PORT?"));
    CHECK(problem.find("log.levl") < problem.find("listen.prot"));
}

TEST_CASE("an inbox stands once", "[gateway][config]") {
    const std::string web = "[[inbox]]\nid = \"web\"\nchannel = \"webchat\"\n";
    CHECK(problem_of(web).empty());
    CHECK(mentions(problem_of(web + web), "the inbox web stands twice"));
}

TEST_CASE("the environment wins over the file, and says so", "[gateway][config]") {
    const auto config = load("[listen]\nport = 81\naddress = \"0.0.0.0\"\n" + kWechat + "token = \"old\"\n",
                             {{"YUANDA_LISTEN__PORT", "9000"},
                              {"YUANDA_LIMITS__CONTACT_PER_MINUTE", "30"},
                              {"YUANDA_INBOX__WECHAT__TOKEN", "new"},
                              {"YUANDA_ROOT", "/somewhere"},
                              {"HOME", "/root"}});
    REQUIRE(config.has_value());
    CHECK(config->listen.port == 9000);
    CHECK_THAT(config->limits.per_contact.per_second, Catch::WithinAbs(0.5, 1e-9));
    CHECK(config->inboxes[0].token == "new");
    CHECK(shown(*config, "listen.port") == "9000 # environment");
    CHECK(shown(*config, "listen.address") == "\"0.0.0.0\" # file");
    CHECK(shown(*config, "storage.readers") == "4 # default");
}

TEST_CASE("the environment reaches inboxes whose id has a dash, and no others", "[gateway][config]") {
    const std::string dashed = "[[inbox]]\nid = \"web-2\"\nchannel = \"webchat\"\n";
    const auto config = load(dashed, {{"YUANDA_INBOX__WEB_2__NAME", "另一个"}});
    REQUIRE(config.has_value());
    CHECK(config->inboxes[0].name == "另一个");
    CHECK(mentions(problem_of(dashed, {{"YUANDA_INBOX__WEB_3__NAME", "x"}}), "there is no inbox web_3"));
}

TEST_CASE("a secret may stand in a file of its own", "[gateway][config]") {
    const TemporaryFolder folder;
    const auto secret = folder.file("token", "abc\n");
    const auto config = load(kWechat + "token_file = \"" + secret + "\"\n");
    REQUIRE(config.has_value());
    CHECK(config->inboxes[0].token == "abc");
    CHECK(shown(*config, "inbox.wechat.token") == "\"***\" # file " + secret);

    CHECK(mentions(problem_of(kWechat + "token = \"a\"\ntoken_file = \"" + secret + "\"\n"), "token is given twice"));
    CHECK(
        mentions(problem_of(kWechat + "token_file = \"/nowhere/token\"\n"), "token_file: cannot read /nowhere/token"));
    CHECK(mentions(problem_of("[centre]\nname_file = \"x\"\n"), "unknown key centre.name_file"));
}

TEST_CASE("secrets are masked when they are shown", "[gateway][config]") {
    const auto [url, masked] = GENERATE(table<std::string, std::string>({
        {"sqlite:var/a.db", "\"sqlite:var/a.db\""},
        {"postgresql://yuanda:s3cret@db/yuanda", "\"postgresql://yuanda:***@db/yuanda\""},
        {"postgresql://yuanda@db/yuanda", "\"postgresql://yuanda@db/yuanda\""},
        {"postgresql://db/yuanda?password=s3cret", "\"***\""},
    }));
    const auto config = load("[storage]\nurl = \"" + url + "\"\n" + kWechat + "token = \"s3cret\"\n");
    REQUIRE(config.has_value());
    CHECK(shown(*config, "storage.url") == masked + " # file");
    for (const auto& setting : describe(*config)) CHECK_FALSE(mentions(setting.value, "s3cret"));
}

TEST_CASE("limits reach the listeners", "[gateway][config]") {
    const auto config = load("[limits]\nconnections = 7\nheader_time_s = 3\n");
    REQUIRE(config.has_value());
    CHECK(config->listen.limits.connections == 7);
    CHECK(config->private_listen.limits.header_time == std::chrono::seconds{3});
}
