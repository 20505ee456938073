// The application form as data: which facts are asked, in which words, and how they are shown.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/application.hpp"
#include "core/result.hpp"

namespace yuanda::dialogue {

enum class FieldKind { Text, Choice, Topic, Name, Phone, Identity, Division, Money, YesNo, Age, Date };
std::string_view name_of(FieldKind kind);  // "yes_no"

struct FieldOption {
    std::string value;
    std::string text;
    std::vector<std::string> words;  // said instead of the text
    bool quiet = false;              // not to be named in quiet mode
};

struct Field {
    std::string key;
    std::string section;
    std::string label;
    std::string ask;
    std::string why;
    FieldKind kind = FieldKind::Text;
    bool required = true;
    bool free = false;        // whatever is written is the answer, even a question
    std::string only_if_key;  // empty: always asked
    std::string only_if_value;
    std::vector<FieldOption> options;
};

struct BringLine {
    std::string text;
    std::vector<std::string> topics, hardship, who;  // empty: for everybody
};

struct Form {
    std::string id;
    std::string title;
    std::vector<std::string> sections;        // as applicants read them
    std::vector<std::string> staff_sections;  // as staff do, in the same order
    std::string review_title;
    std::vector<Field> fields;
    std::map<std::string, std::string> matters;  // topic -> 请求支付劳动报酬
    std::vector<BringLine> bring;

    const Field* find(std::string_view key) const;
    /// Whether `key` is what a question of this form stores beside its answer: home_code, the code of a place.
    bool derives(std::string_view key) const;
    bool applies(const Field& field, const casework::Facts& facts) const;
    /// First applying field without a fact after all before it; "review" when all are answered.
    std::string next_step(const casework::Facts& facts) const;
    /// The applying field before `step`; empty at the first.
    std::string previous_step(const std::string& step, const casework::Facts& facts) const;
    /// `value` as people read it: the option's text, else the value itself. Not masked.
    std::string shown(const Field& field, const std::string& value) const;
    /// The same with names, phones and identity numbers masked.
    std::string masked(const Field& field, const std::string& value) const;
    /// As the one who typed it reads it back: the name in full, so that a wrong character shows.
    std::string read_back(const Field& field, const std::string& value) const;
    std::string matter_of(const std::string& topic) const;
    std::vector<std::string> to_bring(const casework::Facts& facts) const;
};

/// InvalidInput names the field and what is wrong with it.
Result<Form> parse_form(std::string_view toml);

}  // namespace yuanda::dialogue
