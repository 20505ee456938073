// Opens an engine and ties its readers and its writer together.
#include "storage/database.hpp"

#include <future>

#include "storage/detail/migrations.hpp"
#include "storage/detail/pool.hpp"
#include "storage/detail/writer.hpp"

namespace yuanda::storage {
namespace {

class GroupDatabase : public Database {
public:
    GroupDatabase(std::unique_ptr<Dialect> dialect, const DatabaseConfig& config, const Clock& clock)
        : clock_(&clock),
          dialect_(std::move(dialect)),
          writer_(*dialect_, config),
          readers_(*dialect_, config.readers) {
        (void)readers_.read([&](Session& session) { return description_ = session.describe(), Result<>(); });
    }
    ~GroupDatabase() override { shut(); }

    Result<> claim_service() override {
        try {
            if (dialect_->claim_service()) return {};
        } catch (const SqlFailure&) {
            return Error(ErrorCode::Unavailable, "the lock beside the database cannot be opened");
        }
        return Error(ErrorCode::Unavailable, "another process already serves this database: stop it first");
    }

    Result<int> migrate() override {
        int count = 0;
        const auto done = write([&](Session& session) -> Result<> {
            const auto applied = apply_migrations(session, to_epoch_ms(clock_->now()));
            if (!applied) return applied.error();
            count = *applied;
            return {};
        });
        if (!done) return done.error();
        return count;
    }

    Result<int> schema_version() override {
        int version = 0;
        const auto done = read([&](Session& session) -> Result<> {
            const auto found = storage::schema_version(session);
            if (!found) return found.error();
            version = *found;
            return {};
        });
        if (!done) return done.error();
        return version;
    }

    Result<> read(const std::function<Result<>(Session&)>& work) override { return readers_.read(work); }
    void write_later(Work work, Done done, std::string order) override {
        writer_.submit(std::move(work), std::move(done), std::move(order));
    }
    DatabaseCounters counters() const override { return writer_.counters(); }
    bool shared() const override { return dialect_->shared(); }
    std::string describe() const override { return description_; }
    void close() override { shut(); }

private:
    void shut() {
        // What is queued is written first; then readers go before the writer, whose last close empties the WAL.
        writer_.close();
        readers_.close();
    }

    const Clock* clock_;
    std::unique_ptr<Dialect> dialect_;
    Writer writer_;
    Pool readers_;
    std::string description_;
};

}  // namespace

Result<std::unique_ptr<Dialect>> dialect_of(const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return make_postgres(url);
    if (!url.starts_with(kSqlite)) return invalid("storage.url must begin with sqlite: or postgresql://");
    const std::string path = url.substr(kSqlite.size());
    // Readers and the writer are separate connections, so the database must be a file they share.
    if (path.empty() || path.starts_with(":") || path.find('"') != std::string::npos)
        return invalid("storage.url must name a file");
    return make_sqlite(path);
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseConfig& config, const Clock& clock) {
    auto dialect = dialect_of(config.url);
    if (!dialect) return dialect.error();
    try {
        return std::unique_ptr<Database>(std::make_unique<GroupDatabase>(std::move(*dialect), config, clock));
    } catch (const soci::soci_error&) {  // its text may hold the password of the URL
        return Error(ErrorCode::Unavailable, "the database cannot be opened");
    } catch (const SqlFailure& failure) {
        return Error(ErrorCode::Unavailable, "the database cannot be opened: " + failure.error.detail);
    }
}

int Database::newest_schema() { return migrations().back().version; }

Result<> Database::write(Work work, std::string order) {
    std::promise<Result<>> outcome;
    write_later(
        std::move(work), [&](Result<> result) { outcome.set_value(std::move(result)); }, std::move(order));
    return outcome.get_future().get();
}

}  // namespace yuanda::storage
