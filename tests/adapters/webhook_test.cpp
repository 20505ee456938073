// The small checks every adapter leans on.
#include "adapters/webhook.hpp"

using namespace yuanda;
using namespace yuanda::adapters;

TEST_CASE("a signed timestamp is good within 300 s either way", "[adapters][webhook]") {
    const TimePoint now{std::chrono::seconds{1'795'400'000}};
    using Row = std::tuple<std::string, bool>;
    const auto [timestamp, good] = GENERATE(table<std::string, bool>({
        Row{"1795400000", true},
        Row{"1795399700", true},
        Row{"1795400300", true},
        Row{"1795399699", false},
        Row{"1795400301", false},
        Row{"", false},
        Row{"-1795400000", false},
        Row{"1795400000.0", false},
        Row{"1795400000 ", false},
        Row{"99999999999999999999", false},
    }));
    const auto checked = check_window(timestamp, now);
    INFO(timestamp);
    REQUIRE(checked.has_value() == good);
    if (!good) CHECK(checked.error().code == ErrorCode::Forbidden);
}

TEST_CASE("characters XML has no place for are dropped, the rest is kept", "[adapters][webhook]") {
    CHECK(without_controls("甲\x01乙\x1f\r\n\t丙") == "甲乙\n\t丙");
    CHECK(without_controls(std::string("a\0b", 3)) == "ab");
    CHECK(without_controls("\uFFFE\uFFFF👍") == "👍");
}

TEST_CASE("only plain ids may stand in a path", "[adapters][webhook]") {
    CHECK(is_plain_id("E4F4AEA3_x-9"));
    for (const char* bad : {"", "a/b", "a?b", "..", "甲", "a b"}) CHECK_FALSE(is_plain_id(bad));
    CHECK_FALSE(is_plain_id(std::string(129, 'a')));
}

TEST_CASE("an origin has a scheme, a host and nothing more", "[adapters][webhook]") {
    CHECK(check_origin("https://api.weixin.qq.com", "api").value() == "https://api.weixin.qq.com");
    CHECK(check_origin("http://127.0.0.1:8080/", "api").value() == "http://127.0.0.1:8080");
    for (const char* bad : {"", "api.weixin.qq.com", "https://", "https://a/b", "https://a@b", "ftp://a"}) {
        const auto checked = check_origin(bad, "api");
        INFO(bad);
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().detail.find("api") != std::string::npos);
    }
}

TEST_CASE("only a failure before the first byte may be repeated", "[adapters][webhook]") {
    const Error unsent(ErrorCode::Unavailable, "unsent: connection refused");
    const Error silent(ErrorCode::Unavailable, "read timeout");
    CHECK(unanswered(unsent, Receipt::Outcome::Unknown).outcome == Receipt::Outcome::Retry);
    CHECK(unanswered(silent, Receipt::Outcome::Unknown).outcome == Receipt::Outcome::Unknown);
}
