// The shipped tables: laws, deadlines and hotlines say what the rest of the product relies on.
#include <catch2/catch.hpp>
#include <set>

#include "core/json.hpp"
#include "kb/base.hpp"
#include "tests/kb/fixture.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;
using kb::test::today;
using yuanda::test::read_file;

namespace {

const StatuteRegister& shipped_register() {
    static const auto loaded = StatuteRegister::from_toml(read_file("config/statutes.toml")).value();
    return loaded;
}

const References& shipped_references() {
    static const auto loaded =
        References::from_json(read_file("config/deadlines.json"), read_file("config/hotlines.json")).value();
    return loaded;
}

}  // namespace

TEST_CASE("every law of the register is found by each of its names", "[kb][tables]") {
    for (const auto& statute : shipped_register().all()) {
        INFO(statute.name);
        CHECK(shipped_register().find(statute.name) == &statute);
        CHECK(shipped_register().find(statute.full) == &statute);
        CHECK(shipped_register().find("《" + statute.full + "》") == &statute);
        for (const auto& alias : statute.aliases) CHECK(shipped_register().find(alias) == &statute);
    }
}

TEST_CASE("every law has a kind, two dates in order and a place to read it", "[kb][tables]") {
    const std::set<std::string> kinds{"law", "regulation", "interpretation", "rule"};
    for (const auto& statute : shipped_register().all()) {
        INFO(statute.name);
        CHECK(kinds.contains(statute.kind));
        CHECK_FALSE(statute.read_at.empty());
        const auto adopted = parse_iso_date(statute.adopted);
        const auto effective = parse_iso_date(statute.effective);
        REQUIRE(adopted.has_value());
        REQUIRE(effective.has_value());
        CHECK(*adopted <= *effective);
    }
}

TEST_CASE("a repealed law says what replaced it and never resolves as in force", "[kb][tables]") {
    for (const auto& statute : shipped_register().all()) {
        if (statute.status != Statute::Status::Repealed) continue;
        INFO(statute.name);
        CHECK_FALSE(statute.replaced_by.empty());
        const auto citation = shipped_register().resolve(statute.name, "第一条", today());
        REQUIRE(citation.has_value());
        CHECK_FALSE(citation->in_force);
    }
}

TEST_CASE("the laws people ask about most have their known size", "[kb][tables]") {
    const auto [law, articles] = GENERATE(table<std::string, int>({
        {"民法典", 1260},
        {"劳动法", 107},
        {"劳动合同法", 98},
        {"劳动争议调解仲裁法", 54},
        {"法律援助法", 71},
        {"道路交通安全法", 124},
        {"反家庭暴力法", 38},
        {"消费者权益保护法", 63},
    }));
    INFO(law);
    const auto* statute = shipped_register().find(law);
    REQUIRE(statute);
    CHECK(statute->articles == articles);
    CHECK(shipped_register().resolve(law, article_text({articles, 0}), today()).has_value());
    CHECK_FALSE(shipped_register().resolve(law, article_text({articles + 1, 0}), today()).has_value());
}

TEST_CASE("every deadline with a length has words for it", "[kb][tables]") {
    const auto rows = parse_json(read_file("config/deadlines.json")).value()["deadlines"];
    REQUIRE(rows.size() > 90);
    std::size_t without = 0;
    for (const auto& row : rows) {
        const auto id = text_or(row, "id");
        INFO(id);
        if (text_or(row, "unit") == "none") {
            ++without;
            CHECK_FALSE(shipped_references().deadlines.contains(id));
            continue;
        }
        REQUIRE(shipped_references().deadlines.contains(id));
        CHECK(shipped_references().deadlines.at(id).starts_with(std::to_string(row["length"].get<int>())));
    }
    CHECK(shipped_references().deadlines.size() + without == rows.size());
}

TEST_CASE("deadlines citizens meet most are said right", "[kb][tables]") {
    const auto [id, text] = GENERATE(table<std::string, std::string>({
        {"labour.arb_limit", "1年"},
        {"family.cooling", "30日"},
        {"injury.employer", "30日"},
        {"injury.worker", "1年"},
        {"dv.order", "72小时"},
        {"dv.order_urgent", "24小时"},
        {"civil.general", "3年"},
        {"la.review", "7日"},
    }));
    INFO(id);
    REQUIRE(shipped_references().deadlines.contains(id));
    CHECK(shipped_references().deadlines.at(id) == text);
}

TEST_CASE("the numbers of an emergency and of legal aid may be shown, unconfirmed ones may not", "[kb][tables]") {
    for (const auto* number : {"110", "119", "120", "122", "12348", "12333", "12338", "12345", "12356"}) {
        INFO(number);
        CHECK(shipped_references().hotlines.contains(number));
    }
    for (const auto* number : {"12385", "12389", "12337", "12328"}) {
        INFO(number);
        CHECK_FALSE(shipped_references().hotlines.contains(number));
    }
}
