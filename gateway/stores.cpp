// Opening what is kept, in the order that finds a mistake before it can do harm: alone, schema, key, people.
#include "gateway/stores.hpp"

#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/passwords.hpp"
#include "storage/key_proof.hpp"

namespace yuanda::gateway {
namespace {

Started<std::unique_ptr<storage::Database>> open_and_migrate(const Config& config, const Clock& clock) {
    auto database = storage::Database::open(config.storage, clock);
    if (!database) return Fault{"database", database.error()};
    if (const auto alone = (*database)->claim_service(); !alone) return Fault{"database", alone.error()};
    if (const auto migrated = (*database)->migrate(); !migrated) return Fault{"migration", migrated.error()};
    log_info("database.open", {{"engine", (*database)->describe()}});
    return std::move(*database);
}

/// The key of the key file, made only where nothing has been sealed yet.
Started<Sealer> proved_key(const Config& config, storage::Database& database, Random& random) {
    const auto fresh = storage::may_make_key(database);
    if (!fresh) return Fault{"database", fresh.error()};
    auto sealer = Sealer::from_file(config.key_file, *fresh, random);
    if (!sealer) return Fault{"key file", sealer.error()};
    if (const auto proved = storage::prove_key(database, *sealer); !proved) return Fault{"key file", proved.error()};
    return std::move(*sealer);
}

/// The demo's staff, once: passwords stand in config/demo.toml and nowhere else.
Result<> seed_staff(const Config& config, storage::People& people, const Clock& clock, Random& random) {
    for (const auto& seed : config.staff) {
        const auto known = people.staff_by_login(seed.login);
        if (!known) return known.error();
        if (known->has_value()) continue;
        storage::Staff staff;
        staff.id = StaffId{uuid_v7(clock.now(), random)};
        staff.login = seed.login;
        staff.name = seed.name;
        staff.roles = seed.roles;
        staff.created_at = clock.now();
        const auto hash = hash_password(seed.password);
        if (!hash) return hash.error();
        staff.password_hash = *hash;
        if (const auto added = people.add_staff(staff, StaffId{}, clock.now()); !added) return added.error();
    }
    return {};
}

}  // namespace

Stores::Stores(std::unique_ptr<storage::Database> opened, Sealer key, Random& random)
    : database(std::move(opened)),
      sealer(std::move(key)),
      conversations(*database, sealer, random),
      outbox(*database, sealer),
      people(*database),
      applications(*database, sealer),
      events(*database),
      articles(*database),
      revisions(*database) {}

Started<std::unique_ptr<Stores>> open_stores(const Config& config, const Clock& clock, Random& random) {
    auto database = open_and_migrate(config, clock);
    if (!database) return database.error();
    auto sealer = proved_key(config, **database, random);
    if (!sealer) return sealer.error();
    auto stores = std::make_unique<Stores>(std::move(*database), std::move(*sealer), random);
    if (const auto seeded = seed_staff(config, stores->people, clock, random); !seeded)
        return Fault{"staff", seeded.error()};
    if (const auto recovered = stores->outbox.recover(clock.now()); recovered.has_value() && *recovered > 0)
        log_warning("outbox.unknown", {{"rows", static_cast<std::int64_t>(*recovered)}});
    return stores;
}

}  // namespace yuanda::gateway
