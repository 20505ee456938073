// A stolen database shows no name, phone, identity number or word of a citizen.
#include <fstream>

#include "fixture.hpp"
#include "storage/detail/sealed_row.hpp"

using namespace yuanda;
using namespace yuanda::test;

namespace {

/// Distinct markers, so that a hit names the column that leaked.
const std::vector<std::string> kPrivate{"王秀英",       "13812345678",       "610101196001010005", "citizen-words",
                                        "bot-answer",   "turn-detail-words", "handover-matter",    "memory-words",
                                        "lawyer-words", "feedback-words",    "reason-words"};

void fill(Store& store) {
    auto turn = store.delivered_turn("peer1", "m1", "citizen-words", true);
    turn.outbound->text = "bot-answer";
    turn.outbound->card = R"({"kind":"answer","paragraphs":["bot-answer"]})";
    turn.answer.body = "<xml>bot-answer</xml>";
    turn.detail = R"({"text":"turn-detail-words"})";
    turn.after.memory.recent = {"memory-words"};
    desk::Handover sheet;
    sheet.matter = "handover-matter";
    turn.effects = {dialogue::QueueForLawyer{sheet, false}, dialogue::SubmitApplication{application("app1", 1)}};
    REQUIRE(store.commit(turn).has_value());
    const auto conversation = store.conversation("peer1");
    REQUIRE(store.conversations
                .save_feedback(conversation.id, turn.outbound->id, false, "feedback-words", store.clock.now())
                .has_value());
    storage::DeskAct act;
    act.conversation = conversation.id;
    act.version = conversation.version;
    act.action = "reply";
    act.staff = StaffId("s1");
    act.message.emplace();
    act.message->from = storage::From::Lawyer;
    act.message->text = "lawyer-words";
    act.now = store.clock.now();
    REQUIRE(store.conversations.act(act).has_value());
    auto moved = store.applications.find(ApplicationId("app1"))->value();
    moved.version += 1;
    REQUIRE(store.applications
                .save(moved, {casework::State::Submitted, casework::State::UnderReview, casework::Action::StartReview,
                              "s1", "reason-words", store.clock.now()})
                .has_value());
}

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("no personal word is readable in the database's files", "[storage][sealing]") {
    Store store(EngineKind::Sqlite);
    fill(store);
    std::string bytes;
    for (const auto& file : std::filesystem::recursive_directory_iterator(store.place.folder()))
        if (file.is_regular_file()) bytes += file_bytes(file.path());
    REQUIRE(bytes.find("T01") != std::string::npos);  // we did read the right files
    for (const std::string& word : kPrivate) {
        CAPTURE(word);
        CHECK(bytes.find(word) == std::string::npos);
    }
}

TEST_CASE("no personal word is readable in any column", "[storage][sealing]") {
    Store store(GENERATE(from_range(engines())));
    fill(store);
    const std::string columns[] = {
        "SELECT name || phone || phone_key FROM contact",
        "SELECT memory || handover || last_text || risks FROM conversation",
        "SELECT MIN(body) || MAX(body) FROM message",
        "SELECT body FROM inbound_receipt",
        "SELECT detail FROM turn",
        "SELECT facts || missing FROM application",
        "SELECT MAX(reason) FROM milestone",
        "SELECT reason FROM feedback",
        "SELECT MIN(detail) || MAX(detail) FROM event",
    };
    for (const std::string& select : columns) {
        CAPTURE(select);
        const std::string stored = store.text(select);
        CHECK_FALSE(stored.empty());
        for (const std::string& word : kPrivate) CHECK(stored.find(word) == std::string::npos);
    }
}

TEST_CASE("a sealed value moved to another row does not open there", "[storage][sealing]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.commit(store.turn("a", "m1", "甲的话")).has_value());
    REQUIRE(store.commit(store.turn("b", "m2", "乙的话")).has_value());
    REQUIRE(store.sql("UPDATE message SET body = (SELECT MAX(body) FROM message)").has_value());
    const auto of_a = store.conversations.messages(store.conversation("a").id, 0, 10, false);
    const auto of_b = store.conversations.messages(store.conversation("b").id, 0, 10, false);
    CHECK(of_a.has_value() != of_b.has_value());
    CHECK((of_a ? of_b : of_a).error().code == ErrorCode::Internal);
}

TEST_CASE("a phone can be found again without being readable", "[storage][sealing]") {
    Store store(GENERATE(from_range(engines())));
    fill(store);
    CHECK(store.text("SELECT phone_key FROM contact") == store.sealer.search_key("13812345678", "contact.phone"));
}

TEST_CASE("nothing stays nothing, so that an absent name costs no seal", "[storage][sealing]") {
    SeededRandom random;
    const auto sealer = Sealer::from_master(std::string(32, 'k'), random);
    const storage::SealedRow row(*sealer, "contact", "c1");
    CHECK(row.seal("name", "").empty());
    CHECK(row.open("name", "").empty());
    CHECK(row.open("name", row.seal("name", "王")) == "王");
    CHECK_THROWS_AS(row.open("phone", row.seal("name", "王")), storage::SqlFailure);
}
