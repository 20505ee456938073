// A WeChat and a QQ that live in memory: they remember what was sent, expire tokens and fail on request.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/ports.hpp"

namespace yuanda::test {

/// One message a platform took.
struct SentMessage {
    std::string peer;
    std::string text;
    std::string msg_id;  // QQ
    int msg_seq = 0;     // QQ
    std::string path;
};

/// Answers POST /cgi-bin/stable_token and /cgi-bin/message/custom/send as WeChat does, /app/getAppAccessToken and
/// /v2/{users,groups}/{openid}/messages as QQ does; 404 for the rest. Every call suspends once, so that concurrent
/// callers overtake each other as on a network. Thread-safe.
class FakePlatform : public HttpClient {
public:
    explicit FakePlatform(const Clock& clock) : clock_(clock) {}

    boost::asio::awaitable<Result<HttpAnswer>> call(HttpCall request) override;

    enum class Fault {
        Unsent,          // the connection fails before a byte is written
        Drop,            // the request is lost, no answer
        AcceptThenDrop,  // the message is taken, the answer is lost
    };
    void fail_next_send(Fault fault);
    /// The next send is answered with this instead.
    void answer_next_send(int status, std::string body);
    /// Every token request is answered with this until cleared with an empty body.
    void answer_tokens(std::string body);
    /// The current token stops working; the next request gets a new one.
    void revoke_token();
    /// Every token is refused, as when another system renews it all the time.
    void refuse_every_token(bool refuse);
    /// WeChat: the contact is outside the 48 h window (45015).
    void close_window(std::string peer);
    /// WeChat: sends left for every contact before 45047.
    void set_sends_left(int count);
    /// QQ: text with an address is refused (40054010).
    void refuse_urls(bool refuse);

    std::vector<SentMessage> sent() const;
    std::vector<HttpCall> calls() const;
    int token_requests() const;

private:
    struct Scripted {
        std::optional<Fault> fault;
        HttpAnswer answer;
    };
    Result<HttpAnswer> respond(const HttpCall& request);
    Result<HttpAnswer> send(const HttpCall& request, HttpAnswer (FakePlatform::*platform)(const HttpCall&));
    HttpAnswer grant_token(bool lifetime_as_text);
    HttpAnswer wechat_send(const HttpCall& request);
    HttpAnswer qq_send(const HttpCall& request);
    bool is_current(const std::string& token) const;

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::deque<Scripted> script_;
    std::string token_answer_;
    int token_number_ = 0;
    int token_requests_ = 0;
    TimePoint token_end_{};
    bool refuse_tokens_ = false;
    bool refuse_urls_ = false;
    int sends_left_ = 1000;
    std::set<std::string> closed_;
    std::set<std::pair<std::string, int>> seen_seq_;
    std::vector<SentMessage> sent_;
    std::vector<HttpCall> calls_;
};

/// Runs one coroutine to its end on a context of its own.
template <class T>
T run_to_end(boost::asio::awaitable<T> work) {
    boost::asio::io_context io;
    auto done = boost::asio::co_spawn(io, std::move(work), boost::asio::use_future);
    io.run();
    return done.get();
}

}  // namespace yuanda::test
