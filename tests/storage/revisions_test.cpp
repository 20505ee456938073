// An entry's revisions: one open draft per author, two people before anything is served, nothing lost.
#include "storage/revisions.hpp"
#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;
using storage::DraftText;
using storage::Revision;
using storage::RevisionId;
using storage::RevisionState;

namespace {

const EntryId kEntry{"T01-arrears"};
const StaffId kAuthor{"zhao"};
const StaffId kOther{"qian"};
const StaffId kApprover{"zhou"};

struct Editing : Store {
    explicit Editing(EngineKind kind) : Store(kind), revisions(*database) {
        for (const auto& [id, name] : {std::pair{kAuthor, "赵编辑"}, {kOther, "钱编辑"}, {kApprover, "周主任"}}) {
            storage::Staff staff;
            staff.id = id;
            staff.login = id.value;
            staff.name = name;
            REQUIRE(people.add_staff(staff, StaffId{}, clock.now()).has_value());
        }
    }

    RevisionId draft(const std::string& id, const std::string& text, int base = 0, const StaffId& author = kAuthor) {
        done(revisions.begin(RevisionId(id), kEntry, {text, base}, author, clock.now()));
        return RevisionId(id);
    }
    void publish(const RevisionId& id, const StaffId& author = kAuthor) {
        done(revisions.submit(id, read(id).version, author, clock.now()));
        done(revisions.approve(id, read(id).version, kApprover, "", clock.now()));
    }
    Revision read(const RevisionId& id) {
        const auto found = revisions.find(id);
        REQUIRE(found.has_value());
        REQUIRE(found->has_value());
        return **found;
    }
    std::string served() {
        const auto list = revisions.published();
        REQUIRE(list.has_value());
        std::string texts;
        for (const auto& revision : *list) texts += revision.text;
        return texts;
    }
    std::int64_t events(const std::string& kind) {
        return number("SELECT COUNT(*) FROM event WHERE kind = 'entry." + kind + "'");
    }
    void done(const Result<>& result) {
        if (!result) FAIL("unexpected: " << result.error());
    }

    storage::Revisions revisions;
};

ErrorCode code(const Result<>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

}  // namespace

TEST_CASE("a draft is submitted by its author and published by somebody else", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    CHECK(desk.revisions.publications().value() == 0);
    const auto id = desk.draft("r1", "第一版");
    CHECK(desk.served().empty());
    desk.clock.advance(1min);
    desk.done(desk.revisions.submit(id, 1, kAuthor, desk.clock.now()));
    CHECK(desk.served().empty());
    desk.clock.advance(1min);
    desk.done(desk.revisions.approve(id, 2, kApprover, "可以", desk.clock.now()));

    const auto stored = desk.read(id);
    CHECK(stored.state == RevisionState::Published);
    CHECK(stored.number == 1);
    CHECK(stored.author_name == "赵编辑");
    CHECK(stored.approver_name == "周主任");
    CHECK(stored.note == "可以");
    CHECK(stored.published_at == desk.clock.now());
    CHECK_FALSE(stored.restores.has_value());
    CHECK(desk.served() == "第一版");
    CHECK(desk.revisions.publications().value() == 1);
    for (const char* kind : {"draft", "submit", "publish"}) CHECK(desk.events(kind) == 1);
    CHECK(desk.text("SELECT detail FROM event WHERE kind = 'entry.draft'").find("第一版") == std::string::npos);
}

TEST_CASE("nobody decides about their own revision, whoever else they are", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    const auto id = desk.draft("r1", "第一版");
    desk.done(desk.revisions.submit(id, 1, kAuthor, desk.clock.now()));
    CHECK(code(desk.revisions.approve(id, 2, kAuthor, "", desk.clock.now())) == ErrorCode::Forbidden);
    CHECK(code(desk.revisions.reject(id, kAuthor, "", desk.clock.now())) == ErrorCode::Forbidden);
    CHECK(desk.read(id).state == RevisionState::Submitted);
    CHECK(desk.events("publish") == 0);
}

TEST_CASE("only the author saves, submits, withdraws and gives up", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    const auto id = desk.draft("r1", "第一版");
    const auto now = desk.clock.now();
    CHECK(code(desk.revisions.save(id, 1, {"别人的", 0}, kOther, now)) == ErrorCode::Forbidden);
    CHECK(code(desk.revisions.submit(id, 1, kOther, now)) == ErrorCode::Forbidden);
    CHECK(code(desk.revisions.discard(id, kOther, now)) == ErrorCode::Forbidden);
    CHECK(code(desk.revisions.save(RevisionId("none"), 1, {"x", 0}, kAuthor, now)) == ErrorCode::NotFound);
    desk.done(desk.revisions.submit(id, 1, kAuthor, now));
    CHECK(code(desk.revisions.save(id, 2, {"偷偷改", 0}, kAuthor, now)) == ErrorCode::Conflict);
    CHECK(code(desk.revisions.withdraw(id, kOther, now)) == ErrorCode::Forbidden);
    desk.done(desk.revisions.withdraw(id, kAuthor, now));
    CHECK(desk.read(id).state == RevisionState::Draft);
    desk.done(desk.revisions.discard(id, kAuthor, now));
    CHECK(desk.read(id).state == RevisionState::Retired);
    CHECK(desk.read(id).number == 0);
    desk.draft("r2", "又一份");  // the place is free again
}

TEST_CASE("an author has one open draft of an entry, others have theirs", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    desk.draft("r1", "第一份");
    CHECK(code(desk.revisions.begin(RevisionId("r2"), kEntry, {"第二份", 0}, kAuthor, desk.clock.now())) ==
          ErrorCode::Conflict);
    desk.draft("r3", "钱的", 0, kOther);
    const auto open = desk.revisions.open();
    REQUIRE(open.has_value());
    CHECK(open->size() == 2);
    CHECK(open->front().text.empty());
    CHECK(desk.revisions.of_entry(kEntry)->size() == 2);
}

TEST_CASE("saving names the version it has read", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    const auto id = desk.draft("r1", "一");
    desk.done(desk.revisions.save(id, 1, {"二", 0}, kAuthor, desk.clock.now()));
    CHECK(code(desk.revisions.save(id, 1, {"另一个窗口", 0}, kAuthor, desk.clock.now())) == ErrorCode::Conflict);
    CHECK(desk.read(id).text == "二");
    CHECK(desk.read(id).version == 2);
    desk.done(desk.revisions.submit(id, 2, kAuthor, desk.clock.now()));
    CHECK(code(desk.revisions.approve(id, 2, kApprover, "", desk.clock.now())) == ErrorCode::Conflict);
    CHECK(desk.read(id).state == RevisionState::Submitted);
}

TEST_CASE("what was written over an older revision is neither saved nor published unseen", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    const auto slow = desk.draft("slow", "慢的", 0, kOther);
    desk.publish(desk.draft("quick", "快的"));
    const auto now = desk.clock.now();
    CHECK(code(desk.revisions.save(slow, 1, {"慢的二", 0}, kOther, now)) == ErrorCode::Conflict);
    CHECK(code(desk.revisions.submit(slow, 1, kOther, now)) == ErrorCode::Conflict);
    desk.done(desk.revisions.save(slow, 1, {"看过再写", 1}, kOther, now));
    desk.publish(slow, kOther);
    CHECK(desk.served() == "看过再写");
    CHECK(desk.read(slow).number == 2);
    CHECK(desk.read(RevisionId("quick")).state == RevisionState::Retired);
    CHECK(desk.read(RevisionId("quick")).number == 1);
    CHECK(code(desk.revisions.begin(RevisionId("late"), kEntry, {"x", 1}, kAuthor, now)) == ErrorCode::Conflict);

    SECTION("a submitted one that was overtaken is not published either") {
        const auto third = desk.draft("third", "三", 2);
        desk.done(desk.revisions.submit(third, 1, kAuthor, now));
        desk.publish(desk.draft("fourth", "四", 2, kOther), kOther);
        CHECK(code(desk.revisions.approve(third, 2, kApprover, "", now)) == ErrorCode::Conflict);
        CHECK(desk.served() == "四");
    }
}

TEST_CASE("sent back, a revision is its author's draft again with the note", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    const auto id = desk.draft("r1", "一");
    desk.done(desk.revisions.submit(id, 1, kAuthor, desk.clock.now()));
    desk.done(desk.revisions.reject(id, kApprover, "期限写错了", desk.clock.now()));
    const auto back = desk.read(id);
    CHECK(back.state == RevisionState::Draft);
    CHECK(back.note == "期限写错了");
    CHECK(back.approver_name == "周主任");
    CHECK(code(desk.revisions.approve(id, back.version, kApprover, "", desk.clock.now())) == ErrorCode::Conflict);
    desk.done(desk.revisions.save(id, back.version, {"二", 0}, kAuthor, desk.clock.now()));
    desk.publish(id);
    CHECK(desk.served() == "二");
}

TEST_CASE("an earlier text is published again as a revision of its own", "[storage][revision]") {
    Editing desk(GENERATE(from_range(engines())));
    desk.publish(desk.draft("r1", "一"));
    desk.publish(desk.draft("r2", "二", 1));
    const auto now = desk.clock.now();
    CHECK(code(desk.revisions.restore(RevisionId("r3"), kEntry, {"一", 1}, 1, kApprover, "错了", now)) ==
          ErrorCode::Conflict);
    desk.done(desk.revisions.restore(RevisionId("r3"), kEntry, {"一", 2}, 1, kApprover, "第二版错了", now));
    CHECK(desk.served() == "一");
    const auto restored = desk.read(RevisionId("r3"));
    CHECK(restored.number == 3);
    CHECK(restored.restores == 1);
    CHECK(restored.note == "第二版错了");
    CHECK(desk.revisions.publications().value() == 3);
    CHECK(desk.events("restore") == 1);
    const auto second = desk.revisions.numbered(kEntry, 2);
    REQUIRE(second.has_value());
    CHECK((*second)->text == "二");
    CHECK_FALSE(desk.revisions.numbered(kEntry, 0)->has_value());

    SECTION("the shipped one too") {
        desk.done(desk.revisions.restore(RevisionId("r4"), kEntry, {"原文", 3}, 0, kApprover, "回到原文", now));
        CHECK(desk.read(RevisionId("r4")).restores == 0);
        CHECK(desk.served() == "原文");
    }
}
