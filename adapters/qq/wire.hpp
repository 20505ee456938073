// QQ's JSON: the webhook envelope in, text messages out, and what its errors mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/access_token.hpp"
#include "adapters/adapter.hpp"
#include "core/json.hpp"

namespace yuanda::adapters::qq {

/// {"op":12,"d":0}: taken, do not deliver again.
WebhookAnswer dispatch_ack();

/// The `op` of an envelope; nullopt when it is not an integer.
std::optional<int> op_of(const Json& envelope);

/// An op 13 request that is fit to be answered: `event_ts` a string of 1 to 13 digits, `plain_token` matching
/// [A-Za-z0-9_-]{1,64}. This alphabet cannot spell an event: op 13 and dispatch are signed by the same key over
/// the same concatenation, so signing anything else would sign forged events for anyone.
struct Validation {
    std::string event_ts;
    std::string plain_token;
    std::string signed_text() const { return event_ts + plain_token; }
};
std::optional<Validation> validation_in(const Json& envelope);

/// One op 0 dispatch.
Result<Inbound> read_dispatch(const Json& envelope, const InboxId& inbox, TimePoint now);

/// RFC 3339 text, or epoch seconds as number or text.
std::optional<TimePoint> read_time(const Json& value);

/// Body of POST /v2/users/{openid}/messages or /v2/groups/{openid}/messages. `reply_token` goes out as msg_id, or as
/// event_id when it names an event. The pair (msg_id, msg_seq) is the platform's idempotency key.
std::string message_body(std::string_view content, const ExternalId& reply_token, int msg_seq);
/// The same body with addresses taken out of its content; nullopt when nothing is left.
std::optional<std::string> body_without_urls(const std::string& body);
/// Whether the body names the message it answers: proactive sending is not open to us.
bool answers_something(const std::string& body);

std::string token_body(std::string_view app_id, std::string_view secret);
Result<TokenGrant> read_token(const HttpAnswer& answer);

/// What the platform said to a send.
struct Verdict {
    bool token_refused = false;
    bool url_refused = false;
    Receipt receipt;
};
Verdict read_send_answer(const HttpAnswer& answer);

}  // namespace yuanda::adapters::qq
