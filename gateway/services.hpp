// Everything the request handlers may use, wired once in main's order.
#pragma once

#include "gateway/config.hpp"
#include "gateway/desk_state.hpp"
#include "gateway/hub.hpp"
#include "gateway/inboxes.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/metrics.hpp"
#include "gateway/publisher.hpp"
#include "gateway/turn_runner.hpp"
#include "gateway/worker_pool.hpp"
#include "storage/applications.hpp"
#include "storage/articles.hpp"
#include "storage/conversations.hpp"
#include "storage/events.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"
#include "storage/revisions.hpp"

namespace yuanda::gateway {

/// References to objects that outlive every handler; all of them are thread-safe.
struct Services {
    const Config& config;
    const Clock& clock;
    Random& random;
    WorkerPool& pool;
    storage::Database& database;
    storage::Conversations& conversations;
    storage::Outbox& outbox;
    storage::People& people;
    storage::Applications& applications;
    storage::Events& events;
    storage::Articles& articles;
    storage::Revisions& revisions;
    const Calendar& calendar;
    const nlu::Reader& reader;
    Knowledge& knowledge;
    Publisher& publisher;
    const Inboxes& inboxes;
    DeskState& desk;
    Hub& hub;
    Metrics& metrics;
    TurnRunner& turns;
};

/// Topic under which a citizen's page of (inbox, peer) is woken.
std::string peer_topic(const InboxId& inbox, const ExternalId& peer);

/// Registers a handler that blocks (SQL): it runs on the worker pool.
using BlockingHandler = std::function<Response(const Request&)>;
Handler blocking(Services& services, BlockingHandler handler);

}  // namespace yuanda::gateway
