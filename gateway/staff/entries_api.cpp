// Reads the served generation and the revisions beside it; changes nothing.
#include "gateway/staff/entries_api.hpp"

#include <algorithm>
#include <unordered_set>

#include "gateway/staff/citations.hpp"
#include "gateway/staff/entry_list.hpp"
#include "gateway/staff/kb_form.hpp"
#include "kb/entry.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxQuery = 200;

Json time_or_null(const std::optional<TimePoint>& t) { return t ? Json(to_epoch_ms(*t)) : Json(nullptr); }

Json person_json(const StaffId& id, const std::string& name) {
    if (id.empty()) return nullptr;
    return {{"id", id.value}, {"name", name.empty() ? id.value : name}};
}

Response list(Context& context, const Call& call) {
    EntryQuery query;
    const auto q = optional_text(call.body, "q", kMaxQuery);
    const auto limit = int_or(call.body, "limit", 50);
    if (!q || limit < 1 || limit > 100)
        return error_response(call.request, ErrorCode::InvalidInput, "没有这样的列表。请用200字以内的话来查。");
    query.text = *q;
    query.topic = text_or(call.body, "topic");
    query.state = text_or(call.body, "state", "all");
    query.after = text_or(call.body, "after");
    query.limit = static_cast<std::size_t>(limit);
    query.who = call.staff.id;
    query.today = china_date(call.now);
    const auto open = context.services.revisions.open();
    if (!open.has_value()) return storage_failure(call.request, open.error());
    const auto published = context.services.revisions.published();
    if (!published.has_value()) return storage_failure(call.request, published.error());
    const auto json = entry_list(context.services, *open, *published, query);
    if (!json.has_value()) return error_response(call.request, ErrorCode::Unavailable, "知识库正在更新，请稍后再查。");
    return json_response(200, json->dump());
}

Json citations_json(const kb::Base& base, const kb::Entry& entry, Date today) {
    Json out = Json::array();
    for (const auto& cited : entry.citations) {
        const auto resolved = base.statutes().resolve(cited.law, cited.article, today);
        out.push_back({{"law", cited.law},
                       {"article", cited.article},
                       {"effective", resolved ? resolved->effective : ""},
                       {"in_force", resolved && resolved->in_force},
                       {"status", status_of(cited.law, cited.article, base.statutes(), today)}});
    }
    return out;
}

/// The caller's own open revision with its text; null when there is none.
Result<Json> own_draft(Context& context, const std::vector<storage::Revision>& revisions, const StaffId& who) {
    const auto own = std::find_if(revisions.begin(), revisions.end(),
                                  [&](const auto& revision) { return revision.open() && revision.author == who; });
    if (own == revisions.end()) return Json(nullptr);
    const auto whole = context.services.revisions.find(own->id);
    if (!whole.has_value()) return whole.error();
    if (!*whole) return Json(nullptr);
    Json json = revision_json(**whole);
    const auto entry = kb::parse_entry((*whole)->text);
    json["content"] = entry ? entry_json(*entry) : Json(nullptr);
    return json;
}

Response entry(Context& context, const Call& call) {
    const EntryId id{call.id()};
    const auto revisions = context.services.revisions.of_entry(id);
    if (!revisions.has_value()) return storage_failure(call.request, revisions.error());
    const auto served = context.services.knowledge.current();
    const auto* found = served->base->find(id);
    if (!found && revisions->empty())
        return error_response(call.request, ErrorCode::NotFound, "没有这个词条。可能编号写错了。");
    const auto own = own_draft(context, *revisions, call.staff.id);
    if (!own.has_value()) return storage_failure(call.request, own.error());
    Json json = {{"id", id.value},
                 {"served", nullptr},
                 {"number", 0},
                 {"shipped", ground_of(served)->base->find(id) != nullptr},
                 {"mine", *own},
                 {"citations", Json::array()},
                 {"revisions", Json::array()}};
    if (found) {
        json["served"] = entry_json(*found);
        json["citations"] = citations_json(*served->base, *found, china_date(call.now));
    }
    for (const auto& revision : *revisions) {
        json["revisions"].push_back(revision_json(revision));
        if (revision.state == storage::RevisionState::Published) json["number"] = revision.number;
    }
    return json_response(200, json.dump());
}

Response shipped(Context& context, const Call& call) {
    const auto ground = ground_of(context.services.knowledge.current());
    const auto* found = ground->base->find(EntryId{call.id()});
    if (!found) return error_response(call.request, ErrorCode::NotFound, "出厂的知识库里没有这个词条。");
    return json_response(200, Json{{"content", entry_json(*found)}}.dump());
}

Response revision(Context& context, const Call& call) {
    const auto found = context.services.revisions.find(storage::RevisionId{call.id()});
    if (!found.has_value()) return storage_failure(call.request, found.error());
    if (!*found) return error_response(call.request, ErrorCode::NotFound, "没有这一版。请刷新。");
    const auto entry = kb::parse_entry((*found)->text);
    if (!entry) return error_response(call.request, ErrorCode::Internal, "这一版读不出来。请告诉管理员。");
    return json_response(200, Json{{"revision", revision_json(**found)}, {"content", entry_json(*entry)}}.dump());
}

/// What the form completes from: laws, deadlines, hotlines, topics.
Response tables(Context& context, const Call& call) {
    const auto served = context.services.knowledge.current();
    const auto& base = *served->base;
    const Date today = china_date(call.now);
    Json json = {{"statutes", Json::array()},
                 {"deadlines", Json::array()},
                 {"hotlines", Json::array()},
                 {"topics", Json::array()}};
    for (const auto& statute : base.statutes().all()) {
        const auto first = base.statutes().resolve(statute.name, "第一条", today);
        json["statutes"].push_back({{"name", statute.name},
                                    {"full", statute.full},
                                    {"aliases", statute.aliases},
                                    {"articles", statute.articles},
                                    {"in_force", first && first->in_force},
                                    {"status", status_of(statute.name, "第一条", base.statutes(), today)}});
    }
    for (const auto& [id, length] : base.references().deadlines)
        json["deadlines"].push_back({{"id", id}, {"text", length}});
    for (const auto& [number, name] : base.references().hotlines)
        json["hotlines"].push_back({{"number", number}, {"name", name}});
    for (const auto& topic : topics_of(base))
        json["topics"].push_back({{"id", topic}, {"name", context.services.reader.topic_name(topic)}});
    return json_response(200, json.dump());
}

}  // namespace

Json revision_json(const storage::Revision& revision) {
    return {{"id", revision.id.value},
            {"entry", revision.entry.value},
            {"number", revision.number},
            {"state", storage::name_of(revision.state)},
            {"author", person_json(revision.author, revision.author_name)},
            {"approver", person_json(revision.approver, revision.approver_name)},
            {"note", revision.note},
            {"base", revision.base},
            {"restores", revision.restores ? Json(*revision.restores) : Json(nullptr)},
            {"version", revision.version},
            {"created_at", to_epoch_ms(revision.created_at)},
            {"saved_at", to_epoch_ms(revision.saved_at)},
            {"submitted_at", time_or_null(revision.submitted_at)},
            {"decided_at", time_or_null(revision.decided_at)},
            {"published_at", time_or_null(revision.published_at)}};
}

void add_entry_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/kb/list", list);
    add_route(router, context, "GET", "/api/v1/kb/entries/{id}", entry);
    add_route(router, context, "GET", "/api/v1/kb/entries/{id}/shipped", shipped);
    add_route(router, context, "GET", "/api/v1/kb/revisions/{id}", revision);
    add_route(router, context, "GET", "/api/v1/kb/tables", tables);
}

}  // namespace yuanda::gateway::staff
