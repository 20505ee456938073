// The gates of the Legal Aid Law as advice: it may say "likely" or "a person should look", never "no".
#include "casework/eligibility.hpp"

#include <algorithm>

namespace yuanda::casework {
namespace {

// 法律援助法 31 items by topic. A topic that is only partly in scope is looked at by a person.
struct Scope {
    std::string_view topic;
    std::string_view ground;  // empty: no item names it
    bool whole;               // every matter of the topic is in scope
};
constexpr std::array<Scope, 17> kScopes{{{"T01", "《法律援助法》第三十一条第五项", true},
                                         {"T02", "《法律援助法》第三十一条第五项", false},
                                         {"T03", "《法律援助法》第三十一条第七项", true},
                                         {"T04", "《法律援助法》第三十一条第二项", true},
                                         {"T05", "", false},
                                         {"T06", "《法律援助法》第三十一条第四项", true},
                                         {"T09", "", false},
                                         {"T10", "《法律援助法》第三十一条第四项", false},
                                         {"T11", "《法律援助法》第三十一条第六项", false},
                                         {"T12", "《法律援助法》第三十一条第七项", false},
                                         {"T13", "《法律援助法》第三十一条第七项", true},
                                         {"T14", "《法律援助法》第三十一条第七项", true},
                                         {"T16", "《法律援助法》第三十一条第一项", false},
                                         {"T19", "《法律援助法》第二十九条", false},
                                         {"T20", "《法律援助法》第二十四条", false},
                                         {"T21", "《法律援助法》第三十一条第一项", false},
                                         {"T22", "《法律援助法》第三十二条", false}}};
constexpr std::array<std::string_view, 4> kAdviceOnly{"T08", "T15", "T17", "T18"};

const std::string& fact(const Facts& facts, const std::string& key) {
    static const std::string none;
    const auto found = facts.find(key);
    return found == facts.end() ? none : found->second;
}

// How hardship is met: 法律援助法 41 (pledge) and 42 (no check). Empty when it is not yet shown.
std::string hardship_ground(const std::string& topic, const std::string& hardship) {
    if (hardship == "no_income") return "《法律援助法》第四十二条第一项";
    if (hardship == "support") return "《法律援助法》第四十二条第二项";
    if (hardship == "migrant" && (topic == "T01" || topic == "T03")) return "《法律援助法》第四十二条第三项";
    if (hardship == "pledge" || hardship == "migrant") return "《法律援助法》第四十一条";
    return {};
}

Eligibility outcome(Outlook outlook, std::vector<std::string> grounds) {
    static constexpr std::array<std::string_view, 3> texts{
        "很可能符合法律援助条件", "需要工作人员看一看",
        "这类事项一般不在范围内，但您可以免费咨询，也可以请工作人员看一看"};
    return {outlook, std::move(grounds), std::string(texts[static_cast<std::size_t>(outlook)])};
}

}  // namespace

std::string_view name_of(Outlook outlook) {
    switch (outlook) {
        case Outlook::Likely: return "likely";
        case Outlook::NeedsPerson: return "needs_person";
        case Outlook::OutOfScope: return "out_of_scope";
    }
    return "needs_person";
}

Eligibility assess(const std::string& topic, const Facts& facts) {
    // 法律援助法 32(4): victims of abuse, abandonment or domestic violence meet no hardship condition.
    if (topic == "T07" || fact(facts, "violence") == "yes")
        return outcome(Outlook::Likely, {"《法律援助法》第三十二条第四项"});
    if (std::find(kAdviceOnly.begin(), kAdviceOnly.end(), topic) != kAdviceOnly.end())
        return outcome(Outlook::OutOfScope, {"《法律援助法》第三十一条"});
    const auto scope = std::find_if(kScopes.begin(), kScopes.end(), [&](const Scope& s) { return s.topic == topic; });
    if (scope == kScopes.end()) return outcome(Outlook::NeedsPerson, {});

    std::vector<std::string> grounds;
    if (!scope->ground.empty()) grounds.emplace_back(scope->ground);
    const std::string hardship = hardship_ground(topic, fact(facts, "hardship"));
    if (!hardship.empty()) grounds.push_back(hardship);
    const bool has_lawyer = fact(facts, "lawyer") == "yes";  // 22-24, 31: nobody may be engaged yet
    const bool likely = scope->whole && !hardship.empty() && !has_lawyer;
    return outcome(likely ? Outlook::Likely : Outlook::NeedsPerson, std::move(grounds));
}

}  // namespace yuanda::casework
