// A whole staff interface over a real SQLite file: routes are called as a browser would, without a network.
#include "staff_fixture.hpp"

#include <barrier>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <mutex>

#include "core/seal.hpp"
#include "core/token.hpp"
#include "gateway/passwords.hpp"
#include "gateway/staff/auth.hpp"
#include "gateway/staff/cases_api.hpp"
#include "gateway/staff/desk_api.hpp"
#include "gateway/staff/routes.hpp"
#include "gateway/stores.hpp"
#include "storage/detail/session.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace yuanda::gateway::test {
namespace {

using yuanda::test::SeededRandom;

constexpr int kThreads = 2;  // of the pool

/// Reads topics no better than the tests need.
class PlainReader : public nlu::Reader {
public:
    nlu::Understanding read(std::string_view utterance) const override {
        nlu::Understanding understanding;
        understanding.original = std::string(utterance);
        understanding.normalised = nlu::normalise(utterance);
        return understanding;
    }
    std::string topic_name(std::string_view topic) const override { return topic == "T01" ? "欠薪" : ""; }
};

/// Staff routes never plan a turn.
class NoPlanner : public dialogue::Planner {
public:
    std::optional<dialogue::Lookup> lookup(const dialogue::Conversation&, const Message&, const nlu::Understanding&,
                                           TimePoint) const override {
        return std::nullopt;
    }
    dialogue::TurnPlan plan(const dialogue::Conversation&, const Message&, const nlu::Understanding&,
                            const dialogue::Findings&, const kb::Base&, const ApplicationId&,
                            TimePoint) const override {
        return {};
    }
};

class NoHttp : public HttpClient {
public:
    boost::asio::awaitable<Result<HttpAnswer>> call(HttpCall) override {
        co_return Error(ErrorCode::Unavailable, "unsent: no network in tests");
    }
};

std::shared_ptr<const Generation> small_base() {
    static const std::shared_ptr<const Generation> generation = [] {
        auto sources = kb::load_base_sources(yuanda::test::source_path("tests/fixtures/kb"));
        REQUIRE(sources.has_value());
        auto base = kb::Base::build(*sources);
        REQUIRE(base.has_value());
        auto index = kb::build_index(**base, "");
        REQUIRE(index.has_value());
        auto made = std::make_shared<Generation>();
        made->base = *base;
        made->index = std::move(*index);
        return made;
    }();
    return generation;
}

Config test_config(const yuanda::test::TemporaryFolder& folder) {
    Config config;
    config.root = YUANDA_SOURCE_DIR;
    config.storage.url = "sqlite:" + folder.path("yuanda.db");
    config.storage.readers = 2;
    adapters::InboxConfig web;
    web.id = InboxId{"web"};
    web.channel = Channel::Webchat;
    adapters::InboxConfig wechat;
    wechat.id = InboxId{"wechat"};
    wechat.channel = Channel::Wechat;
    wechat.token = "token1234";
    wechat.mode = "plain";
    wechat.app_id = "wx0000000000000001";
    wechat.app_secret = "0123456789abcdef0123456789abcdef";
    wechat.api = "http://127.0.0.1:9";
    config.inboxes = {web, wechat};
    return config;
}

/// Argon2id is slow on purpose: hashed once for all tests.
const std::string& password_hash() {
    static const std::string hash = [] {
        const auto made = hash_password(kPassword);
        REQUIRE(made.has_value());
        return *made;
    }();
    return hash;
}

template <class T>
T taken(Result<T> result) {
    if (!result.has_value()) FAIL("unexpected: " << result.error());
    return std::move(*result);
}

}  // namespace

struct StaffDesk::Parts {
    explicit Parts(yuanda::test::ManualClock& the_clock)
        : config(test_config(folder)),
          clock(the_clock),
          stores(taken(storage::Database::open(config.storage, clock)),
                 taken(Sealer::from_master(std::string(32, 'k'), random)), random),
          inboxes(taken(Inboxes::make(config.inboxes, http, clock, random))),
          knowledge(small_base()),
          publisher(config, stores.revisions, knowledge),
          desk(stores.conversations, calendar, clock, config.centre.hours, config.centre.phone),
          turns({pool, stores.conversations, stores.applications, reader, planner, knowledge, inboxes, desk, hub,
                 metrics, texts, clock, random, "秦川", RateLimit{}}),
          services{config,
                   clock,
                   random,
                   pool,
                   *stores.database,
                   stores.conversations,
                   stores.outbox,
                   stores.people,
                   stores.applications,
                   stores.events,
                   stores.articles,
                   stores.revisions,
                   calendar,
                   reader,
                   knowledge,
                   publisher,
                   inboxes,
                   desk,
                   hub,
                   metrics,
                   turns} {
        if (const auto migrated = stores.database->migrate(); !migrated) FAIL("cannot migrate: " << migrated.error());
        const auto year = calendar.add_year(yuanda::test::read_file("config/calendar/2026.json"));
        REQUIRE(year.has_value());
        staff::add_staff_routes(router, services);
        context = std::make_shared<staff::Context>(services, Texts{}, dialogue::Form{});
    }
    ~Parts() {
        pool.join();
        stores.database->close();
    }

    yuanda::test::TemporaryFolder folder;
    Config config;
    yuanda::test::ManualClock& clock;
    SeededRandom random;
    WorkerPool pool{kThreads};
    Stores stores;
    Calendar calendar;
    PlainReader reader;
    NoPlanner planner;
    NoHttp http;
    Inboxes inboxes;
    Knowledge knowledge;
    Publisher publisher;
    Texts texts;
    Hub hub;
    Metrics metrics;
    DeskState desk;
    TurnRunner turns;
    Services services;
    Router router;
    std::shared_ptr<staff::Context> context;
};

struct Ear::State {
    mutable std::mutex mutex;
    std::vector<std::string> notes;
};

Ear::Ear(Hub& hub, const std::string& topic) : state_(std::make_shared<State>()) {
    subscription_ = hub.subscribe(topic, [state = state_](const std::string& note) {
        const std::lock_guard lock{state->mutex};
        state->notes.push_back(note);
    });
}

std::vector<std::string> Ear::notes() const {
    const std::lock_guard lock{state_->mutex};
    return state_->notes;
}

bool Ear::heard(const std::string& part) const {
    for (const auto& note : notes())
        if (note.find(part) != std::string::npos) return true;
    return false;
}

StaffDesk::StaffDesk() : parts_(std::make_unique<Parts>(clock)) {}
StaffDesk::~StaffDesk() = default;
Services& StaffDesk::services() { return parts_->services; }
void StaffDesk::settle() {
    // Each thread of the pool comes to the barrier after whatever it was given before.
    auto all = std::make_shared<std::barrier<>>(kThreads + 1);
    for (int i = 0; i < kThreads; ++i) boost::asio::post(parts_->pool, [all] { all->arrive_and_wait(); });
    all->arrive_and_wait();
}
const Router& StaffDesk::router() const { return parts_->router; }
const std::shared_ptr<staff::Context>& StaffDesk::context() const { return parts_->context; }

storage::Staff StaffDesk::add_staff(const std::string& login, const std::string& name, std::vector<std::string> roles) {
    storage::Staff staff;
    staff.id = StaffId{"staff-" + login};
    staff.login = login;
    staff.name = name;
    staff.roles = std::move(roles);
    staff.password_hash = password_hash();
    staff.created_at = clock.now();
    const auto added = parts_->stores.people.add_staff(staff, StaffId{}, clock.now());
    REQUIRE(added.has_value());
    return staff;
}

Browser StaffDesk::browser(const storage::Staff& staff) {
    const std::string token = random_token(32, parts_->random);
    const std::string csrf = random_token(32, parts_->random);
    const auto added = parts_->stores.people.add_session(staff::new_session(staff.id, token, csrf, clock.now()));
    REQUIRE(added.has_value());
    return {staff.id, "__Host-yuanda=" + token, csrf};
}

Browser StaffDesk::browser_of(const std::string& name, std::vector<std::string> roles) {
    static int counter = 0;
    return browser(add_staff("person" + std::to_string(++counter), name, std::move(roles)));
}

Request StaffDesk::request(const Browser& who, const std::string& method, const std::string& target,
                           const Json& body) const {
    Request request;
    request.id = "req-1";
    request.method = method;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = parse_query(target.substr(mark + 1)).value();
    request.headers = {{"host", "desk.example"},
                       {"origin", "https://desk.example"},
                       {"cookie", who.cookie},
                       {"x-csrf-token", who.csrf}};
    if (!body.is_null()) request.body = body.dump();
    request.address = "192.0.2.1";
    request.secure = true;
    return request;
}

Response StaffDesk::call(Request request) {
    const auto match = parts_->router.find(request.method, request.path);
    REQUIRE(match.route != nullptr);
    request.params = match.params;
    boost::asio::io_context io;
    std::optional<Response> answer;
    boost::asio::co_spawn(io, match.route->handler(std::move(request)),
                          [&](std::exception_ptr failure, Response response) {
                              if (failure) std::rethrow_exception(failure);
                              answer = std::move(response);
                          });
    io.run();
    REQUIRE(answer.has_value());
    return std::move(*answer);
}

Response StaffDesk::call(const Browser& who, const std::string& method, const std::string& target, const Json& body) {
    return call(request(who, method, target, body));
}

namespace {
storage::TurnCommit new_turn(StaffDesk& desk, const std::string& inbox, const std::string& peer,
                             const std::string& words, int n) {
    storage::TurnCommit turn;
    turn.now = desk.clock.now();
    const InboxId id{inbox};
    turn.before = taken(desk.services().conversations.find(id, ExternalId{peer})).value_or(dialogue::Conversation{});
    turn.after = turn.before;
    turn.inbound.conversation = {inbox == "web" ? Channel::Webchat : Channel::Wechat, id, ExternalId{peer}, false};
    turn.inbound.external_id = ExternalId{"in-" + std::to_string(n)};
    turn.inbound.own_id = "gh_1";
    turn.stored_inbound.id = MessageId{"message-in-" + std::to_string(n)};
    turn.stored_inbound.text = words;
    turn.turn = TurnId{"turn-" + std::to_string(n)};
    turn.decision = "handoff";
    turn.rule = "command.human";
    turn.detail = "{}";
    return turn;
}

void commit(StaffDesk& desk, storage::TurnCommit turn) {
    std::promise<Result<storage::CommitOutcome>> done;
    desk.services().conversations.commit_turn(std::move(turn), [&](auto result) { done.set_value(std::move(result)); });
    const auto outcome = taken(done.get_future().get());
    REQUIRE(outcome.kind == storage::CommitOutcome::Kind::Committed);
}
}  // namespace

ConversationId StaffDesk::contact_wrote(const std::string& inbox, const std::string& peer, const std::string& words,
                                        bool queue, std::optional<TimePoint> promise) {
    auto turn = new_turn(*this, inbox, peer, words, ++turns_);
    turn.after.ownership = desk::contact_wrote(turn.before.ownership, clock.now());
    if (queue) {
        turn.after.ownership = desk::request_human(turn.before.ownership, clock.now());
        turn.after.memory.topic = "T01";
        desk::Handover sheet;
        sheet.reason = "本人要求";
        sheet.matter = "被拖欠工资三万元";
        sheet.turns = 1;
        turn.effects.push_back(dialogue::QueueForLawyer{sheet, false});
        if (promise) turn.effects.push_back(dialogue::MakePromise{*promise, "reply"});
    }
    commit(*this, std::move(turn));
    return taken(services().conversations.find(InboxId{inbox}, ExternalId{peer}))->id;
}

void StaffDesk::wants_to_apply(const std::string& inbox, const std::string& peer) {
    auto turn = new_turn(*this, inbox, peer, "申请", ++turns_);
    turn.after.memory.wants_to_apply = true;
    commit(*this, std::move(turn));
}

ApplicationId StaffDesk::application(const std::string& peer, int serial, const std::string& inbox) {
    auto turn = new_turn(*this, inbox, peer, "提交", ++turns_);
    casework::Application a;
    a.id = ApplicationId{"application-" + std::to_string(serial)};
    a.serial = serial;
    a.year = 2026;
    a.centre = "秦川";
    a.number = casework::application_number(a.centre, a.year, a.serial);
    a.state = casework::State::Submitted;
    a.topic = "T01";
    a.matter = "请求支付劳动报酬";
    a.facts = {{"name", "王秀英"}, {"phone", "13812345678"}, {"hardship", "migrant"}, {"deadline", "2026-12-02"}};
    a.submitted_at = clock.now();
    a.version = 1;
    turn.effects.push_back(dialogue::SubmitApplication{a});
    commit(*this, std::move(turn));
    return a.id;
}

std::vector<storage::StoredMessage> StaffDesk::messages(const ConversationId& id) {
    return taken(services().conversations.messages(id, 0, 100, true));
}

storage::ConversationRow StaffDesk::row(const ConversationId& id) {
    const auto row = taken(services().conversations.row(id));
    REQUIRE(row.has_value());
    return *row;
}

std::int64_t StaffDesk::events(const std::string& kind) {
    std::int64_t count = -1;
    const auto done = services().database.read([&](storage::Session& session) -> Result<> {
        storage::Query(session, "SELECT COUNT(*) FROM event WHERE kind = :kind").in(kind).out(count).next();
        return {};
    });
    REQUIRE(done.has_value());
    return count;
}

Json json_of(const Response& response) {
    INFO(response.body);
    const auto parsed = parse_json(response.body);
    REQUIRE(parsed.has_value());
    return *parsed;
}

std::string header_of(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

std::string error_of(const Response& response) { return text_or(json_of(response)["error"], "message"); }

}  // namespace yuanda::gateway::test
