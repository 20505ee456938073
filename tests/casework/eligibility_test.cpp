// The gates of the Legal Aid Law as advice; a machine never refuses.
#include "casework/eligibility.hpp"

#include <catch2/catch.hpp>

using namespace yuanda::casework;

TEST_CASE("topic and hardship together say how likely aid is", "[casework][eligibility]") {
    const auto [topic, hardship, outlook] = GENERATE(table<std::string, std::string, Outlook>({
        {"T01", "migrant", Outlook::Likely},    // 42(3)
        {"T03", "migrant", Outlook::Likely},    // 42(3)
        {"T06", "no_income", Outlook::Likely},  // 42(1)
        {"T13", "support", Outlook::Likely},    // 42(2)
        {"T14", "pledge", Outlook::Likely},     // 41
        {"T01", "none", Outlook::NeedsPerson},
        {"T01", "", Outlook::NeedsPerson},
        {"T02", "migrant", Outlook::NeedsPerson},  // only wages and labour relations are in scope
        {"T20", "pledge", Outlook::NeedsPerson},
        {"T05", "support", Outlook::NeedsPerson},
        {"T17", "support", Outlook::OutOfScope},
        {"T18", "", Outlook::OutOfScope},
        {"other", "support", Outlook::NeedsPerson},
        {"", "", Outlook::NeedsPerson},
    }));
    CAPTURE(topic, hardship);
    CHECK(assess(topic, {{"hardship", hardship}}).outlook == outlook);
}

TEST_CASE("the grounds name the articles", "[casework][eligibility]") {
    const auto wages = assess("T01", {{"hardship", "migrant"}});
    CHECK(wages.grounds ==
          std::vector<std::string>{"《法律援助法》第三十一条第五项", "《法律援助法》第四十二条第三项"});
    const auto pledge = assess("T06", {{"hardship", "pledge"}});
    CHECK(pledge.grounds == std::vector<std::string>{"《法律援助法》第三十一条第四项", "《法律援助法》第四十一条"});
    // A migrant worker's other matters are not exempt from the check: the pledge of art. 41 remains.
    CHECK(assess("T13", {{"hardship", "migrant"}}).grounds.back() == "《法律援助法》第四十一条");
}

TEST_CASE("victims of violence meet no hardship condition", "[casework][eligibility]") {
    CHECK(assess("T07", {}).outlook == Outlook::Likely);
    CHECK(assess("T07", {{"hardship", "none"}}).grounds == std::vector<std::string>{"《法律援助法》第三十二条第四项"});
    CHECK(assess("T05", {{"violence", "yes"}}).outlook == Outlook::Likely);
}

TEST_CASE("somebody who has a lawyer is looked at by a person", "[casework][eligibility]") {
    CHECK(assess("T01", {{"hardship", "migrant"}, {"lawyer", "yes"}}).outlook == Outlook::NeedsPerson);
}

TEST_CASE("no outcome is ever worded as a refusal", "[casework][eligibility]") {
    const auto topic = GENERATE(as<std::string>{}, "T01", "T05", "T07", "T08", "T15", "T17", "T21", "T22", "other", "");
    const auto eligibility = assess(topic, {});
    CHECK_FALSE(eligibility.text.empty());
    CHECK(eligibility.text.find("不符合") == std::string::npos);
    CHECK(eligibility.text.find("拒绝") == std::string::npos);
    if (eligibility.outlook == Outlook::OutOfScope) CHECK(eligibility.text.find("但您可以") != std::string::npos);
}

TEST_CASE("outlooks have stable words", "[casework][eligibility]") {
    CHECK(name_of(Outlook::Likely) == "likely");
    CHECK(name_of(Outlook::NeedsPerson) == "needs_person");
    CHECK(name_of(Outlook::OutOfScope) == "out_of_scope");
}
