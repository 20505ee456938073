// What the law's gates say about an application so far. Advisory: a machine never refuses aid.
#pragma once

#include <string>
#include <vector>

#include "casework/application.hpp"

namespace yuanda::casework {

enum class Outlook { Likely, NeedsPerson, OutOfScope };
std::string_view name_of(Outlook outlook);  // "likely"

struct Eligibility {
    Outlook outlook = Outlook::NeedsPerson;
    std::vector<std::string> grounds;  // 《法律援助法》第三十一条第五项
    std::string text;  // 很可能符合… / 需要工作人员看一看 / 这类事项不在范围内，但您可以……
};

/// From topic and facts (hardship answer, migrant worker, violence…): arts. 31, 32, 42.
Eligibility assess(const std::string& topic, const Facts& facts);

}  // namespace yuanda::casework
