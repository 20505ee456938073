// A reply as plain text, in the shape citizens read on WeChat and QQ.
#include "core/reply.hpp"

#include "core/text.hpp"

namespace yuanda {
namespace {

constexpr std::array<std::pair<ReplyKind, std::string_view>, 9> kKinds{{{ReplyKind::Answer, "answer"},
                                                                        {ReplyKind::Clarify, "clarify"},
                                                                        {ReplyKind::Unsure, "unsure"},
                                                                        {ReplyKind::Intake, "intake"},
                                                                        {ReplyKind::Handoff, "handoff"},
                                                                        {ReplyKind::Safety, "safety"},
                                                                        {ReplyKind::Notice, "notice"},
                                                                        {ReplyKind::Deadline, "deadline"},
                                                                        {ReplyKind::Lawyer, "lawyer"}}};

constexpr std::array<std::string_view, 20> kCircled{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩",
                                                    "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};

std::string section_text(const ReplySection& section, bool titled) {
    std::string out;
    if (titled) out += section.title + "：";
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        if (!out.empty()) out += "\n";
        if (section.ordered) out += std::to_string(i + 1) + ". ";
        out += section.items[i];
    }
    return out;
}

std::string basis_text(const std::vector<Citation>& citations) {
    std::string out = "依据：";
    std::string_view law;
    for (const auto& citation : citations) {
        if (citation.law == law) {
            out += "、";
        } else {
            if (!law.empty()) out += "；";
            out += "《" + citation.law + "》";
        }
        out += citation.article;
        law = citation.law;
    }
    return out;
}

/// The mark of the n-th choice, from 1: ①, and beyond ⑳ 21.
std::string number(std::size_t n) {
    return n <= kCircled.size() ? std::string(kCircled[n - 1]) : std::to_string(n) + ".";
}

std::string choices_text(const Reply& reply) {
    std::string out;
    std::size_t next = 0;
    const auto add = [&](bool numbered, const std::string& text) {
        if (!out.empty()) out += "\n";
        out += (numbered ? number(++next) : "·") + " " + text;
    };
    for (const auto& choice : reply.choices) add(!choice.aside, choice.text);
    if (reply.choices.empty())
        for (const auto& question : reply.follow_ups) add(true, question);
    if (out.empty()) return out;
    if (reply.kind == ReplyKind::Answer)
        return "接着您可能想问：\n" + out + "\n回复数字，或直接说您的情况。需要真人请回复“转人工”。";
    return out;
}

void add_block(std::string& out, const std::string& block) {
    if (block.empty()) return;
    if (!out.empty()) out += "\n\n";
    out += block;
}

}  // namespace

std::string_view name_of(ReplyKind kind) {
    for (const auto& [value, name] : kKinds)
        if (value == kind) return name;
    return "notice";
}

std::optional<ReplyKind> reply_kind_from(std::string_view name) {
    for (const auto& [value, known] : kKinds)
        if (known == name) return value;
    return std::nullopt;
}

std::string plain_text(const Reply& reply, const PlainTextOptions& options) {
    const std::string tail = options.numbered_choices ? choices_text(reply) : std::string{};
    // A question answered inside the interview: its articles stay with it, above the question that is asked again.
    const bool aside = reply.kind == ReplyKind::Intake && !reply.citations.empty();
    // The conclusion, its basis and the choices always stay; sections give way from the end.
    std::size_t keep = options.sections ? reply.sections.size() : std::min<std::size_t>(1, reply.sections.size());
    for (;; --keep) {
        // After the conclusion of an answer, before anything that ends in a question or choices.
        std::string out = reply.kind == ReplyKind::Answer ? std::string{} : reply.note;
        for (const auto& paragraph : reply.paragraphs) {
            add_block(out, paragraph);
            if (aside && &paragraph == &reply.paragraphs.front()) add_block(out, basis_text(reply.citations));
        }
        if (reply.kind == ReplyKind::Answer) add_block(out, reply.note);
        for (std::size_t i = 0; i < keep; ++i) add_block(out, section_text(reply.sections[i], true));
        if (!aside && !reply.citations.empty()) add_block(out, basis_text(reply.citations));
        if (!reply.why.empty()) add_block(out, reply.why);
        add_block(out, tail);
        if (keep == 0 || code_points(out) <= options.max_chars) return out;
    }
}

}  // namespace yuanda
