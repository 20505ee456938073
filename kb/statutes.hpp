// The register of laws: which exist, how many articles they have, whether they are in force. Facts, never texts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reply.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace yuanda::kb {

struct Statute {
    enum class Status { InForce, Amended, Repealed, NotYet };
    std::string name;
    std::string full;
    std::vector<std::string> aliases;
    std::string kind;
    int articles = 0;  // number of the last one: 之一 articles do not add to it
    Status status = Status::InForce;
    std::string adopted;
    std::string effective;
    std::string replaced_by;
    std::string read_at;
};

/// 第三十条 -> 30, 第二百七十六条之一 -> 276 (and the suffix 1); Arabic "30", "第30条" are read too.
struct ArticleNumber {
    int number = 0;
    int suffix = 0;
    bool operator==(const ArticleNumber&) const = default;
};
std::optional<ArticleNumber> parse_article(std::string_view text);
/// 第三十条
std::string article_text(ArticleNumber number);

class StatuteRegister {
public:
    static Result<StatuteRegister> from_toml(std::string_view text);
    /// By short name, full name or alias; with or without 《》.
    const Statute* find(std::string_view name) const;
    /// Resolves to a citation with in_force as of `today`; nullopt when the law is unknown or the article
    /// lies beyond the last.
    std::optional<Citation> resolve(std::string_view law, std::string_view article, Date today) const;
    const std::vector<Statute>& all() const { return statutes_; }

private:
    std::vector<Statute> statutes_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

}  // namespace yuanda::kb
