// The door for JSON from outside.
#include <catch2/catch.hpp>

#include "core/json.hpp"

using namespace yuanda;

TEST_CASE("good JSON comes through whole", "[core][json]") {
    const auto parsed = parse_json(R"({"a":[1,2,{"b":"法"}],"c":null})");
    REQUIRE(parsed.has_value());
    CHECK((*parsed)["a"][2]["b"] == "法");
}

TEST_CASE("hostile JSON is refused before a document is built", "[core][json]") {
    const auto [name, text] = GENERATE(table<std::string, std::string>({
        {"64 KiB of brackets", std::string(64 * 1024, '[')},
        {"one level too deep", std::string(33, '[') + std::string(33, ']')},
        {"duplicate keys", R"({"a":1,"a":2})"},
        {"not UTF-8", "\"\xff\""},
        {"a NUL", std::string("\"a\0\"", 4)},
        {"trailing rubbish", "{} x"},
        {"empty", ""},
    }));
    INFO(name);
    CHECK_FALSE(parse_json(text).has_value());
}

TEST_CASE("the node limit counts every value", "[core][json]") {
    std::string many = "[0";
    for (int i = 0; i < 100; ++i) many += ",0";
    many += "]";
    CHECK(parse_json(many, {32, 102}).has_value());
    CHECK_FALSE(parse_json(many, {32, 101}).has_value());
}

TEST_CASE("a member of another type reads as the fallback", "[core][json]") {
    const Json object = {{"n", 1}, {"s", "x"}};
    CHECK(text_or(object, "s") == "x");
    CHECK(text_or(object, "n", "-") == "-");
    CHECK(text_or(object, "missing", "-") == "-");
    CHECK(text_or(Json::array(), "s", "-") == "-");
}

TEST_CASE("a number member is read, or its fallback, never an exception", "[core][json]") {
    const auto object = parse_json(R"({"n":-3,"big":18446744073709551615,"real":1.5,"text":"7","null":null})").value();
    CHECK(int_or(object, "n") == -3);
    for (const char* key : {"big", "real", "text", "null", "absent"}) CHECK(int_or(object, key, 9) == 9);
    CHECK(int_or(Json::array(), "n", 9) == 9);
}
