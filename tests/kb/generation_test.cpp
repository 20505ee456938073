// Generations: a number only grows, a publish is one rename, and what is lost costs a rebuild at most.
#include "kb/detail/generation.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/kb/folder.hpp"

using namespace yuanda;
using namespace yuanda::kb::detail;
using kb::test::Folder;

namespace {

using Names = std::vector<std::string>;

std::unique_ptr<GenerationFolder> published(const Folder& folder, const std::string& fingerprint) {
    auto generation = new_generation(folder.path()).value();
    REQUIRE(publish_generation(*generation, fingerprint).has_value());
    return generation;
}

std::string name_of(const GenerationFolder& folder) { return std::filesystem::path(folder.path()).filename().string(); }

}  // namespace

TEST_CASE("generations are numbered from one", "[kb][generation]") {
    const Folder folder;
    CHECK(name_of(*new_generation(folder.path()).value()) == "gen-1");
    CHECK(name_of(*new_generation(folder.path()).value()) == "gen-2");
    CHECK(folder.names() == Names{"gen-1", "gen-2"});
}

TEST_CASE("a name that is no generation does not count", "[kb][generation]") {
    const Folder folder;
    folder.write("gen-x/file", "");
    folder.write("generation-9/file", "");
    folder.write("notes.txt", "gen-40");
    CHECK(name_of(*new_generation(folder.path()).value()) == "gen-1");
}

TEST_CASE("numbers go on from the highest there is or was", "[kb][generation]") {
    const Folder folder;
    SECTION("a folder") {
        folder.write("gen-12/file", "");
        CHECK(name_of(*new_generation(folder.path()).value()) == "gen-13");
    }
    SECTION("a CURRENT whose folder is lost") {
        folder.write("CURRENT", "gen-30\n");
        CHECK(name_of(*new_generation(folder.path()).value()) == "gen-31");
    }
    SECTION("ten comes after nine") {
        folder.write("gen-9/file", "");
        folder.write("gen-10/file", "");
        CHECK(name_of(*new_generation(folder.path()).value()) == "gen-11");
    }
}

TEST_CASE("nothing is current before the first publish", "[kb][generation]") {
    const Folder folder;
    CHECK(current_generation(folder.path(), "") == nullptr);
    const auto building = new_generation(folder.path()).value();
    CHECK(current_generation(folder.path(), "") == nullptr);
    CHECK(current_generation("", "print") == nullptr);
    CHECK(current_generation(folder.at("nowhere"), "print") == nullptr);
}

TEST_CASE("what was published is current for its own fingerprint only", "[kb][generation]") {
    const Folder folder;
    published(folder, "print-a");
    const auto current = current_generation(folder.path(), "print-a");
    REQUIRE(current);
    CHECK(name_of(*current) == "gen-1");
    CHECK_FALSE(current->is_private());
    CHECK(current_generation(folder.path(), "print-b") == nullptr);
    CHECK(folder.word_in("CURRENT") == "gen-1");
    CHECK(folder.names() == Names{"CURRENT", "gen-1"});
}

TEST_CASE("a publish keeps the generation it replaces and no older one", "[kb][generation]") {
    const Folder folder;
    for (const auto* fingerprint : {"a", "b", "c", "d"}) published(folder, fingerprint);
    CHECK(folder.names() == Names{"CURRENT", "gen-3", "gen-4"});
    CHECK(current_generation(folder.path(), "d"));
    CHECK(current_generation(folder.path(), "c") == nullptr);
}

TEST_CASE("one that is being built elsewhere is left alone", "[kb][generation]") {
    const Folder folder;
    published(folder, "a");
    const auto elsewhere = new_generation(folder.path()).value();
    published(folder, "b");
    CHECK(folder.names() == Names{"CURRENT", "gen-1", "gen-2", "gen-3"});
    REQUIRE(publish_generation(*elsewhere, "late").has_value());
    CHECK(folder.word_in("CURRENT") == "gen-2");
}

TEST_CASE("a current generation that lost its fingerprint is not reused", "[kb][generation]") {
    const Folder folder;
    published(folder, "a");
    std::filesystem::remove(folder.at("gen-1/FINGERPRINT"));
    CHECK(current_generation(folder.path(), "a") == nullptr);
}

TEST_CASE("CURRENT never leads out of the folder", "[kb][generation]") {
    const Folder folder;
    folder.write("inside/gen-1/FINGERPRINT", "a\n");
    folder.write("outside/gen-1/FINGERPRINT", "a\n");
    const auto text = GENERATE(as<std::string>{}, "../outside/gen-1", "gen-1/../../outside/gen-1", "/", "");
    folder.write("inside/CURRENT", text + "\n");
    CHECK(current_generation(folder.at("inside"), "a") == nullptr);
}

TEST_CASE("a publish that cannot be written is an error and changes nothing", "[kb][generation]") {
    const Folder folder;
    published(folder, "a");
    const auto second = new_generation(folder.path()).value();
    std::filesystem::remove_all(second->path());
    const auto result = publish_generation(*second, "b");
    REQUIRE(result.has_error());
    CHECK(result.error().code == ErrorCode::Unavailable);
    CHECK(folder.word_in("CURRENT") == "gen-1");
    CHECK(current_generation(folder.path(), "a"));
}

TEST_CASE("a private folder goes with its owner, a shared one stays", "[kb][generation]") {
    std::string path;
    {
        const auto own = new_generation("").value();
        path = own->path();
        CHECK(own->is_private());
        CHECK(std::filesystem::is_directory(path));
    }
    CHECK_FALSE(std::filesystem::exists(path));

    const Folder folder;
    path = new_generation(folder.path()).value()->path();
    CHECK(std::filesystem::is_directory(path));
}

TEST_CASE("two private folders are two", "[kb][generation]") {
    const auto one = new_generation("").value();
    const auto two = new_generation("").value();
    CHECK(one->path() != two->path());
}
