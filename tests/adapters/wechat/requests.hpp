// Builds the webhooks WeChat would send to the account of the vectors.
#pragma once

#include "adapters/adapter.hpp"
#include "adapters/wechat/crypto.hpp"
#include "tests/support/files.hpp"

namespace yuanda::test::wechat {

inline const nlohmann::json& vectors() {
    static const auto file = nlohmann::json::parse(read_file("tests/fixtures/wechat/vectors.json"));
    return file;
}

inline adapters::InboxConfig config(const std::string& mode = "safe") {
    adapters::InboxConfig made;
    made.id = InboxId{"wechat"};
    made.channel = Channel::Wechat;
    made.token = vectors().at("token").get<std::string>();
    made.encoding_aes_key = vectors().at("encoding_aes_key").get<std::string>();
    made.app_id = vectors().at("appid").get<std::string>();
    made.app_secret = "app-secret";
    made.mode = mode;
    made.api = "http://127.0.0.1:1";
    return made;
}

inline adapters::wechat::Envelope envelope() {
    const auto made = config();
    return {adapters::wechat::decode_aes_key(made.encoding_aes_key).value(), made.app_id};
}

/// The instant all vectors are fresh at.
inline TimePoint vector_now() { return TimePoint{std::chrono::seconds{1'795'400'050}}; }

inline std::string seconds_text(TimePoint now) { return std::to_string(to_epoch_s(now)); }

/// The query WeChat signs in every mode.
inline adapters::WebhookRequest plain_request(const std::string& body, TimePoint now) {
    adapters::WebhookRequest request;
    request.method = "POST";
    request.query["timestamp"] = seconds_text(now);
    request.query["nonce"] = "778899001";
    request.query["signature"] =
        adapters::wechat::signature({config().token, request.query["timestamp"], request.query["nonce"]});
    request.body = body;
    return request;
}

/// Adds the sealed half: `encrypt` stands in the body and under msg_signature.
inline adapters::WebhookRequest sealed_request(const std::string& encrypt, TimePoint now) {
    auto request = plain_request({}, now);
    request.query["encrypt_type"] = "aes";
    request.query["msg_signature"] =
        adapters::wechat::signature({config().token, request.query["timestamp"], request.query["nonce"], encrypt});
    request.body =
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>";
    return request;
}

inline adapters::WebhookRequest safe_request(const std::string& xml, TimePoint now) {
    return sealed_request(envelope().seal(xml, "0123456789abcdef"), now);
}

/// `inner` is what follows CreateTime.
inline std::string message_xml(const std::string& inner) {
    return "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oABCD1234567890]]>"
           "</FromUserName><CreateTime>1795400001</CreateTime>" +
           inner + "</xml>";
}

inline std::string text_message(const std::string& words, const std::string& id = "23456789012345678") {
    return message_xml("<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" + words + "]]></Content><MsgId>" + id +
                       "</MsgId>");
}

}  // namespace yuanda::test::wechat
