// The listener: accepts, survives running out of descriptors, and stops without dropping work.
#include "gateway/server.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/connection.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
constexpr std::chrono::milliseconds kAcceptPause{50};
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

class TcpServer : public Server {
public:
    TcpServer(asio::io_context& io, TaskGroup& tasks, const ServerConfig& config, const Router& router,
              RateLimiter* limiter, Random& random)
        : io_(io), tasks_(tasks), config_(config), acceptor_(io) {
        context_.config = &config_;
        context_.router = &router;
        context_.limiter = limiter;
        context_.random = &random;
    }
    ~TcpServer() override {
        if (spare_ >= 0) ::close(spare_);
    }

    Result<> start() override {
        boost::system::error_code ec;
        const auto address = asio::ip::make_address(config_.address, ec);
        if (ec) return invalid("listen address: " + config_.address);
        if (const auto ready = prepare_tls(); !ready) return ready.error();
        const tcp::endpoint endpoint{address, config_.port};
        acceptor_.open(endpoint.protocol(), ec);
        if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
        if (!ec) acceptor_.bind(endpoint, ec);
        if (!ec) acceptor_.listen(1024, ec);
        if (ec)
            return Error{ErrorCode::Unavailable,
                         config_.address + ":" + std::to_string(config_.port) + ": " + ec.message()};
        port_ = acceptor_.local_endpoint().port();
        spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        tasks_.spawn("listener", accept_all());
        return {};
    }

    void stop() override {
        context_.stopping = true;
        asio::post(io_, [this] {
            boost::system::error_code ignored;
            acceptor_.close(ignored);
        });
        std::set<std::shared_ptr<SocketSession>> sockets;
        {
            const std::lock_guard lock{context_.mutex};
            sockets = context_.sockets;
        }
        for (const auto& socket : sockets) socket->close(1012, "restart");
    }

    unsigned short port() const override { return port_; }
    std::size_t connections() const override { return context_.open; }

private:
    Result<> prepare_tls() {
        if (config_.tls.certificate.empty()) return {};
        tls_ = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
        boost::system::error_code ec;
        tls_->set_options(
            asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1,
            ec);
        if (!ec) tls_->use_certificate_chain_file(config_.tls.certificate, ec);
        if (!ec) tls_->use_private_key_file(config_.tls.key, asio::ssl::context::pem, ec);
        if (ec) return invalid("TLS files: " + ec.message());
        return {};
    }

    asio::awaitable<void> accept_all() {
        while (!context_.stopping) {
            auto [ec, socket] = co_await acceptor_.async_accept(asio::make_strand(io_), kNoThrow);
            if (ec == asio::error::operation_aborted || context_.stopping) co_return;
            if (ec == asio::error::no_descriptors) {
                co_await shed_one();
                continue;
            }
            if (ec) {
                co_await pause(kAcceptPause);
                continue;
            }
            admit(std::move(socket));
        }
    }

    void admit(tcp::socket socket) {
        boost::system::error_code ec;
        const auto peer = socket.remote_endpoint(ec);
        if (ec || context_.open >= config_.limits.connections) return;  // the socket closes here
        socket.set_option(tcp::no_delay(true), ec);
        // The coroutine must share the socket's strand: its WebSocket is written to from there as well.
        const auto strand = socket.get_executor();
        tasks_.spawn_on(
            strand, "connection",
            serve_connection(AnyStream{std::move(socket), tls_.get()}, peer.address().to_string(), context_));
    }

    /// Out of descriptors: free the spare one, take and drop one connection, so that the queue cannot freeze.
    asio::awaitable<void> shed_one() {
        ::close(spare_);
        { auto [ec, socket] = co_await acceptor_.async_accept(kNoThrow); }
        spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        co_await pause(kAcceptPause);
    }

    asio::awaitable<void> pause(std::chrono::milliseconds time) {
        asio::steady_timer timer{io_, time};
        co_await timer.async_wait(kNoThrow);
    }

    asio::io_context& io_;
    TaskGroup& tasks_;
    ServerConfig config_;
    ConnectionContext context_;
    std::unique_ptr<asio::ssl::context> tls_;
    tcp::acceptor acceptor_;
    unsigned short port_ = 0;
    int spare_ = -1;
};

}  // namespace

std::unique_ptr<Server> make_server(asio::io_context& io, TaskGroup& tasks, const ServerConfig& config,
                                    const Router& router, RateLimiter* limiter, Random& random) {
    return std::make_unique<TcpServer>(io, tasks, config, router, limiter, random);
}

}  // namespace yuanda::gateway
