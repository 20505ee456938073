// Texts of statutes, where a centre has imported them; the product ships none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace yuanda::storage {

struct Article {
    std::string law;
    std::string article;  // 第三十条
    std::string text;
    std::string path;
};

class Articles {
public:
    explicit Articles(Database& database);
    /// Replaces the article of the same law and number.
    Result<> import(const std::vector<Article>& batch);
    Result<std::optional<Article>> find(const std::string& law, const std::string& article);
    Result<std::int64_t> count();

private:
    Database* database_;
};

}  // namespace yuanda::storage
