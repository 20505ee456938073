// The writer: many works in one commit, each alone in its savepoint, none reported before the disk has it.
#include <atomic>
#include <future>
#include <thread>

#include "fixture.hpp"
#include "storage/articles.hpp"

using namespace yuanda;
using namespace yuanda::test;
using storage::Query;
using storage::Session;

namespace {

Result<> insert_article(Session& session, const std::string& law) {
    Query(session, "INSERT INTO article (law, article, text, path) VALUES (:law, '1', 't', 'p')").in(law).run();
    return {};
}

/// Holds the writer inside a work until release(), so that a queue can build up behind it.
class Gate {
public:
    void hold(storage::Database& database) {
        database.write_later([this](Session&) { return entered_.set_value(), open_.get_future().wait(), Result<>(); },
                             [](Result<>) {});
        entered_.get_future().wait();
    }
    void release() { open_.set_value(); }

private:
    std::promise<void> entered_, open_;
};

}  // namespace

TEST_CASE("works that wait together are committed together", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    const auto before = store.database->counters();
    Gate gate;
    gate.hold(*store.database);
    constexpr int kWorks = 50;
    std::atomic<int> done{0};
    std::promise<void> all;
    for (int i = 0; i < kWorks; ++i)
        store.database->write_later([i](Session& s) { return insert_article(s, "law" + std::to_string(i)); },
                                    [&](Result<> r) {
                                        CHECK(r.has_value());
                                        if (++done == kWorks) all.set_value();
                                    });
    gate.release();
    all.get_future().wait();
    const auto after = store.database->counters();
    CHECK(after.works - before.works == kWorks + 1);
    CHECK(after.commits - before.commits == 2);  // the gate's, and one for all the others
    CHECK(storage::Articles(*store.database).count().value() == kWorks);
}

TEST_CASE("a batch holds no more than its limit", "[storage][writer]") {
    storage::DatabaseConfig config;
    config.batch_limit = 10;
    Store store(GENERATE(from_range(engines())), config);
    const auto before = store.database->counters().commits;
    Gate gate;
    gate.hold(*store.database);
    std::atomic<int> done{0};
    std::promise<void> all;
    for (int i = 0; i < 30; ++i)
        store.database->write_later([i](Session& s) { return insert_article(s, "law" + std::to_string(i)); },
                                    [&](Result<>) {
                                        if (++done == 30) all.set_value();
                                    });
    gate.release();
    all.get_future().wait();
    CHECK(store.database->counters().commits - before == 4);
}

TEST_CASE("nothing is reported done before another connection can read it", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    std::promise<std::int64_t> seen;
    store.database->write_later([](Session& s) { return insert_article(s, "law"); },
                                [&](Result<>) { seen.set_value(store.number("SELECT COUNT(*) FROM article")); });
    CHECK(seen.get_future().get() == 1);
}

TEST_CASE("a failing work is undone alone", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    struct Case {
        std::string law;
        std::function<Result<>()> ending;
        std::optional<ErrorCode> expected;
    };
    const std::vector<Case> cases{
        {"good1", [] { return Result<>(); }, std::nullopt},
        {"refused", [] { return Result<>(Error(ErrorCode::Forbidden, "no")); }, ErrorCode::Forbidden},
        {"good1", [] { return Result<>(); }, ErrorCode::Conflict},  // its key is taken by the first
        {"good2", [] { return Result<>(); }, std::nullopt},
    };
    Gate gate;
    gate.hold(*store.database);
    std::vector<std::promise<Result<>>> outcomes(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i)
        store.database->write_later(
            [&, i](Session& s) {
                const auto inserted = insert_article(s, cases[i].law);
                return inserted ? cases[i].ending() : inserted;
            },
            [&, i](Result<> r) { outcomes[i].set_value(std::move(r)); });
    gate.release();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        CAPTURE(i);
        const auto outcome = outcomes[i].get_future().get();
        CHECK(outcome.has_value() == !cases[i].expected.has_value());
        if (cases[i].expected && !outcome) CHECK(outcome.error().code == *cases[i].expected);
    }
    CHECK(store.number("SELECT COUNT(*) FROM article") == 2);
    CHECK(store.database->counters().failures == 2);
}

TEST_CASE("errors carry a code and a state, never a bound value", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    const std::string secret = "610101196001010005";
    REQUIRE(store.database->write([&](Session& s) { return insert_article(s, secret); }).has_value());
    const auto twice = store.database->write([&](Session& s) { return insert_article(s, secret); });
    REQUIRE(twice.has_error());
    CHECK(twice.error().code == ErrorCode::Conflict);
    CHECK(twice.error().detail.find(secret) == std::string::npos);
    CHECK(twice.error().detail.find(store.engine == EngineKind::Sqlite ? "1555" : "23505") != std::string::npos);

    const auto broken = store.database->write([&](Session& s) -> Result<> {
        Query(s, "INSERT INTO no_such_table (a) VALUES (:a)").in(secret).run();
        return {};
    });
    REQUIRE(broken.has_error());
    CHECK(broken.error().code == ErrorCode::Internal);
    CHECK(broken.error().detail.find(secret) == std::string::npos);
    CHECK(store.database->write([&](Session& s) { return insert_article(s, "next"); }).has_value());
}

TEST_CASE("works of a batch run in their order, and equals as they came", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    Gate gate;
    gate.hold(*store.database);
    std::string ran;
    std::promise<void> all;
    const std::vector<std::pair<std::string, char>> works{{"c", '1'}, {"a", '2'}, {"b", '3'}, {"a", '4'}};
    for (const auto& [order, letter] : works)
        store.database->write_later([&, l = letter](Session&) { return ran += l, Result<>(); },
                                    [&, l = letter](Result<>) {
                                        if (l == '1') all.set_value();
                                    },
                                    order);
    gate.release();
    all.get_future().wait();
    CHECK(ran == "2431");
}

TEST_CASE("a full queue refuses at once", "[storage][writer]") {
    storage::DatabaseConfig config;
    config.queue_limit = 2;
    Store store(GENERATE(from_range(engines())), config);
    Gate gate;
    gate.hold(*store.database);
    std::vector<std::promise<Result<>>> outcomes(3);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        store.database->write_later([](Session&) { return Result<>(); },
                                    [&, i](Result<> r) { outcomes[i].set_value(std::move(r)); });
    CHECK(outcomes[2].get_future().get().error().code == ErrorCode::Unavailable);
    gate.release();
    CHECK(outcomes[0].get_future().get().has_value());
    CHECK(outcomes[1].get_future().get().has_value());
}

TEST_CASE("closing finishes what is queued and refuses what comes later", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    std::atomic<int> done{0};
    for (int i = 0; i < 20; ++i)
        store.database->write_later([i](Session& s) { return insert_article(s, "law" + std::to_string(i)); },
                                    [&](Result<> r) { done += r.has_value(); });
    store.database->close();
    const auto closed_at = std::chrono::steady_clock::now();
    store.database->close();  // harmless, and no second wait
    CHECK(std::chrono::steady_clock::now() - closed_at < std::chrono::seconds(1));
    CHECK(done == 20);
    CHECK(store.database->write([](Session&) { return Result<>(); }).error().code == ErrorCode::Unavailable);
    CHECK(store.database->read([](Session&) { return Result<>(); }).error().code == ErrorCode::Unavailable);
    const auto again = open_database(store.place.url(), store.clock);
    CHECK(storage::Articles(*again).count().value() == 20);
}

TEST_CASE("readers cannot write", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    const auto outcome = store.database->read([](Session& s) { return insert_article(s, "law"); });
    CHECK(outcome.has_error());
    CHECK(store.number("SELECT COUNT(*) FROM article") == 0);
}

TEST_CASE("big numbers, nothing and odd text come back as they went in", "[storage][writer]") {
    Store store(GENERATE(from_range(engines())));
    const std::string odd = "'; DROP TABLE message; -- :law ::x 𠮷 \"\n";
    const TimePoint far = from_epoch_ms(5'000'000'000'000);
    storage::Staff staff;
    staff.id = StaffId("s1");
    staff.login = odd;
    staff.name = "";
    staff.created_at = far;
    REQUIRE(store.people.add_staff(staff, {}, far).has_value());
    const auto found = store.people.staff_by_login(odd);
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    CHECK(found->value().created_at == far);
    CHECK(found->value().failed_at == std::nullopt);
    CHECK(found->value().name.empty());
}
