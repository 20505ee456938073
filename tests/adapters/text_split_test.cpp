// Splitting keeps every byte, respects what must stay whole and cuts where a reader pauses.
#include "adapters/text_split.hpp"

#include "core/text.hpp"
#include "tests/support/files.hpp"

using yuanda::adapters::split_text;
using yuanda::adapters::without_urls;

namespace {

std::string joined(const std::vector<std::string>& pieces) {
    std::string out;
    for (const auto& piece : pieces) out += piece;
    return out;
}

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("every splitting vector gives exactly its pieces", "[adapters][text_split]") {
    const auto file = nlohmann::json::parse(yuanda::test::read_file("tests/fixtures/text_split/vectors.json"));
    REQUIRE(file.at("vectors").size() == 13);
    for (const auto& vector : file.at("vectors")) {
        const auto input = vector.at("input").get<std::string>();
        INFO(input.substr(0, 60));
        CHECK(split_text(input, vector.at("max_bytes").get<std::size_t>()) ==
              vector.at("pieces").get<std::vector<std::string>>());
    }
}

TEST_CASE("pieces always concatenate to the text, fit and stay valid UTF-8", "[adapters][text_split]") {
    const std::string text = repeated(
        "老板拖欠工资👨‍👩‍👧‍👦，详见 https://a.example/x?y=1 。\n\n🇨🇳e\u0301", 12);
    const std::size_t limit = GENERATE(4U, 5U, 7U, 16U, 31U, 60U, 100U, 997U);
    const auto pieces = split_text(text, limit);
    CHECK(joined(pieces) == text);
    for (const auto& piece : pieces) {
        CHECK(piece.size() <= limit);
        CHECK(yuanda::is_clean_utf8(piece));
        CHECK_FALSE(piece.empty());
    }
}

TEST_CASE("the better kind of pause wins inside the last two thirds", "[adapters][text_split]") {
    using Row = std::tuple<std::string, std::string>;
    const auto [text, first] = GENERATE(table<std::string, std::string>({
        Row{"甲甲甲甲\n\n乙乙。丙丙丙丙丙丙", "甲甲甲甲\n\n"},
        Row{"甲甲甲甲\n乙乙。丙丙丙丙丙丙丙", "甲甲甲甲\n"},
        Row{"甲甲甲甲。乙乙，丙丙丙丙丙丙丙", "甲甲甲甲。"},
        Row{"甲甲甲甲，乙乙丙丙丙丙丙丙丙丙", "甲甲甲甲，"},
        Row{"甲，甲甲甲甲甲甲甲甲甲甲甲甲甲", "甲，甲甲甲甲甲甲甲甲"},
    }));
    CHECK(split_text(text, 30).front() == first);
}

TEST_CASE("an address is cut only when it cannot fit a piece", "[adapters][text_split]") {
    const std::string url = "https://www.example.gov.cn/apply?id=1";
    CHECK(split_text("请看" + url, 40) == std::vector<std::string>{"请看", url});
    const auto hard = split_text(url, 20);
    CHECK(hard.size() == 2);
    CHECK(joined(hard) == url);
}

TEST_CASE("a limit in characters holds beside the limit in bytes", "[adapters][text_split]") {
    const auto pieces = split_text(repeated("a", 25), 6000, 10);
    CHECK(pieces == std::vector<std::string>{repeated("a", 10), repeated("a", 10), repeated("a", 5)});
}

TEST_CASE("addresses are taken out of a text and nothing else", "[adapters][text_split]") {
    using Row = std::tuple<std::string, std::string>;
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        Row{"详见 https://a.cn/x?y=1#z 。谢谢", "详见 [] 。谢谢"},
        Row{"HTTP://A.CN，再看www.b.cn/路", "[]，再看[]路"},
        Row{"没有地址。http 是协议", "没有地址。http 是协议"},
        Row{"https://a.cn", "[]"},
    }));
    CHECK(without_urls(text, "[]") == expected);
}
