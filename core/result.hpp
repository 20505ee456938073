// Errors are values: one enum and one Result for everything input, peers or time can cause.
#pragma once

#include <boost/system/result.hpp>
#include <ostream>
#include <string>

namespace yuanda {

enum class ErrorCode {
    InvalidInput,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    Expired,
    RateLimited,
    Unavailable,
    Internal
};

/// The stable word for a code in JSON ("invalid_input").
std::string_view name_of(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;  // for the operator's log; never shown to a contact, never holds their words
    Error() = default;
    Error(ErrorCode c, std::string d) : code(c), detail(std::move(d)) {}
    bool operator==(const Error&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Error& error);

template <class T = void>
using Result = boost::system::result<T, Error>;

/// Called by Result::value() on failure: taking a value unasked is a bug.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

inline Error invalid(std::string detail) { return {ErrorCode::InvalidInput, std::move(detail)}; }

}  // namespace yuanda
