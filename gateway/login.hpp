// What a login may look like: one rule for the command line, the configuration and the staff API.
#pragma once

#include <algorithm>
#include <string_view>

namespace yuanda::gateway {

inline constexpr std::string_view kLoginRule = "登录名用3到32个小写字母、数字或 . _ -，以字母或数字开头。";

/// 3..32 of a-z 0-9 . _ -, beginning with a letter or digit.
inline bool is_login(std::string_view text) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (text.size() < 3 || text.size() > 32 || !plain(text.front())) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

}  // namespace yuanda::gateway
