// The head as TOML in the order of kb/entries/README.md, then the body.
#include "kb/entry_text.hpp"

namespace yuanda::kb {
namespace {

/// A basic string of TOML 1.0.
std::string toml_text(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append(1, '\\').append(1, c);
        else if (c == '\n')
            out += "\\n";
        else if (byte < 0x20 || byte == 0x7F)
            out.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 0xF]);
        else
            out += c;
    }
    return out += '"';
}

const std::string& text_of(const std::string& text) { return text; }
const std::string& text_of(const EntryId& id) { return id.value; }

template <class Texts>
std::string list_line(std::string_view key, const Texts& texts) {
    std::string out = std::string(key) + " = [";
    for (const auto& text : texts) out += (out.ends_with('[') ? "" : ", ") + toml_text(text_of(text));
    return out + "]\n";
}

std::string line(std::string_view key, const std::string& text) {
    return std::string(key) + " = " + toml_text(text) + "\n";
}

std::string variants_of(const Entry& entry) {
    std::string out = "variants = [\n";
    for (const auto& variant : entry.variants) out += "  " + toml_text(variant) + ",\n";
    return out + "]\n";
}

std::string citations_of(const Entry& entry) {
    std::string out = "citations = [\n";
    for (const auto& cited : entry.citations)
        out += "  { law = " + toml_text(cited.law) + ", article = " + toml_text(cited.article) +
               ", plain = " + toml_text(cited.plain) + " },\n";
    return out + "]\n";
}

std::string section_text(const EntrySection& section) {
    std::string out = "\n## " + section.title + "\n";
    // One unordered item reads as a sentence, as the shipped entries have it; a mark at its front needs the bullet.
    const bool sentence =
        !section.ordered && section.items.size() == 1 && section.items.front().find_first_of("#-0123456789") != 0;
    for (std::size_t i = 0; i < section.items.size(); ++i) {
        if (section.ordered) out += std::to_string(i + 1) + ". ";
        if (!section.ordered && !sentence) out += "- ";
        out += section.items[i] + "\n";
    }
    return out;
}

}  // namespace

std::string entry_text(const Entry& entry) {
    std::string out = "+++\n";
    out += line("id", entry.id.value) + line("topic", entry.topic) + line("subtopic", entry.subtopic) +
           line("question", entry.question) + variants_of(entry) + list_line("keywords", entry.keywords) +
           line("audience", entry.audience) + line("region", entry.region) + citations_of(entry) +
           list_line("deadlines", entry.deadlines) + line("calculator", entry.calculator) + line("aid", entry.aid) +
           line("risk", entry.risk) + list_line("related", entry.related) + list_line("follow_ups", entry.follow_ups) +
           line("reviewed_on", entry.reviewed_on) + line("expires_on", entry.expires_on) + "+++\n\n";
    for (const char c : entry.conclusion) out.append(c == '\n' ? 2 : 1, c);  // each line is a paragraph of its own
    out += '\n';
    for (const auto& section : entry.sections) out += section_text(section);
    return out;
}

}  // namespace yuanda::kb
