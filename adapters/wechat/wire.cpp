// What we write to WeChat and what its answers mean (error table: official "全局返回码" and message/custom/send).
#include "adapters/wechat/wire.hpp"

#include <algorithm>
#include <array>

#include "adapters/webhook.hpp"
#include "core/json.hpp"

namespace yuanda::adapters::wechat {
namespace {

using Outcome = Receipt::Outcome;

struct CodeOutcome {
    int code;
    Outcome outcome;
};

/// Whoever can be helped by waiting or by an operator (busy, quota, address list, frozen secret) is tried again
/// until the window closes; whoever must write first is WindowClosed; everything not listed is permanent.
constexpr std::array<CodeOutcome, 16> kOutcomes{{{0, Outcome::Sent},
                                                 {-1, Outcome::Retry},
                                                 {45011, Outcome::Retry},
                                                 {45009, Outcome::Retry},
                                                 {40013, Outcome::Retry},
                                                 {40125, Outcome::Retry},
                                                 {40164, Outcome::Retry},
                                                 {40243, Outcome::Retry},
                                                 {43004, Outcome::WindowClosed},
                                                 {43005, Outcome::WindowClosed},
                                                 {43019, Outcome::WindowClosed},
                                                 {50005, Outcome::WindowClosed},
                                                 {48002, Outcome::WindowClosed},
                                                 {45015, Outcome::WindowClosed},
                                                 {45047, Outcome::WindowClosed},
                                                 {48001, Outcome::WindowClosed}}};

bool is_token_error(int code) { return code == 40001 || code == 40014 || code == 42001 || code == 41001; }

Outcome outcome_of(int code) {
    const auto* found =
        std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](const CodeOutcome& row) { return row.code == code; });
    return found == kOutcomes.end() ? Outcome::Failed : found->outcome;
}

/// "40164 203.0.113.9": the address an operator has to put on the platform's list stands in the message.
std::string code_for_staff(int code, const Json& answer) {
    std::string shown = std::to_string(code);
    if (code != 40164) return shown;
    const std::string message = text_or(answer, "errmsg");
    static constexpr std::string_view kAddress = "0123456789abcdefABCDEF.:";
    for (std::size_t at = 0; (at = message.find_first_of("0123456789", at)) != std::string::npos;) {
        const std::size_t end = std::min(message.find_first_not_of(kAddress, at), message.size());
        const std::string word = message.substr(at, end - at);
        if (std::count(word.begin(), word.end(), '.') == 3) return shown + " " + word;
        at = end;
    }
    return shown;
}

std::optional<int> errcode_of(const Json& answer) {
    if (!answer.is_object()) return std::nullopt;
    const auto found = answer.find("errcode");
    if (found == answer.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<int>();
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string text_xml(const Addresses& addresses, TimePoint now, std::string_view content) {
    return "<xml><ToUserName>" + cdata(addresses.to) + "</ToUserName><FromUserName>" + cdata(addresses.from) +
           "</FromUserName><CreateTime>" + std::to_string(to_epoch_s(now)) +
           "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>" + cdata(content) + "</Content></xml>";
}

std::string encrypted_xml(std::string_view token, std::string_view encrypt, std::string_view timestamp,
                          std::string_view nonce) {
    return "<xml><Encrypt>" + cdata(encrypt) + "</Encrypt><MsgSignature>" +
           cdata(signature({token, timestamp, nonce, encrypt})) + "</MsgSignature><TimeStamp>" +
           std::string(timestamp) + "</TimeStamp><Nonce>" + cdata(nonce) + "</Nonce></xml>";
}

std::string custom_send_body(std::string_view open_id, std::string_view content) {
    Json body;
    body["touser"] = open_id;
    body["msgtype"] = "text";
    body["text"]["content"] = content;
    return dump(body);
}

std::string stable_token_body(std::string_view app_id, std::string_view app_secret) {
    Json body;
    body["grant_type"] = "client_credential";
    body["appid"] = app_id;
    body["secret"] = app_secret;
    body["force_refresh"] = false;
    return dump(body);
}

Result<TokenGrant> read_token(const HttpAnswer& answer) {
    const auto json = parse_json(answer.body);
    if (!json) return Error(ErrorCode::Unavailable, "token: HTTP " + std::to_string(answer.status));
    if (const auto code = errcode_of(*json); code && *code != 0)
        return Error(ErrorCode::Unavailable, code_for_staff(*code, *json));
    TokenGrant grant;
    grant.value = text_or(*json, "access_token");
    const auto life = json->is_object() ? json->find("expires_in") : json->end();
    if (life != json->end() && life->is_number_integer()) grant.lifetime = std::chrono::seconds{life->get<int>()};
    if (!is_token_text(grant.value) || grant.lifetime <= std::chrono::seconds{0})
        return Error(ErrorCode::Unavailable, "token: unexpected answer");
    return grant;
}

Verdict read_send_answer(const HttpAnswer& answer) {
    const auto json = parse_json(answer.body);
    const auto code = json ? errcode_of(*json) : std::nullopt;
    if (!code) {  // a proxy's page: whether the platform took the message is not known
        const bool refused = answer.status == 429;
        return {false, {refused ? Outcome::Retry : Outcome::Unknown, "http " + std::to_string(answer.status), {}}};
    }
    Verdict verdict;
    verdict.token_refused = is_token_error(*code);
    verdict.receipt.outcome = verdict.token_refused ? Outcome::Retry : outcome_of(*code);
    if (*code != 0) verdict.receipt.code = code_for_staff(*code, *json);
    return verdict;
}

}  // namespace yuanda::adapters::wechat
