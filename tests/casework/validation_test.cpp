// What people type is repaired where that is safe and refused otherwise. All numbers here are nobody's.
#include "casework/validation.hpp"

#include <catch2/catch.hpp>

using namespace yuanda;
using namespace yuanda::casework;

namespace {
const Date kToday = *parse_iso_date("2026-11-24");
}

TEST_CASE("valid identity numbers give birth date, sex and division", "[casework][validation]") {
    const auto [typed, stored, birth, male] = GENERATE(table<std::string, std::string, std::string, bool>({
        {"610101199001010005", "610101199001010005", "1990-01-01", false},
        {"610101198506150009", "610101198506150009", "1985-06-15", false},
        {"61010120121112000X", "61010120121112000X", "2012-11-12", false},
        {"61010120121112000x", "61010120121112000X", "2012-11-12", false},
        {"６１０１０１１９９００１０１０００５", "610101199001010005", "1990-01-01", false},
        {" 610101 19900101 0005 ", "610101199001010005", "1990-01-01", false},
    }));
    CAPTURE(typed);
    const auto identity = parse_identity(typed, kToday);
    REQUIRE(identity.has_value());
    CHECK(identity->number == stored);
    CHECK(iso_date(identity->birth) == birth);
    CHECK(identity->male == male);
    CHECK(identity->division == "610101");
}

TEST_CASE("an identity number that cannot be is refused", "[casework][validation]") {
    const auto typed = GENERATE(as<std::string>{}, "610101199001010004",  // check character
                                "61010119900101000",                      // 17 characters
                                "610101900101000",                        // first generation
                                "610101199013010004",                     // month 13
                                "610101209901010006",                     // born tomorrow's century
                                "61010119900101000A", "王秀英", "");
    CAPTURE(typed);
    const auto identity = parse_identity(typed, kToday);
    REQUIRE_FALSE(identity.has_value());
    CHECK(identity.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("age changes on the birthday", "[casework][validation]") {
    const Date birth = *parse_iso_date("1964-11-24");
    CHECK(age_on(birth, *parse_iso_date("2026-11-23")) == 61);
    CHECK(age_on(birth, *parse_iso_date("2026-11-24")) == 62);
}

TEST_CASE("phone numbers are repaired and stored in one form", "[casework][validation]") {
    const auto [typed, stored] = GENERATE(table<std::string, std::string>({{"13812345678", "13812345678"},
                                                                           {"138 1234 5678", "13812345678"},
                                                                           {"138-1234-5678", "13812345678"},
                                                                           {"１３８１２３４５６７８", "13812345678"},
                                                                           {"+8613812345678", "13812345678"},
                                                                           {"029-87654321", "029-87654321"},
                                                                           {"02987654321", "029-87654321"},
                                                                           {"0917-3210000", "0917-3210000"},
                                                                           {"09173210000", "0917-3210000"}}));
    CAPTURE(typed);
    const auto phone = parse_phone(typed);
    REQUIRE(phone.has_value());
    CHECK(*phone == stored);
}

TEST_CASE("what is no phone number is refused", "[casework][validation]") {
    const auto typed = GENERATE(as<std::string>{}, "12812345678", "1381234567", "138123456789", "110", "电话", "",
                                "0291234", "029-876543210");
    CAPTURE(typed);
    CHECK_FALSE(parse_phone(typed).has_value());
}

TEST_CASE("names lose their introduction and keep their characters", "[casework][validation]") {
    const auto [typed, stored] = GENERATE(table<std::string, std::string>({{"王秀英", "王秀英"},
                                                                           {"我叫王秀英", "王秀英"},
                                                                           {"额叫王秀英", "王秀英"},
                                                                           {" 我是 李四 ", "李四"},
                                                                           {"姓名：赵铁柱", "赵铁柱"},
                                                                           {"古丽·买买提", "古丽·买买提"},
                                                                           {"𠮷野家", "𠮷野家"},
                                                                           {"丁一", "丁一"},
                                                                           {"John Smith", "John Smith"}}));
    CAPTURE(typed);
    const auto name = parse_name(typed);
    REQUIRE(name.has_value());
    CHECK(*name == stored);
}

TEST_CASE("what is no name is refused", "[casework][validation]") {
    const auto typed =
        GENERATE(as<std::string>{}, "王", "王3", "王秀英，六十二", "", "13812345678", "王😀英", "王(英)", "？？");
    CAPTURE(typed);
    CHECK_FALSE(parse_name(typed).has_value());
}

TEST_CASE("a name has at most thirty characters", "[casework][validation]") {
    std::string long_name;
    for (int i = 0; i < 30; ++i) long_name += "王";
    CHECK(parse_name(long_name).has_value());
    CHECK_FALSE(parse_name(long_name + "王").has_value());
}

TEST_CASE("credit codes are checked by their last character", "[casework][validation]") {
    CHECK(parse_credit_code("91610101MA0000000N").has_value());
    CHECK(parse_credit_code("12610101000000000q").value() == "12610101000000000Q");
    const auto wrong = GENERATE(as<std::string>{}, "91610101MA0000000M", "91610101MA000000N", "91610101MAI000000N", "");
    CAPTURE(wrong);
    CHECK_FALSE(parse_credit_code(wrong).has_value());
}
