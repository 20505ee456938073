// WeChat's message forms: XML in and out, JSON to the customer-service interface, and what its errors mean.
#pragma once

#include <string>
#include <string_view>

#include "adapters/access_token.hpp"
#include "adapters/adapter.hpp"
#include "adapters/wechat/crypto.hpp"
#include "adapters/wechat/xml.hpp"

namespace yuanda::adapters::wechat {

/// "success": no reply, do not deliver again (official guide, "被动回复用户消息").
WebhookAnswer plain_ack();

/// One delivered message or event. `xml`: the (decrypted) text the fields were read from; its hash is part of an
/// event's key, because events carry no MsgId and two may share user, second and name.
Result<Inbound> read_message(const Fields& fields, std::string_view xml, const InboxId& inbox, TimePoint now);

struct Addresses {
    std::string to;    // OpenID
    std::string from;  // gh_ id
};
/// A passive text reply; CreateTime is in seconds.
std::string text_xml(const Addresses& addresses, TimePoint now, std::string_view content);

/// The envelope of an encrypted passive reply: `encrypt` is base64, `timestamp` in epoch seconds.
std::string encrypted_xml(std::string_view token, std::string_view encrypt, std::string_view timestamp,
                          std::string_view nonce);

/// Body of POST /cgi-bin/message/custom/send: raw UTF-8, because \u escapes are refused with 40033.
std::string custom_send_body(std::string_view open_id, std::string_view content);

/// Body of POST /cgi-bin/stable_token, never with force_refresh.
std::string stable_token_body(std::string_view app_id, std::string_view app_secret);
Result<TokenGrant> read_token(const HttpAnswer& answer);

/// What the platform said to a send.
struct Verdict {
    bool token_refused = false;
    Receipt receipt;
};
Verdict read_send_answer(const HttpAnswer& answer);

}  // namespace yuanda::adapters::wechat
