// main's other half: the only place that knows everyone. Declaration order is dependency order.
#include "gateway/app.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <iostream>
#include <thread>

#include "core/token.hpp"
#include "gateway/chat/chat_api.hpp"
#include "gateway/delivery.hpp"
#include "gateway/demo_talks.hpp"
#include "gateway/housekeeping.hpp"
#include "gateway/http_client.hpp"
#include "gateway/log.hpp"
#include "gateway/pages.hpp"
#include "gateway/passwords.hpp"
#include "gateway/sources.hpp"
#include "gateway/staff/routes.hpp"
#include "gateway/webhooks.hpp"
#include "storage/key_proof.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;

constexpr int kIoThreads = 2;
constexpr int kWorkers = 8;
constexpr int kOutboundThreads = 4;
constexpr std::chrono::seconds kDrain{10};   // for running turns and calls to platforms (5 s each at most)
constexpr std::chrono::seconds kCancel{20};  // for what was cancelled then

int exit_code(const Error& error) {
    switch (error.code) {
        case ErrorCode::InvalidInput:
        case ErrorCode::NotFound: return 3;  // the key file is not where the configuration says
        case ErrorCode::Conflict: return 7;  // schema newer than this binary
        case ErrorCode::Forbidden: return 6;
        case ErrorCode::Unavailable: return 5;
        default: return 1;
    }
}

int explain(std::string_view what, const Error& error) {
    log_error("start.failed", {{"part", std::string(what)}, {"code", std::string(name_of(error.code))}});
    std::cerr << what << ": " << error.detail << "\n";
    return exit_code(error);
}

/// Headers of every answer; a page overrides the policy with its own.
std::vector<std::pair<std::string, std::string>> standard_headers(const Config& config) {
    std::vector<std::pair<std::string, std::string>> headers{
        {"content-security-policy", content_security_policy({})},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "no-referrer"},
        {"cache-control", "no-store"},
        {"cross-origin-opener-policy", "same-origin"},
        {"cross-origin-resource-policy", "same-origin"},
        {"permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"}};
    if (!config.listen.tls.certificate.empty())
        headers.emplace_back("strict-transport-security", "max-age=31536000; includeSubDomains");
    return headers;
}

/// The demo's staff, once: passwords stand in config/demo.toml and nowhere else.
Result<> seed_staff(const Config& config, storage::People& people, const Clock& clock, Random& random) {
    for (const auto& seed : config.staff) {
        const auto known = people.staff_by_login(seed.login);
        if (!known.has_value()) return known.error();
        if (known->has_value()) continue;
        storage::Staff staff;
        staff.id = StaffId{uuid_v7(clock.now(), random)};
        staff.login = seed.login;
        staff.name = seed.name;
        staff.roles = seed.roles;
        staff.created_at = clock.now();
        const auto hash = hash_password(seed.password);
        if (!hash.has_value()) return hash.error();
        staff.password_hash = *hash;
        if (const auto added = people.add_staff(staff, StaffId{}, clock.now()); !added) return added.error();
    }
    return {};
}

/// The I/O threads, joined whatever happens.
class IoThreads {
public:
    IoThreads(asio::io_context& io, int count) : io_(io), keep_(asio::make_work_guard(io)) {
        for (int i = 0; i < count; ++i) threads_.emplace_back([this] { io_.run(); });
    }
    ~IoThreads() { stop(); }
    void stop() {
        keep_.reset();
        io_.stop();
        for (auto& thread : threads_)
            if (thread.joinable()) thread.join();
    }

private:
    asio::io_context& io_;
    asio::executor_work_guard<asio::io_context::executor_type> keep_;
    std::vector<std::thread> threads_;
};

/// Blocks until SIGTERM or SIGINT.
void wait_for_signal() {
    asio::io_context io;
    asio::signal_set signals{io, SIGTERM, SIGINT};
    signals.async_wait([](const boost::system::error_code&, int) {});
    io.run();
}

/// Stop accepting and claiming, let running turns and deliveries end, cancel what is left, join.
void drain(Server& server, Server& private_server, const TurnRunner& turns, Delivery& delivery, TaskGroup& tasks) {
    server.stop();
    private_server.stop();
    delivery.stop();
    const auto deadline = std::chrono::steady_clock::now() + kDrain;
    while ((turns.in_flight() > 0 || delivery.in_flight() > 0) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    tasks.stop();
    if (tasks.join(kCancel)) return;
    // A coroutine that outlives what it refers to must not be resumed or destroyed; all that counts is on disk.
    log_error("server.stuck", {{"tasks", static_cast<std::int64_t>(tasks.size())}});
    std::_Exit(1);
}

}  // namespace

int serve(const Config& config) {
    set_log_level(config.log_level);
    SystemClock clock;
    SystemRandom random;
    auto database = storage::Database::open(config.storage, clock);
    if (!database.has_value()) return explain("database", database.error());
    if (const auto migrated = (*database)->migrate(); !migrated.has_value())
        return explain("migration", migrated.error());
    log_info("database.open", {{"engine", (*database)->describe()}});
    const auto fresh = storage::may_make_key(**database);
    if (!fresh.has_value()) return explain("database", fresh.error());
    auto sealer = Sealer::from_file(config.key_file, *fresh, random);
    if (!sealer.has_value()) return explain("key file", sealer.error());
    if (const auto proved = storage::prove_key(**database, *sealer); !proved)
        return explain("key file", proved.error());

    storage::Conversations conversations{**database, *sealer, random};
    storage::Outbox outbox{**database, *sealer};
    storage::People people{**database};
    storage::Applications applications{**database, *sealer};
    storage::Events events{**database};
    storage::Articles articles{**database};
    storage::Revisions revisions{**database};
    if (const auto seeded = seed_staff(config, people, clock, random); !seeded) return explain("staff", seeded.error());
    if (const auto recovered = outbox.recover(clock.now()); recovered.has_value() && *recovered > 0)
        log_warning("outbox.unknown", {{"rows", static_cast<std::int64_t>(*recovered)}});

    const auto deciders = make_deciders(config.root, config.centre);
    if (!deciders.has_value()) return explain("config tables", deciders.error());
    auto generation = build_generation(config.root, config.index_dir);
    if (!generation.has_value()) return explain("knowledge base", generation.error());
    Knowledge knowledge{std::move(*generation)};
    Publisher publisher{config, revisions, knowledge};
    if (const auto served = publisher.refresh(); !served.has_value()) return explain("knowledge base", served.error());
    const auto texts = Texts::from_file(config.root + "/config/texts/gateway.toml");
    if (!texts.has_value()) return explain("texts", texts.error());

    asio::io_context io{kIoThreads};
    WorkerPool pool{kWorkers};
    WorkerPool outbound{kOutboundThreads};
    TaskGroup tasks{io.get_executor(), [](const std::string& name, const std::string& what) {
                        log_error("task.failed", {{"task", name}, {"what", what}});
                    }};
    HttplibClient http{outbound};
    const auto inboxes = Inboxes::make(config.inboxes, http, clock, random);
    if (!inboxes.has_value()) return explain("inboxes", inboxes.error());

    Hub hub;
    Metrics metrics;
    DeskState desk{conversations, *deciders->calendar, clock, config.centre.hours, config.centre.phone};
    TurnRunner turns{{pool, conversations, applications, *deciders->reader, *deciders->planner, knowledge, *inboxes,
                      desk, hub, metrics, *texts, clock, random, config.centre.short_name, config.limits.per_contact}};
    Services services{config,
                      clock,
                      random,
                      pool,
                      **database,
                      conversations,
                      outbox,
                      people,
                      applications,
                      events,
                      articles,
                      revisions,
                      *deciders->calendar,
                      *deciders->reader,
                      knowledge,
                      publisher,
                      *inboxes,
                      desk,
                      hub,
                      metrics,
                      turns};
    Visitors visitors{services};
    const Pages pages = Pages::load(config.web_dir);
    if (!pages.present()) log_warning("pages.missing", {{"dir", config.web_dir}});

    Router router;
    add_webhook_routes(router, services);
    add_chat_routes(router, services, visitors, *texts);
    staff::add_staff_routes(router, services);
    add_page_routes(router, services, pages);
    Router private_router;
    add_private_routes(private_router, services);

    ServerConfig listen = config.listen;
    listen.limits = config.limits.server;
    listen.headers = standard_headers(config);
    RateLimiter limiter{config.limits.per_address, clock};
    const auto server = make_server(io, tasks, listen, router, &limiter, random);
    const auto private_server = make_server(io, tasks, config.private_listen, private_router, nullptr, random);
    IoThreads threads{io, kIoThreads};
    if (const auto started = server->start(); !started) return explain("listen", started.error());
    if (const auto started = private_server->start(); !started) return explain("private listen", started.error());
    Delivery delivery{services, tasks};
    tasks.spawn("outbox", delivery.run());
    tasks.spawn("housekeeping", keep_house(services));
    log_info("server.listening", {{"address", config.listen.address},
                                  {"port", std::int64_t{server->port()}},
                                  {"private_port", std::int64_t{private_server->port()}}});
    std::atomic<bool> stopping{false};
    if (!config.demo_talks.empty())
        asio::post(pool, [&services, &stopping] {
            if (const auto held = hold_demo_talks(services, stopping); !held)
                log_warning("demo.talks", {{"code", std::string(name_of(held.error().code))}});
        });
    wait_for_signal();
    log_info("server.stopping");
    stopping = true;
    drain(*server, *private_server, turns, delivery, tasks);
    threads.stop();
    pool.join();
    outbound.join();
    (*database)->close();
    log_info("server.stopped");
    return 0;
}

}  // namespace yuanda::gateway
