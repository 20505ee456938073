// Finds the references in an entry's text by scanning for their brackets once.
#include "kb/detail/markup.hpp"

#include "core/text.hpp"
#include "kb/statutes.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr std::string_view kDeadline = "{期限:";
constexpr std::string_view kHotline = "{热线:";

/// A reference starting at `at`, or a Span with empty text.
Span reference_at(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at);
    const bool deadline = rest.starts_with(kDeadline);
    if (deadline || rest.starts_with(kHotline)) {
        const auto close = rest.find('}');
        if (close == std::string_view::npos) return {};
        const auto head = deadline ? kDeadline.size() : kHotline.size();
        return {deadline ? Span::Kind::Deadline : Span::Kind::Hotline,
                rest.substr(0, close + 1),
                rest.substr(head, close - head),
                {}};
    }
    if (!rest.starts_with('[')) return {};
    const auto close = rest.find(']');
    if (close == std::string_view::npos) return {};
    const auto inside = rest.substr(1, close - 1);
    const auto gap = inside.rfind(' ');
    if (gap == std::string_view::npos) return {};
    const auto article = inside.substr(gap + 1);
    if (!article.starts_with("第") || !parse_article(article)) return {};
    return {Span::Kind::Article, rest.substr(0, close + 1), trimmed(inside.substr(0, gap)), article};
}

}  // namespace

std::vector<Span> spans(std::string_view text) {
    std::vector<Span> result;
    std::size_t words = 0;
    for (auto at = text.find_first_of("{["); at != std::string_view::npos;) {
        const auto found = reference_at(text, at);
        if (found.text.empty()) {
            at = text.find_first_of("{[", at + 1);
            continue;
        }
        if (at > words) result.push_back({Span::Kind::Words, text.substr(words, at - words), {}, {}});
        result.push_back(found);
        words = at + found.text.size();
        at = text.find_first_of("{[", words);
    }
    if (words < text.size()) result.push_back({Span::Kind::Words, text.substr(words), {}, {}});
    return result;
}

}  // namespace yuanda::kb::detail
