// An empty, migrated database of either engine for one test, and short ways to fill it.
#include "fixture.hpp"

#include <unistd.h>

#include <cstdlib>
#include <future>
#include <iostream>

#include "core/token.hpp"

namespace yuanda::test {
namespace {

using storage::Database;
using storage::Query;
using storage::Session;

const char* postgres_url() { return std::getenv("YUANDA_TEST_POSTGRES"); }

std::unique_ptr<Database> admin() {
    static const ManualClock clock;
    return open_database(postgres_url(), clock);
}

Sealer make_sealer(Random& random) {
    auto sealer = Sealer::from_master(std::string(32, 'k'), random);
    REQUIRE(sealer.has_value());
    return std::move(*sealer);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, EngineKind engine) {
    return out << (engine == EngineKind::Sqlite ? "SQLite" : "PostgreSQL");
}

std::vector<EngineKind> engines() {
    if (postgres_url() != nullptr) return {EngineKind::Sqlite, EngineKind::Postgres};
    if (std::getenv("YUANDA_REQUIRE_POSTGRES") != nullptr)
        FAIL("YUANDA_TEST_POSTGRES is not set, but PostgreSQL is required");
    static const bool told = [] {
        std::cerr
            << "*** SKIP: no PostgreSQL (YUANDA_TEST_POSTGRES is not set): run bin/test-postgres test_storage ***\n";
        return true;
    }();
    (void)told;
    return {EngineKind::Sqlite};
}

Place::Place(EngineKind engine) {
    static int counter = 0;
    const std::string name = "t_" + std::to_string(::getpid()) + "_" + std::to_string(++counter);
    folder_ = std::filesystem::temp_directory_path() / ("yuanda-" + name);
    if (engine == EngineKind::Sqlite) {
        url_ = "sqlite:" + (folder_ / "var" / "yuanda.db").string();
        return;
    }
    schema_ = name;
    const auto made = admin()->write([&](Session& s) { return s.script("CREATE SCHEMA " + schema_), Result<>(); });
    REQUIRE(made.has_value());
    url_ = std::string(postgres_url()) + "&options=-csearch_path%3D" + schema_;
}

Place::~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    if (schema_.empty()) return;
    (void)admin()->write([&](Session& s) { return s.script("DROP SCHEMA " + schema_ + " CASCADE"), Result<>(); });
}

std::unique_ptr<Database> open_database(const std::string& url, const Clock& clock, storage::DatabaseConfig config) {
    config.url = url;
    config.readers = 2;
    auto database = Database::open(config, clock);
    if (!database) FAIL("cannot open the database: " << database.error());
    return std::move(*database);
}

Store::Store(EngineKind kind, storage::DatabaseConfig config)
    : engine(kind),
      place(kind),
      sealer(make_sealer(random)),
      database(open_database(place.url(), clock, config)),
      conversations(*database, sealer, random),
      outbox(*database, sealer),
      applications(*database, sealer),
      people(*database),
      events(*database) {
    const auto applied = database->migrate();
    if (!applied) FAIL("cannot migrate: " << applied.error());
}

Result<> Store::sql(const std::string& statements) {
    return database->write([&](Session& s) { return s.script(statements), Result<>(); });
}

std::int64_t Store::number(const std::string& select) {
    std::int64_t value = -1;
    const auto done = database->read([&](Session& s) { return Query(s, select).out(value).next(), Result<>(); });
    if (!done) FAIL("cannot read: " << done.error());
    return value;
}

std::string Store::text(const std::string& select) {
    std::string value;
    const auto done = database->read([&](Session& s) { return Query(s, select).out(value).next(), Result<>(); });
    if (!done) FAIL("cannot read: " << done.error());
    return value;
}

Result<storage::CommitOutcome> Store::commit(storage::TurnCommit turn) {
    std::promise<Result<storage::CommitOutcome>> outcome;
    conversations.commit_turn(std::move(turn), [&](auto result) { outcome.set_value(std::move(result)); });
    return outcome.get_future().get();
}

dialogue::Conversation Store::conversation(const std::string& peer) {
    const auto found = conversations.find(inbox, ExternalId(peer));
    if (!found) FAIL("cannot find: " << found.error());
    return found->value_or(dialogue::Conversation{});
}

storage::TurnCommit Store::turn(const std::string& peer, const std::string& external_id, const std::string& words,
                                const std::string& answer) {
    storage::TurnCommit t;
    t.now = clock.now();
    t.before = t.after = conversation(peer);
    t.inbound.conversation = {channel, inbox, ExternalId(peer), false};
    t.inbound.external_id = ExternalId(external_id);
    t.inbound.reply_token = ExternalId("token-" + external_id);
    t.inbound.own_id = "gh_1";
    t.stored_inbound.id = MessageId(uuid_v7(t.now, random));
    t.stored_inbound.text = words;
    if (!answer.empty()) {
        storage::StoredMessage out;
        out.id = MessageId(uuid_v7(t.now, random));
        out.from = storage::From::Bot;
        out.text = answer;
        t.outbound = out;
    }
    t.answer.content_type = "text/xml";
    t.answer.body = "<xml>" + answer + "</xml>";
    t.turn = TurnId(uuid_v7(t.now, random));
    t.decision = "answer";
    t.rule = "answer.confident";
    t.detail = R"({"text":")" + words + R"("})";
    t.confidence = 0.75;
    return t;
}

storage::TurnCommit Store::delivered_turn(const std::string& peer, const std::string& external_id,
                                          const std::string& words, bool offered) {
    auto t = turn(peer, external_id, words, "answer to " + words);
    storage::OutboxDraft draft;
    draft.id = OutboxId("out-" + external_id);
    draft.message = t.outbound->id;
    draft.offered = offered;
    draft.reply_token = t.inbound.reply_token;
    draft.own_id = t.inbound.own_id;
    t.outbox = draft;
    return t;
}

dialogue::Conversation Store::queued(const std::string& peer, bool risk) {
    auto t = turn(peer, peer + "-queue", "转人工", "好的");
    t.after.ownership.owner = desk::Owner::Queued;
    t.after.ownership.queued_at = t.after.ownership.waiting_since = clock.now();
    t.after.memory.topic = "T01";
    desk::Handover sheet;
    sheet.reason = "本人要求";
    sheet.matter = "被拖欠工资三万元";
    sheet.turns = 1;
    t.effects.push_back(dialogue::QueueForLawyer{sheet, risk});
    const auto outcome = commit(std::move(t));
    REQUIRE(outcome.has_value());
    REQUIRE(outcome->kind == storage::CommitOutcome::Kind::Committed);
    return conversation(peer);
}

casework::Application application(const std::string& id, int serial) {
    casework::Application a;
    a.id = ApplicationId(id);
    a.serial = serial;
    a.year = 2026;
    a.centre = "秦川";
    a.number = "秦川援申〔2026〕" + std::to_string(serial) + "号";
    a.state = casework::State::Submitted;
    a.topic = "T01";
    a.matter = "请求支付劳动报酬";
    a.facts = {{"name", "王秀英"}, {"phone", "13812345678"}, {"identity", "610101196001010005"}};
    a.version = 1;
    return a;
}

}  // namespace yuanda::test
