// Runs the scanners in the order of how sure each is, and the short ones that need no file of their own.
#include "nlu/detail/entities.hpp"

#include <algorithm>
#include <cmath>

#include "nlu/detail/numerals.hpp"

namespace yuanda::nlu::detail {
namespace {

std::size_t digits_from(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end;
}

int number_at(std::u32string_view text, std::size_t at, std::size_t length) {
    int value = 0;
    for (std::size_t i = at; i < at + length; ++i) value = value * 10 + static_cast<int>(text[i] - U'0');
    return value;
}

/// GB 11643: 17 digits and a digit or X, a date inside. The check digit is left to casework: a slip of the finger
/// is still a person's number and must be masked.
bool looks_like_identity(std::u32string_view text, std::size_t at) {
    if (at + 18 > text.size() || digits_from(text, at) < at + 17) return false;
    const char32_t last = text[at + 17];
    if (!is_digit(last) && last != U'x' && last != U'X') return false;
    if (at + 18 < text.size() && is_digit(text[at + 18])) return false;
    const int year = number_at(text, at + 6, 4), month = number_at(text, at + 10, 2), day = number_at(text, at + 12, 2);
    return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::string identity_value(std::u32string_view text, std::size_t at) {
    auto value = to_utf8(text.substr(at, 18));
    if (value.back() == 'x') value.back() = 'X';
    return value;
}

/// Digits from `at`, single spaces and hyphens between them skipped, at most `limit`; `end` is one past the last digit.
std::string spaced_digits(std::u32string_view text, std::size_t at, std::size_t limit, std::size_t& end) {
    std::string digits;
    for (std::size_t i = at; i < text.size() && digits.size() < limit; ++i) {
        if (is_digit(text[i])) {
            digits.push_back(static_cast<char>(text[i]));
            end = i + 1;
        } else if ((text[i] != U' ' && text[i] != U'-') || i + 1 >= text.size() || !is_digit(text[i + 1])) {
            break;
        }
    }
    return digits;
}

bool is_mobile(const std::string& digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }
bool is_landline(const std::string& digits) {
    return digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0' && digits[1] != '0';
}

}  // namespace

bool Findings::free(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
        if (i >= taken_.size() || taken_[i]) return false;
    }
    return begin < end;
}

bool Findings::add(Entity::Kind kind, std::size_t begin, std::size_t end, std::string value) {
    if (!free(begin, end)) return false;
    for (std::size_t i = begin; i < end; ++i) taken_[i] = true;
    found_.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), std::move(value)});
    return true;
}

std::vector<Found> Findings::sorted() const {
    auto out = found_;
    std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) { return a.begin < b.begin; });
    return out;
}

void find_identifiers(std::u32string_view text, Findings& findings) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        if (looks_like_identity(text, i)) {
            findings.add(Entity::Kind::Identity, i, i + 18, identity_value(text, i));
            i += 17;
            continue;
        }
        std::size_t end = i;
        auto digits = spaced_digits(text, i, 11, end);
        if (digits.starts_with("86")) digits = spaced_digits(text, i, 13, end).erase(0, 2);
        if (digits.starts_with("0")) digits = spaced_digits(text, i, 12, end);
        const bool whole = end == text.size() || !is_digit(text[end]);
        if (whole && (is_mobile(digits) || is_landline(digits))) findings.add(Entity::Kind::Phone, i, end, digits);
        i = std::max(end, digits_from(text, i)) - 1;
    }
}

/// 我叫张三: the two to four characters up to the next mark.
void find_names(std::u32string_view text, Findings& findings) {
    for (const std::u32string_view lead : {U"我叫", U"姓名是", U"姓名:", U"名字叫", U"名字是"}) {
        const auto at = text.find(lead);
        if (at == text.npos) continue;
        const auto begin = at + lead.size();
        auto end = begin;
        while (end < text.size() && (is_han(text[end]) || text[end] == U'·')) ++end;
        if (end - begin >= 2 && end - begin <= 4) findings.add(Entity::Kind::Person, begin, end, "name");
    }
}

void find_words(const Lexicon& lexicon, const std::vector<Hit>& words, Findings& findings) {
    for (const Hit& hit : words) {
        const LexiconWord& word = lexicon.denotes[hit.id];
        if (word.kind && *word.kind != Entity::Kind::Statute) findings.add(*word.kind, hit.begin, hit.end, word.value);
    }
}

/// What is left: digits, and Chinese numbers of two characters or more (a lone 一 counts nothing).
void find_numbers(std::u32string_view text, Findings& findings) {
    for (std::size_t i = 0; i < text.size();) {
        const auto number = findings.free(i, i + 1) ? read_numeral(text, i) : std::nullopt;
        if (!number || (!number->arabic && number->end - i < 2)) {
            ++i;
            continue;
        }
        auto value = std::to_string(static_cast<long long>(number->value));
        if (const double rest = number->value - std::floor(number->value); rest >= 0.05) {
            value += "." + std::to_string(static_cast<int>(std::lround(rest * 10)) % 10);
        }
        findings.add(Entity::Kind::Number, i, number->end, std::move(value));
        i = number->end;
    }
}

std::vector<Entity> find_entities(const Chars& chars, std::string_view normalised, const Lexicon& lexicon,
                                  const std::vector<Hit>& words) {
    Findings findings{chars.size()};
    find_identifiers(chars.text, findings);
    find_statutes(chars.text, lexicon, words, findings);
    find_dates(chars.text, findings);
    find_durations(chars.text, findings);
    find_money(chars.text, findings);
    find_names(chars.text, findings);
    find_words(lexicon, words, findings);
    find_numbers(chars.text, findings);
    std::vector<Entity> entities;
    for (auto& found : findings.sorted()) {
        entities.push_back({.kind = found.kind,
                            .text = chars.slice(normalised, found.begin, found.end),
                            .value = std::move(found.value),
                            .begin = chars.at[found.begin]});
    }
    return entities;
}

}  // namespace yuanda::nlu::detail
