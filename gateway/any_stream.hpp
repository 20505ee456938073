// A TCP or TLS stream behind one type, so that the protocol code is compiled once.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <utility>

namespace yuanda::gateway {

/// Models AsyncReadStream and AsyncWriteStream. Move-only. `ssl` null: plain TCP.
class AnyStream {
public:
    using tcp = boost::asio::ip::tcp;
    using executor_type = tcp::socket::executor_type;

    AnyStream(tcp::socket socket, boost::asio::ssl::context* context) {
        if (context)
            tls_ = std::make_unique<Tls>(std::move(socket), *context);
        else
            plain_ = std::make_unique<tcp::socket>(std::move(socket));
    }

    executor_type get_executor() { return socket().get_executor(); }
    tcp::socket& socket() { return tls_ ? tls_->next_layer() : *plain_; }
    bool secure() const { return tls_ != nullptr; }

    template <class Token>
    auto async_handshake(Token&& token) {
        return tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& b) {
                if (tls_)
                    tls_->async_read_some(b, std::move(handler));
                else
                    plain_->async_read_some(b, std::move(handler));
            },
            token, buffers);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
            [this](auto handler, const Buffers& b) {
                if (tls_)
                    tls_->async_write_some(b, std::move(handler));
                else
                    plain_->async_write_some(b, std::move(handler));
            },
            token, buffers);
    }

    /// Closes at once; pending operations end with operation_aborted.
    void abort() {
        boost::system::error_code ignored;
        socket().shutdown(tcp::socket::shutdown_both, ignored);
        socket().close(ignored);
    }

private:
    using Tls = boost::asio::ssl::stream<tcp::socket>;
    std::unique_ptr<tcp::socket> plain_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace yuanda::gateway
