// Names and printing of errors.
#include "core/result.hpp"

#include <sstream>
#include <stdexcept>

namespace yuanda {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidInput: return "invalid_input";
        case ErrorCode::Unauthenticated: return "unauthenticated";
        case ErrorCode::Forbidden: return "forbidden";
        case ErrorCode::NotFound: return "not_found";
        case ErrorCode::Conflict: return "conflict";
        case ErrorCode::Expired: return "expired";
        case ErrorCode::RateLimited: return "rate_limited";
        case ErrorCode::Unavailable: return "unavailable";
        case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

std::ostream& operator<<(std::ostream& out, const Error& error) {
    return out << name_of(error.code) << ": " << error.detail;
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    std::ostringstream text;
    text << "value() of a failed Result at " << where << ": " << error;
    throw std::logic_error(text.str());
}

}  // namespace yuanda
