// Searches the served generation with the reader's own normalisation.
#include "gateway/staff/kb_api.hpp"

#include "gateway/staff/citations.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxQuery = 500;
constexpr int kMaxHits = 20;
constexpr std::size_t kMaxInsert = 600;  // fits one WeChat message of 2,048 bytes

/// The answer as a lawyer would send it: without questions to tap and without the bot's closing line.
std::string insertable(Reply reply) {
    reply.choices.clear();
    reply.follow_ups.clear();
    PlainTextOptions options;
    options.numbered_choices = false;
    options.max_chars = kMaxInsert;
    return plain_text(reply, options);
}

std::string joined(const std::vector<std::string>& paragraphs) {
    std::string out;
    for (const auto& paragraph : paragraphs) out += (out.empty() ? "" : "\n") + paragraph;
    return out;
}

/// `limit` of the body: 1..20, 5 when absent; nullopt when it is something else.
std::optional<int> limit_of(const Json& body) {
    const auto found = body.find("limit");
    if (found == body.end()) return 5;
    const bool fits = found->is_number_integer() && *found >= 1 && *found <= kMaxHits;
    return fits ? std::optional(found->get<int>()) : std::nullopt;
}

/// In the body, because what is searched for may be a citizen's own words: an address is kept in logs.
Response search(Context& context, const Call& call) {
    const auto q = optional_text(call.body, "q", kMaxQuery);
    const auto limit = limit_of(call.body);
    if (!q || !limit) return unprocessable(call.request, "请用500字以内的话来查。");
    Json hits = Json::array();
    if (!q->empty()) {
        const auto knowledge = context.services.knowledge.current();
        const std::string topic = context.services.reader.read(*q).topic();
        const auto found = knowledge->index->search(nlu::normalise(*q), topic, *limit);
        if (!found.has_value())
            return error_response(call.request, ErrorCode::Unavailable, "知识库正在更新，请稍后再查。");
        // Below this the bot itself would not even offer it: noise beside a lawyer who is reading.
        const bool worth_showing = found->confidence >= kb::Thresholds{}.clarify;
        for (const auto& hit : worth_showing ? found->hits : std::vector<kb::Hit>{})
            if (const auto* entry = knowledge->base->find(hit.entry))
                hits.push_back(kb_hit_json(*knowledge->base, *entry, hit.score, china_date(call.now)));
    }
    return json_response(200, Json{{"hits", hits}}.dump());
}

}  // namespace

Json kb_hit_json(const kb::Base& base, const kb::Entry& entry, double score, Date today) {
    Json citations = Json::array();
    for (const auto& cited : entry.citations) {
        const auto resolved = base.statutes().resolve(cited.law, cited.article, today);
        citations.push_back({{"law", resolved ? resolved->law : cited.law},
                             {"article", resolved ? resolved->article : cited.article},
                             {"in_force", resolved && resolved->in_force},
                             {"status", status_of(cited.law, cited.article, base.statutes(), today)}});
    }
    const auto reply = base.answer(entry, today);
    return {{"entry_id", entry.id.value},
            {"question", entry.question},
            {"conclusion", reply ? joined(reply->paragraphs) : base.resolve(entry.conclusion)},
            {"score", score},
            {"citations", std::move(citations)},
            {"text", reply ? insertable(*reply) : std::string{}}};
}

void add_kb_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/kb/search", search);
}

}  // namespace yuanda::gateway::staff
