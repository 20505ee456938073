// Chinese numbers in all the forms people type, each with one meaning.
#include "nlu/detail/numerals.hpp"

#include "nlu/detail/utf8.hpp"
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda::nlu::detail;

TEST_CASE("a number is read to its end", "[nlu][numerals]") {
    const auto [text, value, length] = GENERATE(table<std::string, double, std::size_t>({
        {"38400元", 38400, 5},
        {"1,200元", 1200, 5},
        {"1,20", 1, 1},  // no thousands separator
        {"3.5万", 35000, 4},
        {"2万", 20000, 2},
        {"3万5", 35000, 3},
        {"1千2百", 1200, 4},
        {"八千五", 8500, 3},
        {"八千零五", 8005, 4},
        {"一百二", 120, 3},
        {"一百零二", 102, 4},
        {"一百零一", 101, 4},
        {"两万三", 23000, 3},
        {"十", 10, 1},
        {"十五", 15, 2},
        {"二十", 20, 2},
        {"二十三", 23, 3},
        {"一千零七十六", 1076, 6},
        {"一千二百六十", 1260, 6},
        {"十二万", 120000, 3},
        {"一百二十万", 1200000, 5},
        {"一亿", 1e8, 2},
        {"三亿五千万", 3.5e8, 5},
        {"二零二五", 2025, 4},
        {"仨", 3, 1},
        {"俩", 2, 1},
        {"壹佰", 100, 2},
        {"5k", 5000, 2},
        {"2w", 20000, 2},
        {"2wifi", 2, 1},
        {"零", 0, 1},
    }));
    INFO(text);
    const auto number = read_numeral(to_u32(text), 0);
    REQUIRE(number.has_value());
    CHECK(number->value == value);
    CHECK(number->end == length);
    CHECK_FALSE(number->approximate);
}

TEST_CASE("about so much keeps the number said and says it is about", "[nlu][numerals]") {
    const auto [text, value] = GENERATE(table<std::string, double>({
        {"三千多", 3000},
        {"两百来", 200},
        {"十几", 10},
        {"十几万", 100000},
        {"三四万", 30000},
        {"七八千", 7000},
        {"100多", 100},
    }));
    INFO(text);
    const auto number = read_numeral(to_u32(text), 0);
    REQUIRE(number.has_value());
    CHECK(number->value == value);
    CHECK(number->approximate);
    CHECK(number->end == to_u32(text).size());
}

TEST_CASE("多少 and 多久 after a number are questions, not amounts", "[nlu][numerals]") {
    const auto number = read_numeral(U"2多少", 0);
    REQUIRE(number.has_value());
    CHECK(number->end == 1);
    CHECK_FALSE(number->approximate);
}

TEST_CASE("what begins no number gives none", "[nlu][numerals]") {
    const std::string text = GENERATE(as<std::string>{}, "", "工资", "万一", "百姓", "千万", "多少", "几万", "k");
    INFO(text);
    CHECK_FALSE(read_numeral(to_u32(text), 0).has_value());
    CHECK_FALSE(read_numeral(U"三", 5).has_value());
}

TEST_CASE("article numbers are written as statutes write them", "[nlu][numerals]") {
    const auto [number, expected] = GENERATE(table<int, std::string>({
        {1, "一"},
        {10, "十"},
        {12, "十二"},
        {20, "二十"},
        {82, "八十二"},
        {100, "一百"},
        {101, "一百零一"},
        {110, "一百一十"},
        {115, "一百一十五"},
        {276, "二百七十六"},
        {1000, "一千"},
        {1001, "一千零一"},
        {1010, "一千零一十"},
        {1042, "一千零四十二"},
        {1076, "一千零七十六"},
        {1260, "一千二百六十"},
    }));
    CHECK(to_chinese(number) == expected);
}

TEST_CASE("every article number reads back as itself", "[nlu][numerals]") {
    for (int n = 1; n <= 1300; ++n) {
        const auto text = to_u32(to_chinese(n));
        const auto number = read_numeral(text, 0);
        REQUIRE(number.has_value());
        CHECK(number->value == n);
        CHECK(number->end == text.size());
    }
}
