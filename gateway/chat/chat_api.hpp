// The citizen's side of the web: sessions, messages by POST and long poll, articles, feedback, the socket.
#pragma once

#include "gateway/chat/visitors.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Registers /api/chat/… (docs/api.md). `texts`: config/texts/gateway.toml.
void add_chat_routes(Router& router, Services& services, Visitors& visitors, const Texts& texts);

/// The socket's opener: ticket in the subprotocol, Origin checked.
SocketOpener chat_socket_opener(Services& services, Visitors& visitors, const Texts& texts);

/// Whether a page of `origin` may talk to `inbox`: our own host, or one of the inbox's list.
bool origin_allowed(const adapters::InboxConfig& inbox, const std::string& origin, const std::string& host);

/// A web message as the turn runner wants it. `choice` empty: text.
Message web_message(const storage::Visitor& visitor, const std::string& cmid, const std::string& text,
                    const std::string& choice, TimePoint now);

/// What is wrong with a message's fields: a key of [web] in gateway.toml, or empty.
std::string message_fault(const std::string& cmid, const std::string& text, const std::string& choice);

}  // namespace yuanda::gateway
