// The single flight: the first caller asks, the others wait on a channel each and read the shared result.
#include "adapters/access_token.hpp"

#include <algorithm>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <vector>

namespace yuanda::adapters {
namespace {

namespace asio = boost::asio;
using Signal = asio::experimental::concurrent_channel<void(boost::system::error_code)>;

constexpr std::chrono::seconds kFailureHold{1};
constexpr std::chrono::seconds kPause{60};

}  // namespace

struct AccessToken::Flight {
    Result<std::string> result = Error(ErrorCode::Unavailable, "token refresh was cancelled");
    std::vector<std::shared_ptr<Signal>> waiting;
};

/// What current() has to do: exactly one member is set.
struct AccessToken::Step {
    std::optional<Result<std::string>> answer;
    std::shared_ptr<Flight> lead;
    std::shared_ptr<Flight> follow;
    std::shared_ptr<Signal> signal;
};

/// Ends the flight whatever happens, so that a cancelled leader leaves nobody waiting.
class AccessToken::Landing {
public:
    Landing(AccessToken& owner, std::shared_ptr<Flight> flight) : owner_(owner), flight_(std::move(flight)) {}
    Landing(const Landing&) = delete;
    Landing& operator=(const Landing&) = delete;
    ~Landing() {
        const std::lock_guard lock{owner_.mutex_};
        if (owner_.flight_ == flight_) owner_.flight_.reset();
        for (const auto& signal : flight_->waiting) signal->try_send(boost::system::error_code{});
    }

private:
    AccessToken& owner_;
    std::shared_ptr<Flight> flight_;
};

AccessToken::AccessToken(HttpClient& http, const Clock& clock, TokenSource source)
    : http_(http), clock_(clock), source_(std::move(source)) {}

AccessToken::Step AccessToken::next_step(const asio::any_io_executor& executor) {
    const std::lock_guard lock{mutex_};
    Step step;
    const TimePoint now = clock_.now();
    if (!value_.empty() && now < renew_at_) {
        step.answer = value_;
    } else if (now < closed_until_) {
        step.answer = closed_reason_;
    } else if (flight_) {
        step.follow = flight_;
        step.signal = std::make_shared<Signal>(executor, 1);
        flight_->waiting.push_back(step.signal);
    } else {
        flight_ = std::make_shared<Flight>();
        step.lead = flight_;
    }
    return step;
}

asio::awaitable<Result<std::string>> AccessToken::current() {
    Step step = next_step(co_await asio::this_coro::executor);
    if (step.answer) co_return std::move(*step.answer);
    if (step.follow) {
        co_await step.signal->async_receive(asio::use_awaitable);
        const std::lock_guard lock{mutex_};
        co_return step.follow->result;
    }
    const Landing landing{*this, step.lead};
    HttpCall request = source_.request;
    const Result<HttpAnswer> answer = co_await http_.call(std::move(request));
    co_return settle(step.lead, answer ? source_.read(*answer) : Result<TokenGrant>(answer.error()));
}

Result<std::string> AccessToken::settle(const std::shared_ptr<Flight>& flight, const Result<TokenGrant>& grant) {
    const std::lock_guard lock{mutex_};
    if (!grant) {
        closed_reason_ = grant.error();
        closed_until_ = clock_.now() + kFailureHold;
        flight->result = grant.error();
        return flight->result;
    }
    value_ = grant->value;
    // A grant shorter than twice the margin (a restart near its end) is renewed at half its life.
    const auto kept = grant->lifetime > 2 * source_.margin ? grant->lifetime - source_.margin : grant->lifetime / 2;
    renew_at_ = clock_.now() + kept;
    flight->result = value_;
    return flight->result;
}

void AccessToken::drop(std::string_view value) {
    const std::lock_guard lock{mutex_};
    if (value_ == value) value_.clear();
}

void AccessToken::pause(std::string reason) {
    const std::lock_guard lock{mutex_};
    value_.clear();
    closed_until_ = clock_.now() + kPause;
    closed_reason_ = Error(ErrorCode::Unavailable, std::move(reason));
}

bool is_token_text(std::string_view token) {
    return !token.empty() && token.size() <= 1024 &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::string percent_encoded(std::string_view text) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto b = static_cast<unsigned char>(c);
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '_' || c == '.' || c == '~';
        if (unreserved) {
            out.push_back(c);
        } else {
            out.append({'%', kDigits[b >> 4], kDigits[b & 15]});
        }
    }
    return out;
}

}  // namespace yuanda::adapters
