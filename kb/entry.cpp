// Splits an entry's file into its TOML head and Markdown body and checks what no entry can be without.
#include "kb/entry.hpp"

#include "core/text.hpp"
#include "kb/detail/body.hpp"
#include "kb/detail/front_matter.hpp"

namespace yuanda::kb {
namespace {

constexpr std::string_view kFence = "+++";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Parts {
    std::string_view head;
    std::string_view body;
    int body_line = 0;
};

std::optional<Parts> split(std::string_view text) {
    if (!text.starts_with("+++\n")) return std::nullopt;
    const auto head = text.substr(kFence.size() + 1);
    // The closing fence stands alone on its line; "+++" inside a string does not close.
    auto close = head.starts_with("+++\n") ? 0 : head.find("\n+++\n");
    if (close == std::string_view::npos) return std::nullopt;
    if (close != 0) ++close;
    Parts parts{head.substr(0, close), head.substr(close + kFence.size() + 1), 3};
    parts.body_line += static_cast<int>(std::count(parts.head.begin(), parts.head.end(), '\n'));
    return parts;
}

std::string with_plain_line_ends(std::string_view markdown) {
    if (markdown.starts_with(kByteOrderMark)) markdown.remove_prefix(kByteOrderMark.size());
    std::string text(markdown);
    std::erase(text, '\r');
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

}  // namespace

Result<Entry> parse_entry(std::string_view markdown) {
    if (!is_clean_utf8(markdown)) return invalid("line 1: not UTF-8 text");
    const auto text = with_plain_line_ends(markdown);
    const auto parts = split(text);
    if (!parts) return invalid("line 1: the file must begin with +++, TOML, +++");
    auto entry = detail::parse_front_matter(parts->head, 2);
    if (!entry) return entry.error();
    const auto body = detail::parse_body(parts->body, parts->body_line, *entry);
    if (!body) return body.error();
    if (entry->id.empty()) return invalid("line 2: id is missing");
    if (entry->question.empty()) return invalid("line 2: question is missing");
    if (entry->conclusion.empty()) return invalid("line " + std::to_string(parts->body_line) + ": no conclusion");
    return entry;
}

}  // namespace yuanda::kb
