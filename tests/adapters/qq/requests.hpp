// Builds the webhooks QQ would send to the bot of the vectors.
#pragma once

#include "adapters/adapter.hpp"
#include "adapters/qq/crypto.hpp"
#include "tests/support/files.hpp"

namespace yuanda::test::qq {

inline const nlohmann::json& vectors() {
    static const auto file = nlohmann::json::parse(read_file("tests/fixtures/qq/vectors.json"));
    return file;
}

inline adapters::InboxConfig config(const std::string& secret = "YdAtaSeCretFixed0123456789ABCDEF") {
    adapters::InboxConfig made;
    made.id = InboxId{"qq"};
    made.channel = Channel::Qq;
    made.app_id = "102030405";
    made.app_secret = secret;
    made.api = "http://127.0.0.1:2";
    made.token_api = "http://127.0.0.1:3";
    return made;
}

inline adapters::qq::SigningKey key(const std::string& secret = config().app_secret) {
    return adapters::qq::SigningKey::from_secret(secret).value();
}

inline adapters::WebhookRequest unsigned_request(const std::string& body) {
    adapters::WebhookRequest request;
    request.method = "POST";
    request.headers["x-bot-appid"] = config().app_id;
    request.body = body;
    return request;
}

inline adapters::WebhookRequest signed_request(const std::string& body, const std::string& timestamp) {
    auto request = unsigned_request(body);
    request.headers["x-signature-timestamp"] = timestamp;
    request.headers["x-signature-ed25519"] = key().sign_hex(timestamp + body);
    return request;
}

inline adapters::WebhookRequest signed_request(const std::string& body, TimePoint now) {
    return signed_request(body, std::to_string(to_epoch_s(now)));
}

/// `data`: the inside of "d".
inline std::string dispatch(const std::string& name, const std::string& data, const std::string& id = "opaque") {
    return R"({"op":0,"id":")" + name + ":" + id + R"(","t":")" + name + R"(","d":{)" + data + "}}";
}

inline std::string c2c_text(const std::string& words, const std::string& id = "ROBOT1.0_aaaa") {
    return dispatch("C2C_MESSAGE_CREATE", R"("id":")" + id + R"(","author":{"user_openid":"E4F4AEA3"},"content":)" +
                                              nlohmann::json(words).dump() +
                                              R"(,"timestamp":"2026-11-23T11:00:00+08:00")");
}

inline std::string validation(const std::string& plain_token, const std::string& event_ts) {
    return nlohmann::json{{"op", 13}, {"d", {{"plain_token", plain_token}, {"event_ts", event_ts}}}}.dump();
}

}  // namespace yuanda::test::qq
