// What a conversation remembers survives its JSON, and broken JSON loses nothing but itself.
#include <catch2/catch.hpp>

#include "dialogue/conversation.hpp"

using namespace yuanda;
using namespace yuanda::dialogue;

namespace {

Memory full_memory() {
    Memory memory;
    memory.greeted = true;
    memory.topic = "T01";
    memory.entry = EntryId{"T01-arrears"};
    memory.offered = {{"3.1", "包工头跑了", OfferedChoice::Meaning::OpenEntry, "T01-contractor"},
                      {"3.2", "转人工", OfferedChoice::Meaning::AskHuman, ""}};
    memory.offered_at = from_epoch_ms(1'795'485'600'000);
    memory.clarified = 1;
    memory.unsure = 2;
    memory.quiet = true;
    memory.risks = {nlu::Risk::ViolenceNow, nlu::Risk::Child};
    memory.recent = {"你好", "老板不给钱"};
    memory.recent_at = from_epoch_ms(1'795'485'660'000);
    memory.fragment = Fragment{.text = "我想问", .at = from_epoch_ms(1'795'485'660'000), .heeded = true};
    memory.asked = {"老板不给钱怎么办"};
    memory.answered = {"老板拖欠工资不给，怎么要回来？"};
    memory.flow = Flow{.form = "intake",
                       .step = "name",
                       .facts = {{"who", "self"}, {"age", ""}},
                       .attempts = 1,
                       .leaving = true,
                       .paused = true,
                       .editing = true};
    memory.turns = 9;
    memory.wants_to_apply = true;
    memory.queue_noticed = true;
    return memory;
}

}  // namespace

TEST_CASE("memory survives its JSON", "[dialogue][memory]") {
    CHECK(memory_from_json(memory_to_json(full_memory())) == full_memory());
    CHECK(memory_from_json(memory_to_json(Memory{})) == Memory{});
}

TEST_CASE("every meaning of a choice survives", "[dialogue][memory]") {
    using Meaning = OfferedChoice::Meaning;
    const auto meaning =
        GENERATE(Meaning::Ask, Meaning::OpenEntry, Meaning::AskHuman, Meaning::Apply, Meaning::FlowAnswer,
                 Meaning::FlowBack, Meaning::Cancel, Meaning::LeaveMessage, Meaning::Dismiss);
    Memory memory;
    memory.offered = {{"1.1", "选项", meaning, "值"}};
    CHECK(memory_from_json(memory_to_json(memory)).offered == memory.offered);
}

TEST_CASE("text that is no memory gives an empty one", "[dialogue][memory]") {
    const auto text = GENERATE(as<std::string>{}, "", "null", "[]", "{", "\"memory\"", "{\"greeted\":\"yes\"}",
                               "{\"flow\":7}", "{\"fragment\":{\"text\":\"那个\"}}", "{\"recent_at\":\"now\"}",
                               "{\"offered\":{}}", "{\"clarified\":\"many\"}");
    CAPTURE(text);
    CHECK(memory_from_json(text) == Memory{});
}

TEST_CASE("what a later version wrote is skipped, the rest is kept", "[dialogue][memory]") {
    const auto memory = memory_from_json(
        R"({"v":9,"greeted":true,"new_thing":[1,2],"risks":["child","volcano"],)"
        R"("offered":[{"id":"1","text":"a","meaning":"teleport"},{"id":"2","text":"b","meaning":"ask","value":"c"}]})");
    CHECK(memory.greeted);
    CHECK(memory.risks == std::vector<nlu::Risk>{nlu::Risk::Child});
    REQUIRE(memory.offered.size() == 1);
    CHECK(memory.offered[0].id == "2");
}

TEST_CASE("bad UTF-8 in what was said does not cost the conversation", "[dialogue][memory]") {
    Memory memory;
    memory.greeted = true;
    memory.recent = {"\xff\xfe"};
    CHECK(memory_from_json(memory_to_json(memory)).greeted);
}
