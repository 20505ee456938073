// Staff, their sessions, citizens' browsers and imported articles: what goes in comes out.
#include "fixture.hpp"
#include "storage/articles.hpp"

using namespace yuanda;
using namespace yuanda::test;
using namespace std::chrono_literals;

namespace {

storage::Staff lawyer(Store& store) {
    storage::Staff s;
    s.id = StaffId("s1");
    s.login = "wang";
    s.name = "王毅";
    s.roles = {"lawyer", "supervisor"};
    s.password_hash = "$argon2id$v=19$…";
    s.must_change = true;
    s.created_at = store.clock.now();
    return s;
}

}  // namespace

TEST_CASE("staff are found by login and id, with their roles", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const auto made = lawyer(store);
    REQUIRE(store.people.add_staff(made, StaffId("admin"), store.clock.now()).has_value());
    const auto found = store.people.staff_by_login("wang");
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    const auto& s = **found;
    CHECK(s.id == made.id);
    CHECK(s.name == made.name);
    CHECK(s.roles == made.roles);
    CHECK(s.password_hash == made.password_hash);
    CHECK(s.must_change);
    CHECK_FALSE(s.disabled);
    CHECK(s.created_at == made.created_at);
    CHECK(store.people.staff_by_id(made.id)->has_value());
    CHECK_FALSE(store.people.staff_by_login("nobody")->has_value());
    CHECK_FALSE(store.people.staff_by_id(StaffId(""))->has_value());

    auto twin = made;
    twin.id = StaffId("s2");
    CHECK(store.people.add_staff(twin, {}, store.clock.now()).error().code == ErrorCode::Conflict);
    CHECK(store.people.staff()->size() == 1);
}

TEST_CASE("changes to staff replace roles and counters and are recorded", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    auto s = lawyer(store);
    REQUIRE(store.people.add_staff(s, {}, store.clock.now()).has_value());
    s.roles = {"editor", "lawyer"};
    s.disabled = true;
    s.must_change = false;
    s.failures = 5;
    s.failed_at = store.clock.now();
    s.locked_until = store.clock.now() + 30min;
    REQUIRE(store.people.update_staff(s, StaffId("admin"), "roles", store.clock.now()).has_value());
    const auto found = store.people.staff_by_id(s.id)->value();
    CHECK(found.roles == s.roles);
    CHECK(found.disabled);
    CHECK_FALSE(found.must_change);
    CHECK(found.failures == 5);
    CHECK(found.failed_at == s.failed_at);
    CHECK(found.locked_until == s.locked_until);
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'staff.roles' AND actor = 'admin'") == 1);
    s.id = StaffId("none");
    CHECK(store.people.update_staff(s, {}, "roles", store.clock.now()).error().code == ErrorCode::NotFound);
}

TEST_CASE("a staff session lives until it is ended", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.people.add_staff(lawyer(store), {}, store.clock.now()).has_value());
    const auto now = store.clock.now();
    for (const char* token : {"hash1", "hash2"})
        REQUIRE(store.people.add_session({token, StaffId("s1"), "csrf", now, now, now + 10h}).has_value());
    REQUIRE(store.people.touch_session("hash1", now + 1min).has_value());
    const auto found = store.people.session("hash1")->value();
    CHECK(found.staff.value == "s1");
    CHECK(found.csrf == "csrf");
    CHECK(found.seen_at == now + 1min);
    CHECK(found.expires_at == now + 10h);

    REQUIRE(store.people.end_session("hash1").has_value());
    CHECK_FALSE(store.people.session("hash1")->has_value());
    CHECK(store.people.session("hash2")->has_value());
    REQUIRE(store.people.end_sessions_of(StaffId("s1")).has_value());
    CHECK_FALSE(store.people.session("hash2")->has_value());
}

TEST_CASE("a session of nobody is refused by the database itself", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const auto now = store.clock.now();
    CHECK(store.people.add_session({"hash", StaffId("ghost"), "csrf", now, now, now}).error().code ==
          ErrorCode::Internal);
}

TEST_CASE("a visitor's token stays revoked from the first time on", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const auto now = store.clock.now();
    const storage::Visitor made{"hash", InboxId("web"), ExternalId("v1"), true, now, now, std::nullopt};
    REQUIRE(store.people.add_visitor(made).has_value());
    CHECK(store.people.add_visitor(made).error().code == ErrorCode::Conflict);
    const auto found = store.people.visitor("hash")->value();
    CHECK(found.inbox.value == "web");
    CHECK(found.peer.value == "v1");
    CHECK(found.verified);
    CHECK_FALSE(found.revoked_at.has_value());
    REQUIRE(store.people.revoke_visitor("hash", now + 1min).has_value());
    REQUIRE(store.people.revoke_visitor("hash", now + 2min).has_value());
    CHECK(store.people.visitor("hash")->value().revoked_at == now + 1min);
    CHECK_FALSE(store.people.visitor("other")->has_value());
}

TEST_CASE("importing an article again replaces its text", "[storage][articles]") {
    Store store(GENERATE(from_range(engines())));
    storage::Articles articles(*store.database);
    REQUIRE(
        articles.import({{"劳动合同法", "第三十条", "旧", "1"}, {"劳动合同法", "第八十二条", "甲", "2"}}).has_value());
    REQUIRE(articles.import({{"劳动合同法", "第三十条", "新", "3"}}).has_value());
    CHECK(articles.count().value() == 2);
    CHECK(articles.find("劳动合同法", "第三十条")->value().text == "新");
    CHECK(articles.find("劳动合同法", "第三十条")->value().path == "3");
    CHECK_FALSE(articles.find("劳动合同法", "第一条")->has_value());
}
