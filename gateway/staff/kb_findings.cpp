// The rules of kb/lint by name, each with its sentence.
#include "gateway/staff/kb_findings.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "kb/entry_text.hpp"

namespace yuanda::gateway::staff {
namespace {

/// {v}: the words it is about; {o}: the entry it quarrels with; {f}: the field's name.
const std::map<std::string_view, std::string_view>& sentences() {
    static const std::map<std::string_view, std::string_view> table{
        {"bad_id", "编号要像 T01-arrears：领域、短横、小写英文或数字。"},
        {"missing_field", "请填写{f}。"},
        {"unknown_topic", "没有这个领域：{v}。"},
        {"unknown_aid", "援助依据要写 31(1) 到 32(9)、24、25、29 或 advice。"},
        {"unknown_calculator", "没有这个计算器：{v}。"},
        {"unknown_risk", "没有这种风险：{v}。"},
        {"unknown_related", "没有词条 {v}，或者它就是本条。"},
        {"unknown_deadline", "期限表里没有 {v}。"},
        {"few_variants", "至少要 8 种问法，照市民平时的说法写。"},
        {"many_citations", "法条最多 6 条。请留最要紧的。"},
        {"expired", "有效期已过（{v}）。请核对后改期。"},
        {"number_by_hand", "“{v}”请改用{期限:…}，以后改一处就行。"},
        {"number_contradicts", "“{v}”和期限表里这一条的长度不一样。"},
        {"near_duplicate", "“{v}”已经是 {o} 的问法，会抢答。"},
        {"alike_variant", "“{v}”和 {o} 的一种问法太像，会抢答。"},
        {"repeated_variant", "“{v}”写了两遍。"},
        {"unknown_law", "法律表里没有这部法：{v}。"},
        {"bad_article", "条号请写成“第三十条”：{v}。"},
        {"article_beyond_last", "这部法没有这一条：{v}。"},
        {"repealed_law", "{v}：这部法已经废止，请改引现行的。"},
        {"not_yet_in_force", "{v}：这部法还没有施行。"},
        {"unknown_hotline", "热线表里没有核实过的 {v}。"},
        {"reference_not_cited", "{v} 没有列进法条。"},
        {"bad_reference", "括号里的不是期限、热线或法条：{v}"},
        {"repeated_citation", "{v} 列了两遍。"},
        {"citation_without_plain", "{v}：请用一句白话说它的意思。"},
        {"long_plain", "{v}：白话解释请在 40 字以内。"},
        {"exclamation", "不用感叹号。"},
        {"emoji", "不用表情符号。"},
        {"long_conclusion", "结论请在 120 字以内。"},
        {"follow_up_count", "接着问的问题请写 2 到 4 个。"},
        {"long_follow_up", "“{v}”请在 18 字以内。"},
        {"unwritable", "这里有系统当作标记的写法（行首的 #、- 或编号）。请换个写法。"},
    };
    return table;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kFields{
    {{"id", "编号"},           {"topic", "领域"},       {"subtopic", "小类"},     {"question", "标准问题"},
     {"variants", "其他问法"}, {"keywords", "关键词"},  {"audience", "适用人群"}, {"region", "地区"},
     {"citations", "法条"},    {"deadlines", "期限"},   {"calculator", "计算器"}, {"aid", "援助依据"},
     {"risk", "风险"},         {"related", "相关词条"}, {"follow_ups", "接着问"}, {"reviewed_on", "核对日期"},
     {"expires_on", "有效期"}, {"conclusion", "结论"},  {"sections", "正文"},     {"body", "正文"}}};

std::string_view name_of_field(std::string_view field) {
    const auto found =
        std::find_if(kFields.begin(), kFields.end(), [&](const auto& one) { return one.first == field; });
    return found == kFields.end() ? std::string_view{} : found->second;
}

void put(std::string& sentence, std::string_view mark, std::string_view words) {
    if (const auto at = sentence.find(mark); at != std::string::npos) sentence.replace(at, mark.size(), words);
}

}  // namespace

std::vector<kb::LintFinding> findings_about(const kb::Entry& entry, std::vector<kb::LintFinding> linted) {
    // Without these there is no file to read back, and lint has said so already.
    if (entry.id.empty() || entry.question.empty()) return linted;
    if (entry.conclusion.empty()) {
        linted.push_back({entry.id.value, "conclusion", "missing_field", "conclusion is missing"});
        return linted;
    }
    const auto again = kb::parse_entry(kb::entry_text(entry));
    if (again && *again == entry) return linted;
    const bool conclusion = !again || again->conclusion != entry.conclusion;
    linted.push_back({entry.id.value, conclusion ? "conclusion" : "sections", "unwritable", "does not read back"});
    return linted;
}

std::string sentence_of(const kb::LintFinding& finding) {
    const auto found = sentences().find(finding.rule);
    if (found == sentences().end()) return finding.message;
    std::string sentence(found->second);
    const auto field = name_of_field(finding.field);
    put(sentence, "{f}", field.empty() ? std::string_view(finding.field) : field);
    put(sentence, "{o}", finding.other);
    put(sentence, "{v}", finding.value);
    return sentence;
}

Json finding_json(const kb::LintFinding& finding) {
    const bool head = !name_of_field(finding.field).empty();
    Json json = {{"field", finding.field == "body" || !head ? "sections" : finding.field},
                 {"level", kb::name_of(finding.level)},
                 {"rule", finding.rule},
                 {"message", sentence_of(finding)}};
    if (!head) json["place"] = finding.field;
    if (!finding.value.empty()) json["value"] = finding.value;
    if (!finding.other.empty()) json["other"] = finding.other;
    return json;
}

Json findings_json(const std::vector<kb::LintFinding>& findings) {
    Json json = Json::array();
    for (const auto& finding : findings) json.push_back(finding_json(finding));
    return json;
}

bool has_error(const std::vector<kb::LintFinding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& finding) { return finding.level == kb::LintFinding::Level::Error; });
}

}  // namespace yuanda::gateway::staff
