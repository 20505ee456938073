// The jobs nobody asks for: serve newly imported entries, note the heads of the audit chains.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Runs until cancelled. Every second: imported entries that changed become the next generation. Every minute: the
/// heads of the audit chains are stored, so that a tail cut off later shows. A job that fails is logged and tried
/// again at its next turn.
boost::asio::awaitable<void> keep_house(Services& services);

}  // namespace yuanda::gateway
