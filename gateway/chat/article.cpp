// Looks an article up in the register, in the entries that cite it, and among the imported texts.
#include "gateway/chat/article.hpp"

namespace yuanda::gateway {
namespace {

/// Our own line about the article, from the first entry that cites it.
std::string plain_line(const kb::Base& base, const Citation& citation) {
    for (const auto& entry : base.entries())
        for (const auto& cited : entry.citations)
            if (cited.article == citation.article && cited.law == citation.law && !cited.plain.empty())
                return cited.plain;
    return {};
}

std::string_view status_text(const kb::Statute& statute, bool in_force) {
    switch (statute.status) {
        case kb::Statute::Status::Repealed: return "已废止";
        case kb::Statute::Status::Amended: return "已修订";
        case kb::Statute::Status::NotYet: return "尚未施行";
        case kb::Statute::Status::InForce: break;
    }
    return in_force ? "现行有效" : "尚未施行";
}

}  // namespace

std::optional<Json> article_json(Services& services, const std::string& law, const std::string& article) {
    const auto generation = services.knowledge.current();
    const auto& base = *generation->base;
    const auto citation = base.statutes().resolve(law, article, china_date(services.clock.now()));
    const kb::Statute* statute = base.statutes().find(law);
    if (!citation || !statute) return std::nullopt;
    const std::string plain = plain_line(base, *citation);
    const auto text = services.articles.find(citation->law, citation->article);
    Json out = {{"law", citation->law},
                {"full", citation->full},
                {"article", citation->article},
                {"version", citation->adopted},
                {"effective", citation->effective},
                {"in_force", citation->in_force},
                {"status", status_text(*statute, citation->in_force)},
                {"read_at", statute->read_at},
                {"plain", nullptr},
                {"text", nullptr}};
    if (!plain.empty()) out["plain"] = plain;
    if (text.has_value() && text->has_value()) out["text"] = (*text)->text;
    return out;
}

}  // namespace yuanda::gateway
