// main's other half: the only place that knows everyone. Declaration order is dependency order.
#include "gateway/app.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <iostream>
#include <thread>

#include "gateway/chat/chat_api.hpp"
#include "gateway/delivery.hpp"
#include "gateway/demo_talks.hpp"
#include "gateway/housekeeping.hpp"
#include "gateway/http_client.hpp"
#include "gateway/log.hpp"
#include "gateway/pages.hpp"
#include "gateway/sources.hpp"
#include "gateway/staff/routes.hpp"
#include "gateway/stores.hpp"
#include "gateway/webhooks.hpp"

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

int explain(const Fault& fault) {
    log_error("start.failed", {{"part", fault.part}, {"code", std::string(name_of(fault.error.code))}});
    std::cerr << fault.part << ": " << fault.error.detail << "\n";
    return exit_code(fault.error);
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

ServerConfig public_listener(const Config& config) {
    ServerConfig listen = config.listen;
    listen.limits = config.limits.server;
    listen.headers = standard_headers(config);
    return listen;
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

/// What the operator's files say: tables, knowledge base, sentences.
struct Tables {
    Deciders deciders;
    std::shared_ptr<const Generation> generation;
    Texts texts;
};

Started<std::unique_ptr<Tables>> read_tables(const Config& config) {
    auto deciders = make_deciders(config.root, config.centre);
    if (!deciders) return Fault{"config tables", deciders.error()};
    auto generation = build_generation(config.root, config.index_dir);
    if (!generation) return Fault{"knowledge base", generation.error()};
    auto texts = Texts::from_file(config.root + "/config/texts/gateway.toml");
    if (!texts) return Fault{"texts", texts.error()};
    return std::make_unique<Tables>(Tables{std::move(*deciders), std::move(*generation), std::move(*texts)});
}

/// What the machine is made of and does not own; all of it outlives the machine.
struct Parts {
    const Config& config;
    Stores& stores;
    const Tables& tables;
    const Inboxes& inboxes;
    const Clock& clock;
    Random& random;
};

/// The running service: turns, delivery, routes and listeners.
class Machine {
public:
    explicit Machine(const Parts& parts);
    /// Serves until SIGTERM or SIGINT.
    Started<void> run();

private:
    TurnRunner::Parts turn_parts(const Parts& parts);
    Services services_of(const Parts& parts);
    Started<void> start();
    void hold_talks();
    void drain();

    const Config& config_;
    const Texts& texts_;
    std::atomic<bool> stopping_{false};
    asio::io_context io_{kIoThreads};
    WorkerPool pool_{kWorkers};
    TaskGroup tasks_;
    Knowledge knowledge_;
    Publisher publisher_;
    Hub hub_;
    Metrics metrics_;
    DeskState desk_;
    TurnRunner turns_;
    Services services_;
    Visitors visitors_;
    Pages pages_;
    Router router_;
    Router private_router_;
    RateLimiter limiter_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Server> private_server_;
    Delivery delivery_;
};

Machine::Machine(const Parts& parts)
    : config_(parts.config),
      texts_(parts.tables.texts),
      tasks_(io_.get_executor(),
             [](const std::string& name, const std::string& what) {
                 log_error("task.failed", {{"task", name}, {"what", what}});
             }),
      knowledge_(parts.tables.generation),
      publisher_(config_, parts.stores.revisions, knowledge_),
      desk_(parts.stores.conversations, *parts.tables.deciders.calendar, parts.clock, config_.centre.hours,
            config_.centre.phone),
      turns_(turn_parts(parts)),
      services_(services_of(parts)),
      visitors_(services_),
      pages_(Pages::load(config_.web_dir)),
      limiter_(config_.limits.per_address, parts.clock),
      server_(make_server(io_, tasks_, public_listener(config_), router_, &limiter_, parts.random)),
      private_server_(make_server(io_, tasks_, config_.private_listen, private_router_, nullptr, parts.random)),
      delivery_(services_, tasks_) {
    if (!pages_.present()) log_warning("pages.missing", {{"dir", config_.web_dir}});
    add_webhook_routes(router_, services_);
    add_chat_routes(router_, services_, visitors_, texts_);
    staff::add_staff_routes(router_, services_);
    add_page_routes(router_, services_, pages_);
    add_private_routes(private_router_, services_);
}

TurnRunner::Parts Machine::turn_parts(const Parts& parts) {
    const auto& deciders = parts.tables.deciders;
    return {pool_,
            parts.stores.conversations,
            parts.stores.applications,
            *deciders.reader,
            *deciders.planner,
            knowledge_,
            parts.inboxes,
            desk_,
            hub_,
            metrics_,
            texts_,
            parts.clock,
            parts.random,
            config_.centre.short_name,
            config_.limits.per_contact};
}

Services Machine::services_of(const Parts& parts) {
    auto& stores = parts.stores;
    const auto& deciders = parts.tables.deciders;
    return {config_,
            parts.clock,
            parts.random,
            pool_,
            *stores.database,
            stores.conversations,
            stores.outbox,
            stores.people,
            stores.applications,
            stores.events,
            stores.articles,
            stores.revisions,
            *deciders.calendar,
            *deciders.reader,
            knowledge_,
            publisher_,
            parts.inboxes,
            desk_,
            hub_,
            metrics_,
            turns_};
}

Started<void> Machine::start() {
    if (const auto served = publisher_.refresh(); !served) return Fault{"knowledge base", served.error()};
    if (const auto started = server_->start(); !started) return Fault{"listen", started.error()};
    if (const auto started = private_server_->start(); !started) return Fault{"private listen", started.error()};
    tasks_.spawn("outbox", delivery_.run());
    tasks_.spawn("housekeeping", keep_house(services_));
    log_info("server.listening", {{"address", config_.listen.address},
                                  {"port", std::int64_t{server_->port()}},
                                  {"private_port", std::int64_t{private_server_->port()}}});
    return {};
}

void Machine::hold_talks() {
    if (config_.demo_talks.empty()) return;
    asio::post(pool_, [this] {
        if (const auto held = hold_demo_talks(services_, stopping_); !held)
            log_warning("demo.talks", {{"code", std::string(name_of(held.error().code))}});
    });
}

/// Stop accepting and claiming, let running turns and deliveries end, cancel what is left, join.
void Machine::drain() {
    stopping_ = true;
    server_->stop();
    private_server_->stop();
    delivery_.stop();
    const auto deadline = std::chrono::steady_clock::now() + kDrain;
    while ((turns_.in_flight() > 0 || delivery_.in_flight() > 0) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    tasks_.stop();
    if (tasks_.join(kCancel)) return;
    // A coroutine that outlives what it refers to must not be resumed or destroyed; all that counts is on disk.
    log_error("server.stuck", {{"tasks", static_cast<std::int64_t>(tasks_.size())}});
    std::_Exit(1);
}

Started<void> Machine::run() {
    IoThreads threads{io_, kIoThreads};
    if (const auto started = start(); !started) return started.error();
    hold_talks();
    wait_for_signal();
    log_info("server.stopping");
    drain();
    threads.stop();
    pool_.join();
    return {};
}

}  // namespace

int serve(const Config& config) {
    set_log_level(config.log_level);
    const SystemClock clock;
    SystemRandom random;
    const auto stores = open_stores(config, clock, random);
    if (!stores) return explain(stores.error());
    const auto tables = read_tables(config);
    if (!tables) return explain(tables.error());
    WorkerPool outbound{kOutboundThreads};
    HttplibClient http{outbound};
    const auto inboxes = Inboxes::make(config.inboxes, http, clock, random);
    if (!inboxes) return explain({"inboxes", inboxes.error()});

    Machine machine{{config, **stores, **tables, *inboxes, clock, random}};
    if (const auto ran = machine.run(); !ran) return explain(ran.error());
    outbound.join();
    (*stores)->database->close();
    log_info("server.stopped");
    return 0;
}

}  // namespace yuanda::gateway
