// What we write to QQ and what its answers mean (official guide, "发送消息" and "错误码").
#include "adapters/qq/wire.hpp"

#include <algorithm>
#include <array>

#include "adapters/text_split.hpp"
#include "adapters/webhook.hpp"

namespace yuanda::adapters::qq {
namespace {

using Outcome = Receipt::Outcome;

constexpr int kTextMessage = 0;

template <std::size_t N>
bool any_of(int code, const std::array<int, N>& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

constexpr std::array<int, 4> kBusy{22009, 20028, 1100100, 1100308};
constexpr std::array<int, 5> kWindowClosed{304026, 304027, 40034024, 40034102, 40034105};
constexpr std::array<int, 2> kUrlRefused{304003, 40054010};
constexpr std::array<int, 2> kPendingAudit{304023, 304024};
constexpr int kDuplicateSeq = 40054005;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Events that may be answered by their envelope id ("FRIEND_ADD:…").
bool names_an_event(std::string_view token) {
    static constexpr std::array<std::string_view, 5> kPrefixes{
        "FRIEND_ADD:", "C2C_MSG_RECEIVE:", "GROUP_ADD_ROBOT:", "GROUP_MSG_RECEIVE:", "INTERACTION_CREATE:"};
    return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) { return token.starts_with(prefix); });
}

int code_of(const Json& json) {
    if (!json.is_object()) return 0;
    for (const char* key : {"code", "err_code"}) {
        const auto found = json.find(key);
        if (found != json.end() && found->is_number_integer()) return found->get<int>();
    }
    return 0;
}

Receipt receipt_of(int status, int code, const Json& json) {
    // "消息被去重，请检查请求msgseq": the first attempt had arrived after all.
    if (code == kDuplicateSeq || text_or(json, "message").find("去重") != std::string::npos)
        return {Outcome::Sent, "duplicate", text_or(json, "id")};
    if (any_of(code, kPendingAudit)) return {Outcome::Sent, "pending_audit", text_or(json, "id")};
    if (code == 0 && status >= 200 && status < 300) return {Outcome::Sent, {}, text_or(json, "id")};
    const std::string shown = code != 0 ? std::to_string(code) : "http " + std::to_string(status);
    if (any_of(code, kWindowClosed)) return {Outcome::WindowClosed, shown, {}};
    // msg_seq makes a repeat harmless, so an unclear failure is tried again.
    if (any_of(code, kBusy) || status == 429 || status >= 500) return {Outcome::Retry, shown, {}};
    return {Outcome::Failed, shown, {}};
}

}  // namespace

std::string message_body(std::string_view content, const ExternalId& reply_token, int msg_seq) {
    Json body;
    body["content"] = content;
    body["msg_type"] = kTextMessage;
    if (!reply_token.empty()) body[names_an_event(reply_token.value) ? "event_id" : "msg_id"] = reply_token.value;
    body["msg_seq"] = msg_seq;
    return dump(body);
}

std::optional<std::string> body_without_urls(const std::string& body) {
    auto json = parse_json(body);
    if (!json || !json->is_object()) return std::nullopt;
    const std::string content = without_urls(text_or(*json, "content"), "");
    if (content.find_first_not_of(" \n\t") == std::string::npos) return std::nullopt;
    (*json)["content"] = content;
    return dump(*json);
}

bool answers_something(const std::string& body) {
    const auto json = parse_json(body);
    return json && json->is_object() && (json->contains("msg_id") || json->contains("event_id"));
}

std::string token_body(std::string_view app_id, std::string_view secret) {
    Json body;
    body["appId"] = app_id;
    body["clientSecret"] = secret;
    return dump(body);
}

Result<TokenGrant> read_token(const HttpAnswer& answer) {
    const auto json = parse_json(answer.body);
    if (!json || !json->is_object())
        return Error(ErrorCode::Unavailable, "token: HTTP " + std::to_string(answer.status));
    // HTTP 200 may carry an error code.
    if (const int code = code_of(*json); code != 0) return Error(ErrorCode::Unavailable, std::to_string(code));
    TokenGrant grant;
    grant.value = text_or(*json, "access_token");
    const auto life = json->find("expires_in");  // documented as a number, sent as a string
    std::optional<std::int64_t> seconds;
    if (life != json->end() && life->is_string()) seconds = parse_digits(life->get_ref<const std::string&>());
    if (life != json->end() && life->is_number_integer()) seconds = life->get<std::int64_t>();
    if (!is_token_text(grant.value) || !seconds || *seconds <= 0)
        return Error(ErrorCode::Unavailable, "token: unexpected answer");
    grant.lifetime = std::chrono::seconds{std::min<std::int64_t>(*seconds, 86'400)};
    return grant;
}

Verdict read_send_answer(const HttpAnswer& answer) {
    const auto parsed = parse_json(answer.body);
    const Json json = parsed ? *parsed : Json{};
    const int code = code_of(json);
    Verdict verdict;
    verdict.receipt = receipt_of(answer.status, code, json);
    // A proxy's page with 200 is no acceptance; msg_seq makes asking again harmless.
    if (!parsed && verdict.receipt.outcome == Outcome::Sent)
        verdict.receipt = {Outcome::Retry, "unreadable answer", {}};
    verdict.token_refused = answer.status == 401 || (code >= 11241 && code <= 11243);
    if (verdict.token_refused) verdict.receipt.outcome = Outcome::Retry;
    verdict.url_refused = any_of(code, kUrlRefused);
    return verdict;
}

}  // namespace yuanda::adapters::qq
