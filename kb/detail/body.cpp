// A line-by-line reader of the small Markdown that entries use.
#include "kb/detail/body.hpp"

#include "core/text.hpp"

namespace yuanda::kb::detail {
namespace {

enum class LineKind { Blank, Title, Heading, Numbered, Bullet, Words };

struct Line {
    LineKind kind = LineKind::Blank;
    std::string_view text;  // without its marker
};

/// Length of "12. " or "12、" at the front, 0 when there is none.
std::size_t number_marker(std::string_view text) {
    const auto digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos || digits > 2) return 0;
    const auto rest = text.substr(digits);
    if (rest.starts_with(". ")) return digits + 2;
    constexpr std::string_view kComma = "、";
    return rest.starts_with(kComma) ? digits + kComma.size() : 0;
}

Line classify(std::string_view raw) {
    const auto text = trimmed(raw);
    if (text.empty()) return {};
    if (text.starts_with("## ")) return {LineKind::Title, trimmed(text.substr(3))};
    if (text.starts_with('#')) return {LineKind::Heading, text};
    if (text.starts_with("- ")) return {LineKind::Bullet, trimmed(text.substr(2))};
    if (const auto marker = number_marker(text)) return {LineKind::Numbered, trimmed(text.substr(marker))};
    return {LineKind::Words, text};
}

class BodyReader {
public:
    explicit BodyReader(Entry& entry) : entry_(entry) {}

    /// Empty on success, else what is wrong with the line.
    std::string take(const Line& line) {
        switch (line.kind) {
            case LineKind::Blank: in_paragraph_ = false; return {};
            case LineKind::Heading: return "only ## headings are read";
            case LineKind::Title: return open_section(line.text);
            case LineKind::Words: return take_words(line.text);
            case LineKind::Numbered:
            case LineKind::Bullet: return take_item(line.text, line.kind == LineKind::Numbered);
        }
        return {};
    }

private:
    std::string open_section(std::string_view title) {
        if (title.empty()) return "a section needs a title";
        entry_.sections.push_back({std::string(title), false, {}});
        in_paragraph_ = false;
        return {};
    }

    std::string take_words(std::string_view text) {
        auto* target = entry_.sections.empty() ? &entry_.conclusion : nullptr;
        if (!target && in_paragraph_) target = &entry_.sections.back().items.back();
        if (!target) {
            if (entry_.sections.back().ordered) return "plain words inside a numbered list";
            entry_.sections.back().items.emplace_back(text);
        } else {
            // Chinese joins wrapped lines without a space; a new paragraph of the conclusion is a new line.
            if (!in_paragraph_ && !target->empty()) *target += '\n';
            *target += text;
        }
        in_paragraph_ = true;
        return {};
    }

    std::string take_item(std::string_view text, bool numbered) {
        if (entry_.sections.empty()) return "a list needs a section";
        auto& section = entry_.sections.back();
        if (section.items.empty()) section.ordered = numbered;
        if (section.ordered != numbered) return "a section is one list: numbered or not";
        if (text.empty()) return "an item needs words";
        section.items.emplace_back(text);
        in_paragraph_ = true;  // a wrapped line goes on with the item
        return {};
    }

    Entry& entry_;
    bool in_paragraph_ = false;
};

}  // namespace

Result<> parse_body(std::string_view markdown, int first_line, Entry& entry) {
    BodyReader reader{entry};
    for (int number = first_line; !markdown.empty(); ++number) {
        const auto end = std::min(markdown.find('\n'), markdown.size());
        const auto problem = reader.take(classify(markdown.substr(0, end)));
        if (!problem.empty()) return invalid("line " + std::to_string(number) + ": " + problem);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
    }
    for (const auto& section : entry.sections)
        if (section.items.empty()) return invalid("section " + section.title + " is empty");
    return {};
}

}  // namespace yuanda::kb::detail
