// Storage decides what may follow what; here are the words for it, lint before anything is served, and the switch.
#include "gateway/staff/drafts_api.hpp"

#include <algorithm>

#include "core/token.hpp"
#include "gateway/log.hpp"
#include "gateway/staff/check_api.hpp"
#include "gateway/staff/entries_api.hpp"
#include "gateway/staff/kb_findings.hpp"
#include "gateway/staff/kb_form.hpp"
#include "gateway/staff/notes.hpp"
#include "kb/entry_text.hpp"

namespace yuanda::gateway::staff {
namespace {

using storage::Revision;
using storage::RevisionId;
using storage::RevisionState;

constexpr std::size_t kMaxNote = 300;

/// What a form sends: the entry, and the number it was written over.
struct Written {
    kb::Entry entry;
    storage::DraftText draft;
};

/// Whoever writes an entry has read it: it counts as reviewed today.
std::variant<Response, Written> written_of(const Call& call) {
    const auto found = call.body.find("content");
    auto entry = found == call.body.end() ? std::nullopt : entry_from(*found);
    const auto base = int_or(call.body, "base", -1);
    if (!entry || base < 0) return unprocessable(call.request, "有的内容太长，或者不是文字。请删减后再存。");
    entry->reviewed_on = iso_date(china_date(call.now));
    const auto text = kb::entry_text(*entry);
    const auto again = kb::parse_entry(text);
    if (!again || *again != *entry) {
        const auto findings = findings_about(*entry, {});
        return unprocessable(call.request,
                             findings.empty() ? "请先写好编号、标准问题和结论。" : sentence_of(findings.front()));
    }
    return Written{std::move(*entry), {text, static_cast<int>(base)}};
}

Response refusal(const Call& call, const std::vector<kb::LintFinding>& findings) {
    Json body = {{"error",
                  {{"code", name_of(ErrorCode::InvalidInput)},
                   {"message", "还有要改的地方，改好才能提交或发布。"},
                   {"request_id", call.request.id}}},
                 {"findings", findings_json(findings)}};
    return json_response(422, body.dump());
}

/// Who was first, and when: for whoever comes second.
Response overtaken(Context& context, const Call& call, const EntryId& entry) {
    const auto revisions = context.services.revisions.of_entry(entry);
    if (!revisions.has_value()) return storage_failure(call.request, revisions.error());
    std::string words = "刚刚有人改过。请刷新，看过再存。";
    const auto served = std::find_if(revisions->begin(), revisions->end(),
                                     [](const auto& one) { return one.state == RevisionState::Published; });
    const auto base = int_or(call.body, "base", -1);
    if (served != revisions->end() && served->number != base && served->published_at)
        words = served->approver_name + " " + china_clock(*served->published_at) + " 发布了第 " +
                std::to_string(served->number) + " 版（" + served->author_name + "写的）。请看过再存。";
    else if (const auto own = std::find_if(revisions->begin(), revisions->end(),
                                           [&](const auto& one) { return one.open() && one.author == call.staff.id; });
             own != revisions->end())
        words = "您自己在 " + china_clock(own->saved_at) + " 存过这份草稿，可能是另一个窗口。请看过再存。";
    return error_response(call.request, ErrorCode::Conflict, words);
}

Response failed(Context& context, const Call& call, const EntryId& entry, const Error& error) {
    if (error.code == ErrorCode::Conflict) return overtaken(context, call, entry);
    if (error.code == ErrorCode::Forbidden)
        return error_response(call.request, ErrorCode::Forbidden, "这是别人的草稿，只有写的人能改。");
    return storage_failure(call.request, error);
}

/// Tells the other consoles and answers with the revision as it is stored now.
Response answer(Context& context, const Call& call, const RevisionId& id, Json extra = Json::object()) {
    const auto stored = context.services.revisions.find(id);
    if (!stored.has_value()) return storage_failure(call.request, stored.error());
    if (!*stored) return error_response(call.request, ErrorCode::NotFound, "没有这一版。请刷新。");
    context.services.hub.notify("staff", entry_note((*stored)->entry));
    extra["revision"] = revision_json(**stored);
    return json_response(200, extra.dump());
}

Response begin(Context& context, const Call& call) {
    auto written = written_of(call);
    if (auto* refused = std::get_if<Response>(&written)) return std::move(*refused);
    const auto& [entry, draft] = std::get<Written>(written);
    const RevisionId id{uuid_v7(call.now, context.services.random)};
    const auto begun = context.services.revisions.begin(id, entry.id, draft, call.staff.id, call.now);
    return begun ? answer(context, call, id) : failed(context, call, entry.id, begun.error());
}

/// The revision a call is about.
std::variant<Response, Revision> revision_of(Context& context, const Call& call) {
    const auto found = context.services.revisions.find(RevisionId{call.id()});
    if (!found.has_value()) return storage_failure(call.request, found.error());
    if (!*found) return error_response(call.request, ErrorCode::NotFound, "没有这一版。请刷新。");
    return **found;
}

Response save(Context& context, const Call& call) {
    auto written = written_of(call);
    if (auto* refused = std::get_if<Response>(&written)) return std::move(*refused);
    const auto& [entry, draft] = std::get<Written>(written);
    const auto found = revision_of(context, call);
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& revision = std::get<Revision>(found);
    if (revision.entry != entry.id) return unprocessable(call.request, "编号定了就不能改。要换编号，请新建词条。");
    const auto saved =
        context.services.revisions.save(revision.id, int_or(call.body, "version", 0), draft, call.staff.id, call.now);
    return saved ? answer(context, call, revision.id) : failed(context, call, entry.id, saved.error());
}

/// What lint has against serving `text`; nullopt: nothing.
std::optional<Response> refuse_text(Context& context, const Call& call, const std::string& text) {
    const auto entry = kb::parse_entry(text);
    if (!entry) return error_response(call.request, ErrorCode::Internal, "这一版读不出来。请告诉管理员。");
    const auto findings = checked(context, *entry, china_date(call.now));
    if (has_error(findings)) return refusal(call, findings);
    return std::nullopt;
}

Response submit(Context& context, const Call& call) {
    const auto found = revision_of(context, call);
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& revision = std::get<Revision>(found);
    if (auto refused = refuse_text(context, call, revision.text)) return *refused;
    const auto done =
        context.services.revisions.submit(revision.id, int_or(call.body, "version", 0), call.staff.id, call.now);
    return done ? answer(context, call, revision.id) : failed(context, call, revision.entry, done.error());
}

/// What its author may do to an open revision without another word: withdraw, discard.
template <auto act>
Response by_author(Context& context, const Call& call) {
    const auto found = revision_of(context, call);
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& revision = std::get<Revision>(found);
    const auto done = (context.services.revisions.*act)(revision.id, call.staff.id, call.now);
    return done ? answer(context, call, revision.id) : failed(context, call, revision.entry, done.error());
}

/// Serves what has just been published and waits for it; housekeeping would do it a second later. A failure here
/// takes nothing back: it is on disk, and is tried again every second.
Response answer_served(Context& context, const Call& call, const RevisionId& id) {
    const auto served = context.services.publisher.refresh();
    if (!served.has_value()) log_error("knowledge.unserved", {{"code", std::string(name_of(served.error().code))}});
    return answer(context, call, id, Json{{"live", served.has_value()}});
}

/// Why a decision was not taken.
Response undecided(Context& context, const Call& call, const EntryId& entry, const Error& error) {
    if (error.code == ErrorCode::Forbidden)
        return error_response(call.request, ErrorCode::Forbidden, "自己写的不能自己批准。请另一位同事来看。");
    if (error.code == ErrorCode::Conflict)
        return error_response(call.request, ErrorCode::Conflict,
                              "这份稿子刚刚变了：被改过、撤回，或者已有别的版本发布。请刷新再看。");
    return failed(context, call, entry, error);
}

Response approve(Context& context, const Call& call) {
    const auto note = optional_text(call.body, "note", kMaxNote);
    if (!note) return unprocessable(call.request, "说明请在300字以内。");
    const auto found = revision_of(context, call);
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& revision = std::get<Revision>(found);
    if (revision.author == call.staff.id)
        return undecided(context, call, revision.entry, {ErrorCode::Forbidden, "the author"});
    if (auto refused = refuse_text(context, call, revision.text)) return *refused;
    const auto done = context.services.revisions.approve(revision.id, int_or(call.body, "version", 0), call.staff.id,
                                                         *note, call.now);
    return done ? answer_served(context, call, revision.id) : undecided(context, call, revision.entry, done.error());
}

Response reject(Context& context, const Call& call) {
    const auto note = text_field(call.body, "note", kMaxNote);
    if (!note) return unprocessable(call.request, "请写明要改什么，300字以内。");
    const auto found = revision_of(context, call);
    if (const auto* refused = std::get_if<Response>(&found)) return *refused;
    const auto& revision = std::get<Revision>(found);
    const auto done = context.services.revisions.reject(revision.id, call.staff.id, *note, call.now);
    return done ? answer(context, call, revision.id) : undecided(context, call, revision.entry, done.error());
}

struct Served {
    std::string text;
    StaffId author;  // none: the shipped text
};

/// What was served as `number`; 0: the shipped text.
Result<std::optional<Served>> served_as(Context& context, const EntryId& entry, int number) {
    if (number == 0) {
        const auto ground = ground_of(context.services.knowledge.current());
        const auto* shipped = ground->base->find(entry);
        return shipped ? std::optional(Served{kb::entry_text(*shipped), {}}) : std::nullopt;
    }
    const auto found = context.services.revisions.numbered(entry, number);
    if (!found.has_value()) return found.error();
    return *found ? std::optional(Served{(*found)->text, (*found)->author}) : std::nullopt;
}

Response rollback(Context& context, const Call& call) {
    const auto reason = text_field(call.body, "reason", kMaxNote);
    const auto number = int_or(call.body, "number", -1);
    const auto base = int_or(call.body, "base", -1);
    if (!reason) return unprocessable(call.request, "请写明为什么恢复旧版，300字以内。");
    if (number < 0 || base < 0 || number > INT_MAX || base > INT_MAX)
        return unprocessable(call.request, "请选要恢复的那一版。");
    const EntryId entry{call.id()};
    const auto served = served_as(context, entry, static_cast<int>(number));
    if (!served.has_value()) return storage_failure(call.request, served.error());
    if (!*served) return error_response(call.request, ErrorCode::NotFound, "没有这一版。请刷新。");
    if ((*served)->author == call.staff.id)
        return error_response(call.request, ErrorCode::Forbidden, "这一版是您写的，不能自己恢复。请另一位同事来看。");
    if (auto refused = refuse_text(context, call, (*served)->text)) return *refused;
    const RevisionId id{uuid_v7(call.now, context.services.random)};
    const storage::DraftText draft{(*served)->text, static_cast<int>(base)};
    const auto done = context.services.revisions.restore(id, entry, draft, static_cast<int>(number), call.staff.id,
                                                         *reason, call.now);
    return done ? answer_served(context, call, id) : undecided(context, call, entry, done.error());
}

}  // namespace

void add_draft_routes(Router& router, const std::shared_ptr<Context>& context) {
    add_route(router, context, "POST", "/api/v1/kb/drafts", begin);
    add_route(router, context, "PUT", "/api/v1/kb/drafts/{id}", save);
    add_route(router, context, "POST", "/api/v1/kb/drafts/{id}/submit", submit);
    add_route(router, context, "POST", "/api/v1/kb/drafts/{id}/withdraw", by_author<&storage::Revisions::withdraw>);
    add_route(router, context, "POST", "/api/v1/kb/drafts/{id}/discard", by_author<&storage::Revisions::discard>);
    add_route(router, context, "POST", "/api/v1/kb/drafts/{id}/approve", approve);
    add_route(router, context, "POST", "/api/v1/kb/drafts/{id}/reject", reject);
    add_route(router, context, "POST", "/api/v1/kb/entries/{id}/rollback", rollback);
}

}  // namespace yuanda::gateway::staff
