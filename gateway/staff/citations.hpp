// Checks the articles a lawyer cites: nothing leaves that does not resolve to an article in force.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/statutes.hpp"

namespace yuanda::gateway::staff {

struct CitedArticle {
    std::string law;      // as written, without 《》
    std::string article;  // 第三十条
    bool operator==(const CitedArticle&) const = default;
};

/// The articles `text` names, in its order: 《法名》第X条、第Y条, and known laws written without 《》. A clause of
/// something that is no law (合同第三条) is none.
std::vector<CitedArticle> cited_in(std::string_view text, const kb::StatuteRegister& statutes);

struct CheckedCitations {
    std::vector<Citation> citations;     // resolved, in force, each once
    std::optional<std::string> refusal;  // what is wrong, for the lawyer; then nothing may be sent
};
CheckedCitations check_citations(const std::vector<CitedArticle>& cited, const kb::StatuteRegister& statutes,
                                 Date today);

/// 现行有效, 已废止, 尚未施行 or 查不到.
std::string status_of(std::string_view law, std::string_view article, const kb::StatuteRegister& statutes, Date today);

/// `text`, with those of `citations` that it does not name itself in a last line 依据：….
std::string with_basis(const std::string& text, const std::vector<Citation>& citations,
                       const kb::StatuteRegister& statutes, Date today);

}  // namespace yuanda::gateway::staff
