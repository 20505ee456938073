// What is kept: the database, the key that opens it, and the stores on top, ready before anything listens.
#pragma once

#include <memory>
#include <string>

#include "core/seal.hpp"
#include "gateway/config.hpp"
#include "storage/applications.hpp"
#include "storage/articles.hpp"
#include "storage/conversations.hpp"
#include "storage/events.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"
#include "storage/revisions.hpp"

namespace yuanda::gateway {

/// Why the service cannot start: the part that failed, as the operator is told.
struct Fault {
    std::string part;  // "key file"
    Error error;
};
template <class T>
using Started = boost::system::result<T, Fault>;

/// The stores are thread-safe; declaration order is dependency order.
struct Stores {
    Stores(std::unique_ptr<storage::Database> opened, Sealer key, Random& random);

    std::unique_ptr<storage::Database> database;
    Sealer sealer;
    storage::Conversations conversations;
    storage::Outbox outbox;
    storage::People people;
    storage::Applications applications;
    storage::Events events;
    storage::Articles articles;
    storage::Revisions revisions;
};

/// Opens and migrates the database, proves the key, adds the configured staff once, and marks what a sender that died
/// left behind. `clock` and `random` must outlive the stores.
Started<std::unique_ptr<Stores>> open_stores(const Config& config, const Clock& clock, Random& random);

}  // namespace yuanda::gateway
