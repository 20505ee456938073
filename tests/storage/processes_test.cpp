// Several processes at one SQLite file: locks that hold, and one server at most.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;

namespace {

/// Whether another process sees a lock of ours on SQLite's shared range (sqlite.org/fileformat2.html section 1.2 and
/// os.h: SHARED_FIRST is byte 2 after 1 GiB, 510 long). A process never sees its own locks, hence the fork.
bool others_see_lock(const std::string& file) {
    const pid_t child = ::fork();
    if (child == 0) {
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002;
        lock.l_len = 510;
        const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
        const bool seen = fd >= 0 && ::fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
        ::_exit(seen ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("the lock on a SQLite file outlives connections that come later", "[storage][processes]") {
    Store store(EngineKind::Sqlite);
    const auto file = store.place.url().substr(std::string("sqlite:").size());
    CHECK(others_see_lock(file));
    REQUIRE(open_database(store.place.url(), store.clock) != nullptr);  // a second set of connections, closed again
    CHECK(others_see_lock(file));
    store.database.reset();
    CHECK_FALSE(others_see_lock(file));
}

TEST_CASE("only one process serves a SQLite file, any number a PostgreSQL database", "[storage][processes]") {
    const auto engine = GENERATE(from_range(engines()));
    Store store(engine);
    REQUIRE(store.database->claim_service().has_value());
    auto other = open_database(store.place.url(), store.clock);
    CHECK(other->claim_service().has_value() == (engine == EngineKind::Postgres));
    store.database.reset();
    CHECK(other->claim_service().has_value());
}
