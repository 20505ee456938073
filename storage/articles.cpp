// Texts of statutes, where a centre has imported them.
#include "storage/articles.hpp"

#include "storage/detail/session.hpp"

namespace yuanda::storage {

Articles::Articles(Database& database) : database_(&database) {}

Result<> Articles::import(const std::vector<Article>& batch) {
    return database_->write([&](Session& session) -> Result<> {
        for (const Article& a : batch)
            Query(session,
                  "INSERT INTO article (law, article, text, path) VALUES (:law, :article, :text, :path)"
                  " ON CONFLICT (law, article) DO UPDATE SET text = excluded.text, path = excluded.path")
                .in(a.law)
                .in(a.article)
                .in(a.text)
                .in(a.path)
                .run();
        return {};
    });
}

Result<std::optional<Article>> Articles::find(const std::string& law, const std::string& article) {
    std::optional<Article> found;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Article a{law, article, {}, {}};
        Query query(session, "SELECT text, path FROM article WHERE law = :law AND article = :article");
        query.in(law).in(article).out(a.text).out(a.path);
        if (query.next()) found = a;
        return {};
    });
    if (!done) return done.error();
    return found;
}

Result<std::int64_t> Articles::count() {
    std::int64_t count = 0;
    const auto done = database_->read([&](Session& session) -> Result<> {
        Query(session, "SELECT COUNT(*) FROM article").out(count).next();
        return {};
    });
    if (!done) return done.error();
    return count;
}

}  // namespace yuanda::storage
