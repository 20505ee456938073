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

storage::Staff stored(Store& store) {
    const auto found = store.people.staff_by_id(StaffId("s1"));
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    return **found;
}

storage::StaffSession session_of(const std::string& token, TimePoint now) {
    return {token, StaffId("s1"), "csrf", now, now, now + 10h};
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

TEST_CASE("the roles of staff are replaced, and who granted what is recorded", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const auto s = lawyer(store);
    const StaffId admin("admin");
    REQUIRE(store.people.add_staff(s, {}, store.clock.now()).has_value());
    REQUIRE(store.people.set_roles(s.id, {"editor", "lawyer"}, admin, store.clock.now()).has_value());
    CHECK(stored(store).roles == std::vector<std::string>{"editor", "lawyer"});
    CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'staff.roles' AND actor = 'admin'") == 1);
    CHECK(store.number("SELECT COUNT(*) FROM role_grant WHERE granted_by = 'admin'") == 1);  // lawyer stayed as it was
}

TEST_CASE("whoever is changed must exist", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const StaffId none("none");
    const auto now = store.clock.now();
    const auto verified = lawyer(store);  // never stored
    for (const auto& done : {store.people.record_login_failure(none, {}, now),
                             store.people.record_login(verified, session_of("h", now), now),
                             store.people.change_password(verified, "hash", session_of("h", now), now),
                             store.people.set_password(none, "hash", {}, now), store.people.disable(none, {}, now),
                             store.people.enable(none, {}, now), store.people.set_roles(none, {"lawyer"}, {}, now)})
        CHECK(done.error().code == ErrorCode::NotFound);
    CHECK(store.number("SELECT COUNT(*) FROM event") == 0);
    CHECK(store.number("SELECT COUNT(*) FROM session") == 0);
}

TEST_CASE("five failures within a quarter of an hour lock for half an hour", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.people.add_staff(lawyer(store), {}, store.clock.now()).has_value());
    const auto fail = [&] {
        REQUIRE(store.people.record_login_failure(StaffId("s1"), {}, store.clock.now()).has_value());
    };
    for (int i = 0; i < 4; ++i) fail();
    CHECK(stored(store).failures == 4);
    CHECK_FALSE(stored(store).locked_until.has_value());

    SECTION("the fifth at once locks, and then four more are allowed") {
        fail();
        CHECK(stored(store).locked_until == store.clock.now() + 30min);
        CHECK(stored(store).failures == 0);
        CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'staff.login_failed' AND actor = 's1'") == 5);
    }
    SECTION("just under fifteen minutes later it still counts") {
        store.clock.advance(15min - 1ms);
        fail();
        CHECK(stored(store).locked_until.has_value());
    }
    SECTION("a pause of fifteen minutes forgets the four") {
        store.clock.advance(15min);
        fail();
        CHECK(stored(store).failures == 1);
        CHECK_FALSE(stored(store).locked_until.has_value());
    }
    SECTION("a success forgets them") {
        const auto now = store.clock.now();
        REQUIRE(store.people.record_login(stored(store), session_of("h", now), now).has_value());
        CHECK(stored(store).failures == 0);
        CHECK_FALSE(stored(store).failed_at.has_value());
        CHECK(store.people.session("h")->has_value());
    }
    SECTION("so does being enabled, and a new password") {
        fail();
        const bool enabled = GENERATE(true, false);
        const auto now = store.clock.now();
        REQUIRE((enabled ? store.people.enable(StaffId("s1"), StaffId("admin"), now)
                         : store.people.set_password(StaffId("s1"), "hash", StaffId("admin"), now))
                    .has_value());
        CHECK_FALSE(stored(store).locked_until.has_value());
        CHECK_FALSE(stored(store).failed_at.has_value());
    }
}

TEST_CASE("what is done to an account while its password is being checked stays done", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const StaffId id("s1"), admin("admin");
    const auto now = store.clock.now();
    REQUIRE(store.people.add_staff(lawyer(store), {}, now).has_value());
    REQUIRE(store.people.add_session(session_of("old", now)).has_value());
    const auto verified = stored(store);  // as a sign-in under way has read it
    const bool right = GENERATE(true, false);
    CAPTURE(right);
    const auto end_attempt = [&] {
        if (!right) return store.people.record_login_failure(id, {}, now);
        return store.people.record_login(verified, session_of("new", now), now);
    };

    SECTION("a disabled account stays disabled, its old session is gone and no new one begins") {
        REQUIRE(store.people.disable(id, admin, now).has_value());
        const auto ended = end_attempt();
        CHECK(stored(store).disabled);
        CHECK_FALSE(store.people.session("old")->has_value());
        CHECK_FALSE(store.people.session("new")->has_value());
        if (right) CHECK(ended.error().code == ErrorCode::Conflict);
    }
    SECTION("a reset password is not put back, and the old one opens nothing") {
        REQUIRE(store.people.set_password(id, "another hash", admin, now).has_value());
        const auto ended = end_attempt();
        CHECK(stored(store).password_hash == "another hash");
        CHECK(stored(store).must_change);
        CHECK(store.number("SELECT COUNT(*) FROM session") == 0);
        if (right) CHECK(ended.error().code == ErrorCode::Conflict);
    }
    SECTION("roles that were taken away stay away") {
        REQUIRE(store.people.set_roles(id, {"editor"}, admin, now).has_value());
        REQUIRE(end_attempt().has_value());
        CHECK(stored(store).roles == std::vector<std::string>{"editor"});
    }
}

TEST_CASE("one's own new password ends every session but the one that begins", "[storage][people]") {
    Store store(GENERATE(from_range(engines())));
    const StaffId id("s1"), admin("admin");
    const auto now = store.clock.now();
    REQUIRE(store.people.add_staff(lawyer(store), {}, now).has_value());
    for (const char* token : {"one", "two"}) REQUIRE(store.people.add_session(session_of(token, now)).has_value());
    const auto verified = stored(store);

    SECTION("it is one's own from now on") {
        REQUIRE(store.people.change_password(verified, "own", session_of("next", now), now).has_value());
        CHECK(stored(store).password_hash == "own");
        CHECK_FALSE(stored(store).must_change);
        CHECK(store.number("SELECT COUNT(*) FROM session") == 1);
        CHECK(store.people.session("next")->has_value());
        CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'staff.password' AND actor = 's1'") == 1);
    }
    SECTION("a reset meanwhile wins") {
        REQUIRE(store.people.set_password(id, "given", admin, now).has_value());
        const auto late = store.people.change_password(verified, "own", session_of("next", now), now);
        CHECK(late.error().code == ErrorCode::Conflict);
        CHECK(stored(store).password_hash == "given");
        CHECK(store.number("SELECT COUNT(*) FROM session") == 0);
        CHECK(store.number("SELECT COUNT(*) FROM event WHERE kind = 'staff.reset' AND actor = 'admin'") == 1);
    }
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
