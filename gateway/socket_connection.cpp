// WebSockets with Beast: a bounded write queue, a frame rate, pings, and an orderly goodbye.
#include "gateway/socket_connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "gateway/log.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

}  // namespace

// Beast finds these three by argument-dependent lookup: how our stream ends and how a timeout kills it.
inline void teardown(beast::role_type, AnyStream& stream, boost::system::error_code& ec) {
    ec = {};
    stream.abort();
}

template <class Completion>
void async_teardown(beast::role_type, AnyStream& stream, Completion&& done) {
    boost::system::error_code ec;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ec);
    asio::post(stream.get_executor(),
               beast::bind_front_handler(std::forward<Completion>(done), boost::system::error_code{}));
}

inline void beast_close_socket(AnyStream& stream) { stream.abort(); }

namespace {

/// How many frames a peer may send: refilled once a second.
class FrameRate {
public:
    explicit FrameRate(int per_second) : per_second_(per_second), left_(per_second) {}
    bool allow() {
        const auto now = std::chrono::steady_clock::now();
        if (now - since_ >= std::chrono::seconds{1}) {
            since_ = now;
            left_ = per_second_;
        }
        return left_-- > 0;
    }

private:
    int per_second_;
    int left_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

class BeastSocket : public SocketSession, public std::enable_shared_from_this<BeastSocket> {
public:
    BeastSocket(AnyStream stream, const ServerLimits& limits)
        : stream_(std::move(stream)), limits_(limits), slow_timer_(stream_.get_executor()) {}

    void send(std::string text) override {
        asio::post(stream_.get_executor(),
                   [self = shared_from_this(), text = std::move(text)]() mutable { self->enqueue(std::move(text)); });
    }

    void close(int code, std::string reason) override {
        asio::post(stream_.get_executor(), [self = shared_from_this(), code, reason = std::move(reason)] {
            if (self->closing_) return;
            self->closing_ = websocket::close_reason{static_cast<websocket::close_code>(code), reason};
            if (!self->writing_) self->say_goodbye();
        });
    }

    asio::awaitable<void> run(beast::http::request<beast::http::string_body> request, SocketAccept accept) {
        websocket::stream_base::timeout timeouts{};
        timeouts.handshake_timeout = limits_.header_time;
        timeouts.idle_timeout = std::chrono::seconds{60};  // Beast pings at half of it
        timeouts.keep_alive_pings = true;
        stream_.set_option(timeouts);
        stream_.read_message_max(accept.max_frame);
        if (!accept.protocol.empty()) {
            const auto decorate = [protocol = accept.protocol](websocket::response_type& response) {
                response.set(beast::http::field::sec_websocket_protocol, protocol);
            };
            stream_.set_option(websocket::stream_base::decorator(decorate));
        }
        auto [ec] = co_await stream_.async_accept(request, kNoThrow);
        if (ec) co_return;
        accept.handler->opened(shared_from_this());
        co_await read_all(*accept.handler, accept.max_frame);
        gone_ = true;
        accept.handler->closed();
        slow_timer_.cancel();
    }

private:
    asio::awaitable<void> read_all(SocketHandler& handler, std::size_t max_frame) {
        beast::flat_buffer buffer{max_frame};
        FrameRate rate{limits_.socket_frames_per_second};
        for (;;) {
            auto [ec, bytes] = co_await stream_.async_read(buffer, kNoThrow);
            if (ec) co_return;
            if (!rate.allow()) {
                close(4429, "too fast");
            } else if (!stream_.got_text()) {
                close(1003, "text only");
            } else if (!pass_on(handler, beast::buffers_to_string(buffer.data()))) {
                close(1011, "internal error");
            }
            buffer.consume(buffer.size());
        }
    }

    /// False when the handler failed: a frame must never end the connection's bookkeeping.
    static bool pass_on(SocketHandler& handler, std::string text) {
        try {
            handler.received(std::move(text));
            return true;
        } catch (const std::exception& error) {
            log_error("socket.frame_failed", {{"what", std::string(typeid(error).name())}});
            return false;
        }
    }

    void enqueue(std::string text) {
        if (gone_ || closing_) return;
        queued_bytes_ += text.size();
        if (queued_bytes_ > limits_.socket_queue_bytes) return stream_.next_layer().abort();
        queue_.push_back(std::move(text));
        if (!writing_) write_next();
    }

    void write_next() {
        writing_ = true;
        stream_.text(true);
        watch_slow_reader();
        stream_.async_write(
            asio::buffer(queue_.front()),
            [self = shared_from_this()](boost::system::error_code ec, std::size_t) { self->wrote(ec); });
    }

    void wrote(const boost::system::error_code& ec) {
        slow_timer_.cancel();
        writing_ = false;
        if (ec) return;
        queued_bytes_ -= queue_.front().size();
        queue_.pop_front();
        if (!queue_.empty())
            write_next();
        else if (closing_)
            say_goodbye();
    }

    /// A frame that cannot leave for ten seconds has a reader who is not there.
    void watch_slow_reader() {
        slow_timer_.expires_after(limits_.slow_reader);
        slow_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& ec) {
            const auto self = weak.lock();
            if (!ec && self && self->writing_) self->stream_.next_layer().abort();
        });
    }

    void say_goodbye() {
        if (gone_) return;
        stream_.async_close(*closing_, [self = shared_from_this()](const boost::system::error_code&) {});
    }

    websocket::stream<AnyStream> stream_;
    const ServerLimits& limits_;
    asio::steady_timer slow_timer_;
    std::deque<std::string> queue_;
    std::size_t queued_bytes_ = 0;
    std::optional<websocket::close_reason> closing_;
    bool writing_ = false;
    bool gone_ = false;
};

/// Keeps a socket among those that a stop says goodbye to, however its serving ends.
class Listed {
public:
    Listed(ConnectionContext& context, std::shared_ptr<SocketSession> socket)
        : context_(context), socket_(std::move(socket)) {
        const std::lock_guard lock{context_.mutex};
        context_.sockets.insert(socket_);
    }
    ~Listed() {
        const std::lock_guard lock{context_.mutex};
        context_.sockets.erase(socket_);
    }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

private:
    ConnectionContext& context_;
    std::shared_ptr<SocketSession> socket_;
};

}  // namespace

asio::awaitable<void> serve_socket(AnyStream stream, beast::http::request<beast::http::string_body> request,
                                   SocketAccept accept, ConnectionContext& context) {
    const auto socket = std::make_shared<BeastSocket>(std::move(stream), context.config->limits);
    const Listed listed{context, socket};
    co_await socket->run(std::move(request), std::move(accept));
}

}  // namespace yuanda::gateway
