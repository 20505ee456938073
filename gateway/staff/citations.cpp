// Reads articles out of free text and holds them against the register of laws.
#include "gateway/staff/citations.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxLawName = 40;  // 《…》 longer than this is no law's name
constexpr std::size_t kMaxNumeral = 10;  // 一千二百六十
constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百千两0123456789０１２３４５６７８９";
constexpr std::u32string_view kBetween = U" 　、，,和及与或至到以";

using View = std::u32string_view;

std::size_t numeral_length(View text) {
    std::size_t n = 0;
    while (n < text.size() && n < kMaxNumeral && kNumerals.find(text[n]) != View::npos) ++n;
    return n;
}

/// Length of 第三十条, 第三十条之一 or 30条 at the start of `text`; 0: none.
std::size_t article_length(View text) {
    const bool marked = text.starts_with(U'第');
    std::size_t at = marked ? 1 : 0;
    while (marked && at < text.size() && text[at] == U' ') ++at;
    const std::size_t digits = numeral_length(text.substr(at));
    if (digits == 0) return 0;
    at += digits;
    while (at < text.size() && text[at] == U' ') ++at;
    if (at >= text.size() || text[at] != U'条') return 0;
    ++at;
    if (at < text.size() && text[at] == U'之') {
        const std::size_t suffix = numeral_length(text.substr(at + 1));
        if (suffix > 0) at += 1 + suffix;
    }
    return at;
}

/// Length of 第二款 or 第（一）项, which narrow an article and do not matter here.
std::size_t part_length(View text) {
    if (!text.starts_with(U'第')) return 0;
    std::size_t at = 1;
    if (at < text.size() && (text[at] == U'（' || text[at] == U'(')) ++at;
    at += numeral_length(text.substr(at));
    if (at < text.size() && (text[at] == U'）' || text[at] == U')')) ++at;
    const bool part = at > 1 && at < text.size() && (text[at] == U'款' || text[at] == U'项' || text[at] == U'目');
    return part ? at + 1 : 0;
}

std::size_t bracket_length(View text) {
    if (!text.starts_with(U'（') && !text.starts_with(U'(')) return 0;
    const std::size_t end = text.find_first_of(U"）)");
    return end == View::npos || end > kMaxLawName ? 0 : end + 1;
}

std::string without_blanks(View article) {
    std::u32string out(article);
    std::erase(out, U' ');
    return to_utf8(out);
}

/// Reads the run of articles at `at` and moves past it.
void read_articles(View text, std::size_t& at, const std::string& law, std::vector<CitedArticle>& out) {
    at += bracket_length(text.substr(at));  // 《民法典》（2020年）第…
    for (std::size_t probe = at;;) {
        while (probe < text.size() && kBetween.find(text[probe]) != View::npos) ++probe;
        if (const std::size_t part = part_length(text.substr(probe)); part > 0) {
            at = probe += part;
            continue;
        }
        const std::size_t length = article_length(text.substr(probe));
        if (length == 0) return;
        out.push_back({law, without_blanks(text.substr(probe, length))});
        at = probe += length;
    }
}

/// Every name a law goes by, longest first, so that 劳动合同法 is not read as 合同法.
std::vector<std::u32string> names_of(const kb::StatuteRegister& statutes) {
    std::vector<std::u32string> names;
    for (const auto& statute : statutes.all()) {
        names.push_back(to_utf32(statute.name));
        names.push_back(to_utf32(statute.full));
        for (const auto& alias : statute.aliases) names.push_back(to_utf32(alias));
    }
    std::erase_if(names, [](const auto& name) { return name.size() < 2; });
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return names;
}

const std::u32string* name_at(View text, const std::vector<std::u32string>& names) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& name) { return text.starts_with(name); });
    return found == names.end() ? nullptr : &*found;
}

/// 《name》 at the start of `text`; empty: none.
View bracketed_name(View text) {
    if (!text.starts_with(U'《')) return {};
    const std::size_t end = text.find(U'》');
    return end == View::npos || end > kMaxLawName ? View{} : text.substr(1, end - 1);
}

std::string reason(const CitedArticle& cited, const kb::StatuteRegister& statutes, Date today) {
    const kb::Statute* statute = statutes.find(cited.law);
    if (!statute) return "《" + cited.law + "》查不到，没有发出。请核对法名。";
    const auto citation = statutes.resolve(cited.law, cited.article, today);
    if (!citation)
        return "《" + statute->name + "》没有" + cited.article + "（共" + std::to_string(statute->articles) +
               "条），没有发出。";
    if (statute->status == kb::Statute::Status::Repealed)
        return "《" + statute->name + "》已经废止，没有发出。" +
               (statute->replaced_by.empty() ? "请改引现行的法。" : "请改引《" + statute->replaced_by + "》。");
    const auto day = parse_iso_date(statute->effective);
    return "《" + statute->name + "》" + (day ? chinese_date(*day) : statute->effective) + "起才施行，没有发出。";
}

}  // namespace

std::vector<CitedArticle> cited_in(std::string_view utf8, const kb::StatuteRegister& statutes) {
    const std::u32string whole = to_utf32(utf8);
    const View text = whole;
    const auto names = names_of(statutes);
    std::vector<CitedArticle> out;
    for (std::size_t at = 0; at < text.size();) {
        if (const View bracketed = bracketed_name(text.substr(at)); !bracketed.empty()) {
            at += bracketed.size() + 2;
            read_articles(text, at, to_utf8(bracketed), out);
        } else if (const auto* name = name_at(text.substr(at), names)) {
            at += name->size();
            read_articles(text, at, to_utf8(*name), out);
        } else {
            ++at;
        }
    }
    return out;
}

CheckedCitations check_citations(const std::vector<CitedArticle>& cited, const kb::StatuteRegister& statutes,
                                 Date today) {
    CheckedCitations checked;
    for (const auto& one : cited) {
        const auto citation = statutes.resolve(one.law, one.article, today);
        if (!citation || !citation->in_force) {
            checked.refusal = reason(one, statutes, today);
            checked.citations.clear();
            return checked;
        }
        if (std::find(checked.citations.begin(), checked.citations.end(), *citation) == checked.citations.end())
            checked.citations.push_back(*citation);
    }
    return checked;
}

std::string status_of(std::string_view law, std::string_view article, const kb::StatuteRegister& statutes, Date today) {
    const kb::Statute* statute = statutes.find(law);
    const auto citation = statutes.resolve(law, article, today);
    if (!statute || !citation) return "查不到";
    if (statute->status == kb::Statute::Status::Repealed) return "已废止";
    if (!citation->in_force) return "尚未施行";
    return "现行有效";
}

std::string with_basis(const std::string& text, const std::vector<Citation>& citations,
                       const kb::StatuteRegister& statutes, Date today) {
    const auto named = check_citations(cited_in(text, statutes), statutes, today).citations;
    Reply tail;
    for (const auto& citation : citations)
        if (std::find(named.begin(), named.end(), citation) == named.end()) tail.citations.push_back(citation);
    if (tail.citations.empty()) return text;
    return text + "\n\n" + plain_text(tail, {});  // a reply of citations alone is its line 依据：…
}

}  // namespace yuanda::gateway::staff
