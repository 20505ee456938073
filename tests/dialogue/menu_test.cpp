// Choosing instead of typing: every entry in three taps.
#include "dialogue/menu.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "core/text.hpp"
#include "kb/base.hpp"
#include "tests/dialogue/talk.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;
using namespace yuanda::dialogue::test;

namespace {

const Menu& shipped_menu() {
    static const auto menu = Menu::from_toml(shipped_sources().menu).value();
    return menu;
}

const std::string kSmall = R"(
first = ["T15"]
[[topic]]
id = "T01"
title = "讨工资"
  [[topic.group]]
  title = "没发"
  entries = [ { id = "T01-arrears", label = "拖欠工资" } ]
[[topic]]
id = "T15"
title = "租房"
  [[topic.group]]
  title = "退租"
  entries = [ { id = "T15-deposit", label = "押金不退" } ]
)";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("the menu puts first what is asked most, and is found by id or title", "[dialogue][menu]") {
    const auto menu = Menu::from_toml(kSmall).value();
    REQUIRE(menu.topics().size() == 2);
    CHECK(menu.first() == 1);
    CHECK(menu.topics().front().id == "T15");
    CHECK(menu.find("T01") == menu.find("讨工资"));
    CHECK(menu.find("T01")->groups.front().entries.front().label == "拖欠工资");
    CHECK(menu.find("离婚") == nullptr);
}

TEST_CASE("a menu that cannot be used is refused with its place", "[dialogue][menu]") {
    const auto [text, words] = GENERATE(table<std::string, std::string>({
        {"x = [", "menu.toml line 1"},
        {"", "a list of topic is missing"},
        {"topic = [1]", "a topic is no table"},
        {replaced(kSmall, "title = \"讨工资\"", ""), "T01 has no title"},
        {replaced(kSmall, "id = \"T15\"", "id = \"T01\""), "T01 stands twice"},
        {replaced(kSmall, "T15-deposit", "T01-arrears"), "T01-arrears stands twice"},
        {replaced(kSmall, "label = \"押金不退\"", "label = \"\""), "T15-deposit has no label"},
        {replaced(kSmall, "[\"T15\"]", "[\"T15\", \"T15\"]"), "first names a topic"},
    }));
    const auto refused = Menu::from_toml(text);
    REQUIRE(refused.has_error());
    CHECK(refused.error().detail.find(words) != std::string::npos);
}

TEST_CASE("every shipped entry stands once in the menu, under its own topic", "[dialogue][menu]") {
    const auto base = kb::Base::build(kb::load_base_sources(yuanda::test::source_path("")).value()).value();
    const auto menu = shipped_menu();
    std::map<std::string, std::string> topics;
    for (const auto& topic : menu.topics())
        for (const auto& group : topic.groups)
            for (const auto& entry : group.entries) topics[entry.id.value] = topic.id;
    for (const auto& entry : base->entries()) {
        CAPTURE(entry.id.value);
        CHECK(topics[entry.id.value] == entry.topic);
    }
    CHECK(topics.size() == base->entries().size());
    CHECK(menu.first() == 6);
    CHECK(menu.topics().size() == 22);
}

TEST_CASE("the shipped menu is short enough to read and says each thing once", "[dialogue][menu]") {
    for (const auto& topic : shipped_menu().topics()) {
        CAPTURE(topic.title);
        CHECK(code_points(topic.title) <= 6);
        CHECK(topic.groups.size() <= 7);
        std::map<std::string, int> labels;
        for (const auto& group : topic.groups) {
            CHECK(code_points(group.title) <= 8);
            CHECK(group.entries.size() <= 12);
            ++labels[group.title];
            for (const auto& entry : group.entries) {
                CHECK(code_points(entry.label) <= 12);
                ++labels[entry.label];
            }
        }
        for (const auto& [label, count] : labels) CHECK(count == 1);
    }
}

TEST_CASE("three taps lead from the menu to an answer", "[dialogue][menu]") {
    Talk talk;
    talk.say("菜单");
    CHECK(talk.plan.rule == "menu.topics");
    CHECK(talk.choices().size() == 22);
    SECTION("by tap") {
        const auto& menu = shipped_menu();
        for (const auto& group : menu.find("T01")->groups)
            for (const auto& entry : group.entries) {
                if (entry.id.value != "T01-arrears") continue;
                talk.choose(menu.find("T01")->title);
                talk.choose(group.title);
                CHECK(talk.plan.rule == "menu.entries");
                talk.choose(entry.label);
            }
        CHECK(talk.plan.decision == Decision::Answer);
        CHECK(talk.says("可以要回来"));
    }
    SECTION("by number, and back") {
        talk.say("22");
        CHECK(talk.says(shipped_menu().topics().back().title));
        talk.choose("全部问题");
        talk.say("1");  // 讨工资, and its first group holds T01-arrears
        CHECK(talk.plan.rule == "menu.groups");
        talk.say("1");
        CHECK(talk.plan.rule == "menu.entries");
        talk.choose("全部问题");
        CHECK(talk.plan.rule == "menu.topics");
    }
}

TEST_CASE("the name of a topic alone opens its menu", "[dialogue][menu]") {
    Talk talk;
    const auto title = shipped_menu().find("T05")->title;
    talk.say(title);
    CHECK(talk.plan.rule == "menu.groups");
    CHECK(talk.says(title));
}

TEST_CASE("entries the menu does not know stand under 其他", "[dialogue][menu]") {
    Talk talk;  // its base has T15-new, which the shipped menu does not
    talk.say(shipped_menu().find("T15")->title);
    talk.choose("其他");
    CHECK(talk.plan.rule == "menu.entries");
    const std::string back = "回到" + shipped_menu().find("T15")->title;
    CHECK(talk.choices() == std::vector<std::string>{"房东要换锁怎么办？", back, "全部问题"});  // none that has expired
    talk.choose("房东要换锁怎么办？");
    CHECK(talk.plan.decision == Decision::Answer);
}

TEST_CASE("what the base no longer says is not offered, and a group that is gone leads to its topic",
          "[dialogue][menu]") {
    Talk talk;  // of the shipped entries of T01 its base has few
    talk.say(shipped_menu().find("T01")->title);
    talk.say("1");
    for (const auto& choice : talk.conversation.memory.offered)
        if (choice.meaning == OfferedChoice::Meaning::OpenEntry) CHECK(fixture_base()->find(EntryId{choice.value}));
    talk.conversation.memory.offered = {{"9.1", "旧的一组", OfferedChoice::Meaning::OpenMenu, "T01/99"}};
    talk.choose("旧的一组");
    CHECK(talk.plan.rule == "menu.groups");
    CHECK(talk.plan.reply.paragraphs.size() == 1);
}

TEST_CASE("quiet mode keeps violence out of the menu", "[dialogue][menu]") {
    Talk talk;
    const auto violence = shipped_menu().find("T07")->title;
    talk.say("菜单");
    CHECK(talk.says(violence));
    talk.conversation.memory.quiet = true;
    talk.say("菜单");
    CHECK(talk.choices().size() == 21);
    CHECK_FALSE(talk.says(violence));
    talk.say(violence);
    CHECK(talk.plan.rule == "menu.topics");
}

TEST_CASE("inside the form the menu waits", "[dialogue][menu]") {
    Talk talk;
    talk.apply_until("name");
    const auto step = talk.step();
    talk.say("菜单");
    CHECK(talk.plan.rule == "command.help");
    CHECK(talk.step() == step);
}
