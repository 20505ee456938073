// Ids and tokens.
#include <catch2/catch.hpp>

#include "core/token.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;

TEST_CASE("a UUIDv7 carries its time, version and variant, and sorts by time", "[core][token]") {
    test::SeededRandom random;
    const std::string first = uuid_v7(from_epoch_ms(1'795'485'600'000), random);
    const std::string later = uuid_v7(from_epoch_ms(1'795'485'600'001), random);
    CHECK(first.size() == 36);
    CHECK(first.substr(0, 13) == "01a20b48-0900");
    CHECK(first[14] == '7');
    CHECK(std::string("89ab").find(first[19]) != std::string::npos);
    CHECK(first < later);
}

TEST_CASE("SHA-256 is the standard's", "[core][token]") {
    // FIPS 180-2, appendix B.1
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("secrets are equal only when every byte is", "[core][token]") {
    CHECK(equal_secret("abc", "abc"));
    CHECK_FALSE(equal_secret("abc", "abd"));
    CHECK_FALSE(equal_secret("abc", "ab"));
    CHECK(equal_secret("", ""));
}

TEST_CASE("tokens are as long as asked and do not repeat", "[core][token]") {
    test::SeededRandom random;
    CHECK(random_token(32, random).size() == 64);
    CHECK(random_token(16, random) != random_token(16, random));
}
