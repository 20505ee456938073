// Passwords that are good enough, and what checking them costs.
#include "gateway/passwords.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "tests/support/seeded_random.hpp"

using namespace yuanda;
using namespace yuanda::gateway;

TEST_CASE("a password is long, mixed and not the login", "[gateway][passwords]") {
    const auto [password, login, good] = GENERATE(table<std::string, std::string, bool>({
        {"Abcdefgh12", "wangyi", true},
        {"abcdefgh1-", "wangyi", true},
        {"ABCdefghij!", "wangyi", true},
        {"律师的密码真的很长Ab", "wangyi", true},
        {"Abcdefg12", "wangyi", false},      // nine
        {"律师密码短Ab1", "wangyi", false},  // eight characters, however many bytes
        {"abcdefghi123", "wangyi", false},   // two classes
        {"abcdefghijkl", "wangyi", false},
        {"WangYi-12345", "wangyi", false},  // holds the login
        {"WangYi-12345", "", true},
        {"Abcdefgh1\xff", "wangyi", false},  // not UTF-8
        {std::string(120, 'a') + "Bcdefgh12", "wangyi", false},
    }));
    INFO(password);
    CHECK(check_password(password, login).has_value() == good);
}

TEST_CASE("a hash opens for its password alone", "[gateway][passwords]") {
    const auto hash = hash_password("Abcdefgh12");
    REQUIRE(hash.has_value());
    CHECK(hash->starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    CHECK(verify_password(*hash, "Abcdefgh12"));
    CHECK_FALSE(verify_password(*hash, "Abcdefgh13"));
    CHECK_FALSE(verify_password(*hash, ""));
}

TEST_CASE("two hashes of one password differ", "[gateway][passwords]") {
    const auto first = hash_password("Abcdefgh12");
    const auto second = hash_password("Abcdefgh12");
    REQUIRE((first.has_value() && second.has_value()));
    CHECK(*first != *second);
}

TEST_CASE("a login without a hash never opens", "[gateway][passwords]") {
    const auto broken = GENERATE(as<std::string>{}, "", "x", "$argon2id$", "nobody has this");
    CHECK_FALSE(verify_password(broken, "nobody has this"));
}

TEST_CASE("one-time passwords meet the rules, are easy to copy and never repeat", "[gateway][passwords]") {
    test::SeededRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto password = one_time_password(random);
        CHECK(check_password(password, "admin").has_value());
        CHECK(password.size() == 19);
        CHECK(password.find_first_of("0o1liuv") == std::string::npos);
        CHECK(seen.insert(password).second);
    }
}
