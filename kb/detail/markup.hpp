// The three references an entry's text may hold, found in one place for the base and for lint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yuanda::kb::detail {

/// A piece of text: plain words, or a reference {期限:id}, {热线:number}, [法 第X条] (kb/entries/README.md).
struct Span {
    enum class Kind { Words, Deadline, Hotline, Article };
    Kind kind = Kind::Words;
    std::string_view text;     // as written, with its brackets
    std::string_view value;    // id, number, or short name of the law
    std::string_view article;  // 第三十条; only for Article
};

/// Splits `text` into its pieces; brackets of any other shape stay plain words. Views into `text`.
std::vector<Span> spans(std::string_view text);

}  // namespace yuanda::kb::detail
