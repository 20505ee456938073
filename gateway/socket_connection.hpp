// The WebSocket half of a connection; includes Beast, and is included by the two connection files alone.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "gateway/connection.hpp"

namespace yuanda::gateway {

/// Accepts the upgrade and runs the socket until either side closes it.
boost::asio::awaitable<void> serve_socket(AnyStream stream,
                                          boost::beast::http::request<boost::beast::http::string_body> request,
                                          SocketAccept accept, ConnectionContext& context);

}  // namespace yuanda::gateway
