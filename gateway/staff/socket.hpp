// The consoles' WebSocket: hears the desk, passes on what its person may know.
#pragma once

#include "gateway/staff/session.hpp"

namespace yuanda::gateway::staff {

/// The handler of one console's socket. Nothing is sent before its first frame has brought the CSRF token.
std::shared_ptr<SocketHandler> make_staff_socket(const std::shared_ptr<Context>& context, const Admitted& admitted);

void add_socket_route(Router& router, const std::shared_ptr<Context>& context);

}  // namespace yuanda::gateway::staff
