// Finds runs of digits as people write them, with one blank or hyphen between groups.
#include "gateway/staff/numbers.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMobile = 11;     // digits
constexpr std::size_t kLandline = 10;   // with its area code, at least
constexpr std::size_t kIdentity = 15;   // of the old identity cards; bank cards have more
constexpr std::size_t kBeforeX = 17;    // an identity number may end in X
constexpr std::size_t kSmallGroup = 3;  // digits between blanks or hyphens; days and months have fewer
constexpr std::size_t kLargeGroup = 8;  // whole numbers have more

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

bool may_be_a_group(std::size_t digits) { return digits >= kSmallGroup && digits <= kLargeGroup; }

/// Digits that belong together: "138 1234 5678" has three groups.
struct Run {
    std::size_t length = 0;  // bytes
    std::string digits;
    int groups = 0;
};

Run run_at(std::string_view text) {
    Run run;
    for (;;) {
        const std::size_t group = digits_at(text.substr(run.length));
        run.digits += text.substr(run.length, group);
        run.length += group;
        ++run.groups;
        const std::string_view rest = text.substr(run.length);
        const bool x = group == kBeforeX && (rest.starts_with('X') || rest.starts_with('x'));
        if (x) run.digits.push_back('X'), ++run.length;
        const bool joins = rest.starts_with(' ') || rest.starts_with('-');
        if (!joins || !may_be_a_group(group) || !may_be_a_group(digits_at(rest.substr(1)))) return run;
        ++run.length;
    }
}

bool is_mobile(const std::string& digits) { return digits.size() == kMobile && digits[0] == '1' && digits[1] >= '3'; }

/// A number of somebody, not a sum, a day or a year.
bool is_long_number(const Run& run) {
    const std::size_t count = run.digits.size();
    if (run.groups == 1) return count >= kMobile;
    const bool landline = run.digits[0] == '0' && run.groups == 2 && count >= kLandline;
    return is_mobile(run.digits) || landline || count >= kIdentity;
}

/// Calls `found` for every long number and `between` for what stands around them.
template <class Between, class Found>
void walk(std::string_view text, Between between, Found found) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        const Run run = run_at(text.substr(at));
        if (is_long_number(run)) {
            between(text.substr(from, at - from));
            found(run.digits);
            from = at + run.length;
        }
        at += run.length;
    }
    between(text.substr(from));
}

}  // namespace

std::string with_masked_numbers(std::string_view text) {
    std::string out;
    const auto keep = [&](std::string_view words) { out += words; };
    const auto mask = [&](const std::string& digits) {
        out += digits.size() < kIdentity ? masked_phone(digits) : masked_identity(digits);
    };
    walk(text, keep, mask);
    return out;
}

std::optional<std::string> mobile_in(std::string_view text) {
    std::optional<std::string> first;
    const auto look = [&](const std::string& digits) {
        if (!first && is_mobile(digits)) first = digits;
    };
    walk(
        text, [](std::string_view) {}, look);
    return first;
}

}  // namespace yuanda::gateway::staff
