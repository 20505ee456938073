// Sentences with values in their places.
#include "gateway/texts.hpp"

#include <catch2/catch.hpp>

using yuanda::gateway::filled;

TEST_CASE("each mark is filled with its value, everything else stays", "[gateway][texts]") {
    const std::map<std::string, std::string> values{{"name", "王毅"}, {"list", "{name}"}};
    CHECK(filled("{name}律师来了，{name}", values) == "王毅律师来了，王毅");
    CHECK(filled("差：{list}", values) == "差：{name}");  // a value is not searched again
    CHECK(filled("{other} {", values) == "{other} {");
    CHECK(filled("{{name}}", values) == "{王毅}");
    CHECK(filled("", values).empty());
}
