// Finds the facts in an utterance: who, how much, when, how long, where, and which article.
#pragma once

#include <string_view>
#include <vector>

#include "nlu/detail/lexicon.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/understanding.hpp"

namespace yuanda::nlu::detail {

/// One fact at code points [begin, end).
struct Found {
    Entity::Kind kind = Entity::Kind::Number;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string value;
};

/// The facts so far; a later scanner may not take characters an earlier one took (an article is no amount).
class Findings {
public:
    explicit Findings(std::size_t size) : taken_(size, false) {}
    bool free(std::size_t begin, std::size_t end) const;
    bool add(Entity::Kind kind, std::size_t begin, std::size_t end, std::string value);
    std::vector<Found> sorted() const;

private:
    std::vector<bool> taken_;
    std::vector<Found> found_;
};

/// 18-character identity numbers with a plausible date, mobile and landline numbers.
void find_identifiers(std::u32string_view text, Findings& findings);
/// 劳动合同法第八十二条, 民法典1076条, 《某某条例》第3条; `words` are the lexicon's hits.
void find_statutes(std::u32string_view text, const Lexicon& lexicon, const std::vector<Hit>& words, Findings& findings);
void find_dates(std::u32string_view text, Findings& findings);
void find_durations(std::u32string_view text, Findings& findings);
void find_money(std::u32string_view text, Findings& findings);
void find_names(std::u32string_view text, Findings& findings);
void find_numbers(std::u32string_view text, Findings& findings);
/// People, places and organisations of the lexicon.
void find_words(const Lexicon& lexicon, const std::vector<Hit>& words, Findings& findings);

std::vector<Entity> find_entities(const Chars& chars, std::string_view normalised, const Lexicon& lexicon,
                                  const std::vector<Hit>& words);

}  // namespace yuanda::nlu::detail
