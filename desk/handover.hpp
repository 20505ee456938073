// The sheet that goes with a conversation to a lawyer, so that nobody has to tell it twice.
#pragma once

#include <string>
#include <vector>

namespace yuanda::desk {

struct Handover {
    std::string reason;    // 为什么转人工
    std::string matter;    // 事情
    std::string wish;      // 想要
    std::string dates;     // 日期
    std::string answered;  // 已回答
    std::string unclear;   // 还不清楚
    int turns = 0;
    bool operator==(const Handover&) const = default;
};

}  // namespace yuanda::desk
