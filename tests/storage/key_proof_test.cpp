// A database opens with the key that sealed it, and says so before anybody reads gibberish.
#include "storage/key_proof.hpp"

#include "fixture.hpp"

using namespace yuanda;
using namespace yuanda::test;

namespace {

Sealer sealer_of(char letter, Random& random) { return Sealer::from_master(std::string(32, letter), random).value(); }

}  // namespace

TEST_CASE("a key file may be made for a database that holds nothing yet", "[storage][key]") {
    Store store(GENERATE(from_range(engines())));
    CHECK(storage::may_make_key(*store.database).value());
    REQUIRE(store.commit(store.turn("a", "a1", "hello", "answer")).has_value());
    CHECK_FALSE(storage::may_make_key(*store.database).value());
}

TEST_CASE("the first key is proved, another is refused ever after", "[storage][key]") {
    Store store(GENERATE(from_range(engines())));
    const auto right = sealer_of('a', store.random);
    const auto wrong = sealer_of('b', store.random);
    REQUIRE(storage::prove_key(*store.database, right).has_value());
    CHECK(storage::prove_key(*store.database, right).has_value());
    CHECK(storage::prove_key(*store.database, wrong).error().code == ErrorCode::InvalidInput);
    CHECK_FALSE(storage::may_make_key(*store.database).value());
}

TEST_CASE("a database older than the proof is proved by what it holds", "[storage][key]") {
    Store store(GENERATE(from_range(engines())));
    REQUIRE(store.commit(store.turn("a", "a1", "hello", "answer")).has_value());
    CHECK(storage::prove_key(*store.database, sealer_of('b', store.random)).error().code == ErrorCode::InvalidInput);
    CHECK(storage::prove_key(*store.database, store.sealer).has_value());
}
