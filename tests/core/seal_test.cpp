// Sealed fields open where they were sealed and nowhere else.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "core/seal.hpp"
#include "tests/support/seeded_random.hpp"

using namespace yuanda;
namespace fs = std::filesystem;

namespace {
const std::string kMaster(32, 'k');
constexpr SealPlace kPlace{"contact", "name", "c1"};
}  // namespace

TEST_CASE("a sealed field comes back, and shows nothing of what it holds", "[core][seal]") {
    test::SeededRandom random;
    const auto sealer = Sealer::from_master(kMaster, random);
    REQUIRE(sealer.has_value());
    const std::string sealed = sealer->seal("王秀英", kPlace);
    CHECK(sealed.find("王") == std::string::npos);
    CHECK(sealed != sealer->seal("王秀英", kPlace));
    const auto opened = sealer->open(sealed, kPlace);
    REQUIRE(opened.has_value());
    CHECK(*opened == "王秀英");
}

TEST_CASE("a field that was moved, changed or sealed by another key stays shut", "[core][seal]") {
    test::SeededRandom random;
    const auto sealer = Sealer::from_master(kMaster, random);
    const auto other = Sealer::from_master(std::string(32, 'x'), random);
    const std::string sealed = sealer->seal("秘密", kPlace);
    CHECK_FALSE(sealer->open(sealed, {"contact", "name", "c2"}).has_value());
    CHECK_FALSE(sealer->open(sealed, {"contact", "phone", "c1"}).has_value());
    CHECK_FALSE(other->open(sealed, kPlace).has_value());
    for (std::size_t i = 0; i < sealed.size(); i += 7) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        INFO(i);
        CHECK_FALSE(sealer->open(changed, kPlace).has_value());
    }
    CHECK_FALSE(sealer->open("", kPlace).has_value());
    CHECK_FALSE(sealer->open("not base64 !", kPlace).has_value());
}

TEST_CASE("search keys are equal for equal values of one purpose", "[core][seal]") {
    test::SeededRandom random;
    const auto sealer = Sealer::from_master(kMaster, random);
    CHECK(sealer->search_key("13800000000", "phone") == sealer->search_key("13800000000", "phone"));
    CHECK(sealer->search_key("13800000000", "phone") != sealer->search_key("13800000000", "identity"));
    CHECK(sealer->search_key("13800000000", "phone").size() == 32);
}

TEST_CASE("a key file is made once, closed to others, and read again", "[core][seal]") {
    test::SeededRandom random;
    const fs::path path = fs::temp_directory_path() / ("yuanda-key-" + std::to_string(::getpid()));
    fs::remove(path);
    CHECK(Sealer::from_file(path, false, random).error().code == ErrorCode::NotFound);
    const auto made = Sealer::from_file(path, true, random);
    REQUIRE(made.has_value());
    const auto again = Sealer::from_file(path, false, random);
    REQUIRE(again.has_value());
    CHECK(again->open(made->seal("x", kPlace), kPlace).has_value());
    fs::permissions(path, fs::perms::others_read, fs::perm_options::add);
    CHECK(Sealer::from_file(path, false, random).error().code == ErrorCode::Forbidden);
    fs::remove(path);
}
