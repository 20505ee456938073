// UTF-8 at the edge and the masks of personal data.
#include <catch2/catch.hpp>

#include "core/text.hpp"

using namespace yuanda;

TEST_CASE("clean UTF-8 is accepted and nothing else", "[core][text]") {
    CHECK(is_clean_utf8("欠薪8个月"));
    CHECK(is_clean_utf8("𠮷野家👩‍⚖️"));
    CHECK(is_clean_utf8(""));
    using std::string;
    const auto bad = GENERATE(string("\xff"), string("\xc0\xaf"), string("\xe0\x80\x80"), string("\xed\xa0\x80"),
                              string("\xf4\x90\x80\x80"), string("\xe6\xac"), string("a\0b", 3), string("\x80"));
    CHECK_FALSE(is_clean_utf8(bad));
}

TEST_CASE("prefixes are cut between characters", "[core][text]") {
    CHECK(utf8_prefix("法律援助", 2) == "法律");
    CHECK(utf8_prefix("法律", 9) == "法律");
    CHECK(utf8_prefix("法律", 0).empty());
    CHECK(code_points("法律a𠮷") == 4);
}

TEST_CASE("code points survive the way to UTF-32 and back", "[core][text]") {
    const std::string text = "aé法𠮷👩‍⚖️";
    CHECK(to_utf8(to_utf32(text)) == text);
    CHECK(to_utf32("\xff") == U"\uFFFD");
}

TEST_CASE("white space is trimmed, the ideographic one too", "[core][text]") {
    CHECK(trimmed("  　欠薪 \n") == "欠薪");
    CHECK(trimmed("　").empty());
    CHECK(trimmed("a b") == "a b");
}

TEST_CASE("personal data is shown masked", "[core][text]") {
    CHECK(masked_name("王秀英") == "王*英");
    CHECK(masked_name("赵柱") == "赵*");
    CHECK(masked_name("王") == "王");
    CHECK(masked_phone("13812341234") == "138****1234");
    CHECK(masked_identity("610101199001010005") == "610***********0005");
    CHECK(masked_phone("110") == "*");
    CHECK(masked_phone("").empty());
}
