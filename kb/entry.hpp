// One entry of the knowledge base, as written in kb/entries/ (format: kb/entries/README.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/reply.hpp"
#include "core/result.hpp"

namespace yuanda::kb {

struct EntryCitation {
    std::string law;      // short name of the register
    std::string article;  // 第三十条
    std::string plain;    // what it means for the reader, our own words
    bool operator==(const EntryCitation&) const = default;
};

struct EntrySection {
    std::string title;
    bool ordered = false;
    std::vector<std::string> items;  // references still unresolved: {期限:id} {热线:n} [法 第X条]
    bool operator==(const EntrySection&) const = default;
};

struct Entry {
    EntryId id;
    std::string topic;  // "T01"
    std::string subtopic;
    std::string question;
    std::vector<std::string> variants;
    std::vector<std::string> keywords;
    std::string audience;
    std::string region;
    std::vector<EntryCitation> citations;
    std::vector<std::string> deadlines;
    std::string calculator;
    std::string aid;
    std::string risk;
    std::vector<EntryId> related;
    std::vector<std::string> follow_ups;
    std::string reviewed_on;
    std::string expires_on;
    std::string conclusion;
    std::vector<EntrySection> sections;
    bool operator==(const Entry&) const = default;
};

/// Parses one file. InvalidInput names the line and the field.
Result<Entry> parse_entry(std::string_view markdown);

}  // namespace yuanda::kb
