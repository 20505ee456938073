// Checks what people type into an application, and says kindly what is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda::casework {

/// GB 11643 resident identity number, 18 characters; `x` is stored as `X`. `today` bounds the birth date.
struct Identity {
    std::string number;
    Date birth;
    bool male = false;
    std::string division;  // first six digits
};
Result<Identity> parse_identity(std::string_view text, Date today);
int age_on(Date birth, Date today);

/// ^1[3-9]\d{9}$ or a landline 0\d{2,3}-?\d{7,8}; full-width digits and blanks are repaired first.
Result<std::string> parse_phone(std::string_view text);
/// 2..30 characters, · allowed, no digits or punctuation; 我叫/我是 stripped.
Result<std::string> parse_name(std::string_view text);
/// GB 32100 统一社会信用代码.
Result<std::string> parse_credit_code(std::string_view text);

}  // namespace yuanda::casework
