// Checks, renders and searches with an entry that nobody else can see yet.
#include "gateway/staff/check_api.hpp"

#include <algorithm>

#include "adapters/wechat/render.hpp"
#include "gateway/staff/kb_findings.hpp"
#include "gateway/staff/kb_form.hpp"
#include "nlu/reader.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxQuestion = 300;
constexpr int kShownHits = 5;
constexpr int kRankedHits = 50;

/// As it would be saved now: whoever writes an entry has reviewed it.
std::optional<kb::Entry> entry_of(const Call& call) {
    const auto found = call.body.find("content");
    auto entry = found == call.body.end() ? std::nullopt : entry_from(*found);
    if (entry) entry->reviewed_on = iso_date(china_date(call.now));
    return entry;
}

/// The reply as the bot would send it: follow-ups are choices then, as dialogue makes them.
Json preview_json(const kb::Base& base, const kb::Entry& entry, Date today) {
    auto reply = base.answer(entry, today);
    if (!reply) return {{"card", nullptr}, {"wechat", Json::array()}, {"bytes", 0}};
    for (std::size_t i = 0; i < reply->follow_ups.size(); ++i)
        reply->choices.push_back({std::to_string(i + 1), reply->follow_ups[i]});
    reply->follow_ups.clear();
    const auto texts = adapters::wechat::render(*reply);
    std::size_t bytes = 0;
    for (const auto& text : texts) bytes = std::max(bytes, text.size());
    return {{"card", Json::parse(reply_to_json(*reply))}, {"wechat", texts}, {"bytes", bytes}};
}

Response check(Context& context, const Call& call) {
    const auto entry = entry_of(call);
    if (!entry) return unprocessable(call.request, "有的内容太长，或者不是文字。请删减后再看。");
    const Date today = china_date(call.now);
    Json json = preview_json(*context.services.knowledge.current()->base, *entry, today);
    json["findings"] = findings_json(checked(context, *entry, today));
    json["limit"] = adapters::wechat::kMaxTextBytes;
    return json_response(200, json.dump());
}

/// What the knowledge base alone would make of a question; safety, commands and flows come before it.
Result<Json> outcome(const Generation& generation, const std::string& question, const std::string& topic,
                     const EntryId& own, Date today) {
    const auto found = generation.index->search(nlu::normalise(question), topic, kRankedHits);
    if (!found.has_value()) return found.error();
    const kb::Thresholds thresholds;
    std::string decision = "fallback";
    if (found->confidence >= thresholds.clarify && !found->hits.empty()) decision = "clarify";
    if (found->confidence >= thresholds.answer && !found->hits.empty()) {
        const auto* best = generation.base->find(found->hits.front().entry);
        decision = best && generation.base->answer(*best, today) ? "answer" : "blocked";
    }
    Json hits = Json::array();
    Json rank = nullptr;
    for (std::size_t i = 0; i < found->hits.size(); ++i) {
        const auto& hit = found->hits[i];
        if (hit.entry == own) rank = i + 1;
        if (i < kShownHits)
            hits.push_back({{"entry_id", hit.entry.value}, {"question", hit.question}, {"score", hit.score}});
    }
    return Json{{"decision", decision}, {"confidence", found->confidence}, {"rank", rank}, {"hits", hits}};
}

Response try_it(Context& context, const Call& call) {
    const auto question = text_field(call.body, "q", kMaxQuestion);
    const auto entry = entry_of(call);
    if (!question) return unprocessable(call.request, "请写一句要试的话，300字以内。");
    if (!entry || entry->id.empty()) return unprocessable(call.request, "请先写好编号和标准问题。");
    const auto busy = [&] {
        return error_response(call.request, ErrorCode::Unavailable, "知识库正在更新，请稍后再试。");
    };
    const auto served = context.services.knowledge.current();
    const auto trial = context.editors.trial(served, *entry);
    if (!trial.has_value()) return busy();
    const std::string topic = context.services.reader.read(*question).topic();
    const Date today = china_date(call.now);
    const auto live = outcome(*served, *question, topic, entry->id, today);
    const auto draft = outcome(**trial, *question, topic, entry->id, today);
    if (!live.has_value() || !draft.has_value()) return busy();
    const kb::Thresholds thresholds;
    return json_response(200, Json{{"live", *live},
                                   {"draft", *draft},
                                   {"answer_from", thresholds.answer},
                                   {"clarify_from", thresholds.clarify}}
                                  .dump());
}

}  // namespace

std::vector<kb::LintFinding> checked(Context& context, const kb::Entry& entry, Date today) {
    const auto neighbours = context.editors.neighbours(context.services.knowledge.current());
    return findings_about(entry, neighbours->lint(entry, today));
}

void add_check_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/kb/check", check);
    add_route(router, context, "POST", "/api/v1/kb/try", try_it);
}

}  // namespace yuanda::gateway::staff
