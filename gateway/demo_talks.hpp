// What made-up citizens said to a demonstration, so that its console has something to show.
#pragma once

#include <atomic>

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Says the lines of Config::demo_talks ({"visitor","says":[…]}, one visitor a line) through the ordinary turns, no
/// faster than the limit of a contact allows. A visitor who has a conversation already is left alone, so a restart
/// adds nothing. Blocking, some seconds, or until `stopping`; NotFound and InvalidInput name the file.
Result<> hold_demo_talks(Services& services, const std::atomic<bool>& stopping);

}  // namespace yuanda::gateway
