// Reads citations the way people write them, and the list form of lawyers (第三十条、第八十五条).
#include "nlu/detail/entities.hpp"
#include "nlu/detail/numerals.hpp"

namespace yuanda::nlu::detail {
namespace {

struct Article {
    std::string number;  // 第八十二条, 第二百七十六条之一
    std::size_t end = 0;
};

bool at_text(std::u32string_view text, std::size_t at, std::u32string_view what) {
    return at <= text.size() && text.substr(at, what.size()) == what;
}

/// "[第]N条[之M]" at `at`.
std::optional<Article> read_article(std::u32string_view text, std::size_t at) {
    if (at_text(text, at, U"第")) ++at;
    const auto number = read_numeral(text, at);
    if (!number || number->approximate || number->value < 1 || number->value > 9999) return std::nullopt;
    if (number->end >= text.size() || text[number->end] != U'条') return std::nullopt;
    if (at_text(text, number->end, U"条款") && !at_text(text, number->end, U"条款第")) return std::nullopt;
    Article article{.number = "第" + to_chinese(static_cast<int>(number->value)) + "条", .end = number->end + 1};
    for (const std::u32string_view of : {U"之", U"-"}) {
        if (!at_text(text, article.end, of)) continue;
        const auto branch = read_numeral(text, article.end + 1);
        if (!branch || branch->value < 1 || branch->value > 20) continue;
        article.number += "之" + to_chinese(static_cast<int>(branch->value));
        article.end = branch->end;
        break;
    }
    return article;
}

std::size_t skip(std::u32string_view text, std::size_t at, std::u32string_view any) {
    while (at < text.size() && any.find(text[at]) != any.npos) ++at;
    return at;
}

/// The articles that follow a law's name; each gets one entity, the first with the name.
void take_articles(std::u32string_view text, const std::string& law, std::size_t begin, std::size_t end,
                   Findings& findings) {
    auto at = skip(text, end, U"》 的里中规定");
    auto article = read_article(text, at);
    if (!article) {
        findings.add(Entity::Kind::Statute, begin, skip(text, end, U"》"), law);
        return;
    }
    while (article) {
        if (!findings.add(Entity::Kind::Statute, begin, article->end, law + " " + article->number)) return;
        const auto next = skip(text, article->end, U"、,和及与 ");
        if (next == article->end) return;
        begin = next;
        article = read_article(text, next);
    }
}

/// Back over 《 and 中华人民共和国, which the name's own value leaves out.
std::size_t with_prefix(std::u32string_view text, std::size_t begin) {
    static constexpr std::u32string_view kCountry = U"中华人民共和国";
    if (begin >= kCountry.size() && text.substr(begin - kCountry.size(), kCountry.size()) == kCountry)
        begin -= kCountry.size();
    return begin > 0 && text[begin - 1] == U'《' ? begin - 1 : begin;
}

}  // namespace

void find_statutes(std::u32string_view text, const Lexicon& lexicon, const std::vector<Hit>& words,
                   Findings& findings) {
    for (const Hit& hit : words) {
        const LexiconWord& word = lexicon.denotes[hit.id];
        if (word.kind != Entity::Kind::Statute) continue;
        take_articles(text, word.value, with_prefix(text, hit.begin), hit.end, findings);
    }
    // A name in title marks that the lexicon does not know is still a citation; whether it exists is kb's to say.
    for (auto open = text.find(U'《'); open != text.npos; open = text.find(U'《', open + 1)) {
        const auto close = text.find(U'》', open);
        if (close == text.npos) return;
        if (close - open < 3 || close - open > 60) continue;
        const char32_t last = text[close - 1];
        const bool a_law =
            last == U'法' || last == U'典' || last == U'例' || last == U'定' || last == U'释' || last == U'则';
        if (a_law && findings.free(open, close + 1)) {
            take_articles(text, to_utf8(text.substr(open + 1, close - open - 1)), open, close + 1, findings);
        }
    }
}

}  // namespace yuanda::nlu::detail
