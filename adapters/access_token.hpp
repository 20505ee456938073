// Platforms sell access by short-lived tokens; one refresh at a time serves every sender of an account.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/ports.hpp"

namespace yuanda::adapters {

struct TokenGrant {
    std::string value;
    std::chrono::seconds lifetime{0};
};

/// Where tokens come from. `read` turns the answer into a grant; its error's detail is shown to staff.
struct TokenSource {
    HttpCall request;
    std::function<Result<TokenGrant>(const HttpAnswer&)> read;
    std::chrono::seconds margin{300};  // asked anew this long before the end
};

/// A token cache with a single flight: callers that come during a refresh wait for it and share its result.
/// After a failed refresh nothing is asked for one second. Thread-safe.
class AccessToken {
public:
    AccessToken(HttpClient& http, const Clock& clock, TokenSource source);

    /// The current token, asked for when there is none or it is nearly over.
    boost::asio::awaitable<Result<std::string>> current();
    /// The platform refused `value`: forget it, unless another sender has replaced it already.
    void drop(std::string_view value);
    /// A fresh token was refused too: another system renews this account's token or the secret changed.
    /// Answers Unavailable with `reason` for a minute instead of storming the platform.
    void pause(std::string reason);

private:
    struct Flight;
    class Landing;
    struct Step;
    Step next_step(const boost::asio::any_io_executor& executor);
    Result<std::string> settle(const std::shared_ptr<Flight>& flight, const Result<TokenGrant>& grant);

    HttpClient& http_;
    const Clock& clock_;
    const TokenSource source_;
    std::mutex mutex_;
    std::string value_;
    TimePoint renew_at_{};
    TimePoint closed_until_{};
    Error closed_reason_;
    std::shared_ptr<Flight> flight_;
};

/// Fit to stand in a header or, percent-encoded, in a query.
bool is_token_text(std::string_view token);
std::string percent_encoded(std::string_view text);

}  // namespace yuanda::adapters
