// The channel-neutral answer; each adapter renders it to what its channel can show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace yuanda {

/// An article an answer rests on. Only citations that resolve to an article in force ever leave the system.
struct Citation {
    std::string law;        // short name: 劳动合同法
    std::string article;    // 第三十条
    std::string full;       // 中华人民共和国劳动合同法
    std::string adopted;    // version, ISO date
    std::string effective;  // in force since, ISO date
    std::string plain;      // our own plain-words line
    bool in_force = false;
    bool operator==(const Citation&) const = default;
};

/// A choice: valid by tap and by its text, on every channel, until it expires; unless it is an aside, by its number
/// too. Asides are the ways around a question: 上一步, 跳过, 转人工.
struct ReplyChoice {
    std::string id;
    std::string text;
    bool aside = false;
    bool operator==(const ReplyChoice&) const = default;
};

struct ReplySection {
    std::string title;  // 怎么办
    bool ordered = false;
    std::vector<std::string> items;
    bool operator==(const ReplySection&) const = default;
};

struct Progress {
    int step = 0;
    int of = 0;
    std::string title;
    bool operator==(const Progress&) const = default;
};

enum class ReplyKind { Answer, Clarify, Unsure, Intake, Handoff, Safety, Notice, Deadline, Lawyer };
std::string_view name_of(ReplyKind kind);  // "answer"
std::optional<ReplyKind> reply_kind_from(std::string_view name);

struct Reply {
    ReplyKind kind = ReplyKind::Notice;
    std::vector<std::string> paragraphs;  // the conclusion first
    std::vector<ReplySection> sections;
    std::vector<Citation> citations;  // of all paragraphs; in an interview of the first one alone
    std::vector<ReplyChoice> choices;
    std::vector<std::string> follow_ups;  // questions a tap would ask
    std::string updated;                  // ISO date an answer was last reviewed, or empty
    std::string why;                      // why we ask (intake)
    std::string note;                     // a small line beside the words, never the headline: who is speaking
    std::optional<Progress> progress;
    bool feedback = false;  // ask whether it helped
    bool operator==(const Reply&) const = default;
    bool empty() const { return paragraphs.empty() && sections.empty() && choices.empty(); }
};

struct PlainTextOptions {
    bool numbered_choices = true;  // ① ② ③ after the text
    bool sections = true;          // every section, or only the first
    std::size_t max_chars = 2000;  // code points; sections are dropped from the end to fit
};

/// The whole reply as plain text, no Markdown marks: conclusion, steps, the articles it rests on, ways to go on.
std::string plain_text(const Reply& reply, const PlainTextOptions& options);

/// JSON as stored and as sent to the citizen's page (the CARD of docs/api.md). Round-trips.
std::string reply_to_json(const Reply& reply);
std::optional<Reply> reply_from_json(const std::string& json);

}  // namespace yuanda
