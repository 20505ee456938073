// What went wrong in an engine, already redacted: SOCI's own texts carry bound values and must not travel.
#pragma once

#include <exception>

#include "core/result.hpp"

namespace yuanda::storage {

/// Thrown inside storage only; Session::attempt turns it into an Error at the room's border.
struct SqlFailure : std::exception {
    Error error;
    bool connection_lost = false;
    SqlFailure(Error e, bool lost) : error(std::move(e)), connection_lost(lost) {}
    const char* what() const noexcept override { return "storage failure"; }
};

}  // namespace yuanda::storage
