// The jobs nobody asks for: serve what was imported or published, note the heads of the audit chains.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Runs until cancelled. Every second: what was imported or published, here or on another node, is served. Every
/// minute: the heads of the audit chains are stored, so that a tail cut off later shows. A job that fails is logged and
/// tried again at its next turn.
boost::asio::awaitable<void> keep_house(Services& services);

}  // namespace yuanda::gateway
