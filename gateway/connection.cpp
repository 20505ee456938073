// HTTP/1.1 on one connection with Beast: every limit is checked before memory or time is spent.
#include "gateway/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "core/token.hpp"
#include "gateway/deadline.hpp"
#include "gateway/log.hpp"
#include "gateway/socket_connection.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Parser = http::request_parser<http::string_body>;
using Header = http::request_header<>;
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

/// Counts the connection for its address and gives the place back at the end.
class Admission {
public:
    Admission(ConnectionContext& context, std::string address) : context_(context), address_(std::move(address)) {
        ++context_.open;
        const std::lock_guard lock{context_.mutex};
        granted_ = ++context_.per_address[address_] <= context_.config->limits.connections_per_address ||
                   is_loopback(address_);
    }
    ~Admission() {
        --context_.open;
        const std::lock_guard lock{context_.mutex};
        if (--context_.per_address[address_] == 0) context_.per_address.erase(address_);
    }
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;
    bool granted() const { return granted_; }

private:
    ConnectionContext& context_;
    std::string address_;
    bool granted_ = false;
};

/// Everything serve_one() needs of its connection.
struct Connection {
    AnyStream& stream;
    beast::flat_buffer& buffer;
    Deadline& deadline;
    std::string address;
    ConnectionContext& context;
    const ServerLimits& limits() const { return context.config->limits; }
};

/// A request refused before its handler: status and a short body.
Response refusal(int status) { return text_response(status, "text/plain", ""); }

std::string client_address(const Connection& connection, const Request& request) {
    if (!connection.context.config->loopback_proxy || !is_loopback(connection.address)) return connection.address;
    const std::string forwarded = request.header("x-forwarded-for");
    if (forwarded.empty()) return connection.address;
    const std::size_t comma = forwarded.rfind(',');
    std::string last = comma == std::string::npos ? forwarded : forwarded.substr(comma + 1);
    last.erase(0, last.find_first_not_of(' '));
    return last;
}

/// The plain value of a parsed header; nullopt when path or query cannot be decoded.
std::optional<Request> to_request(const Connection& connection, const Header& header) {
    Request request;
    request.id = random_token(8, *connection.context.random);
    request.method = std::string(header.method_string());
    const std::string_view target{header.target().data(), header.target().size()};
    const std::size_t mark = std::min(target.find('?'), target.size());
    const auto path = percent_decode(target.substr(0, mark), false);
    const auto query = parse_query(mark < target.size() ? target.substr(mark + 1) : std::string_view{});
    if (!path || !query) return std::nullopt;
    request.path = *path;
    request.query = *query;
    for (const auto& field : header) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        request.headers[name] = std::string(field.value());
    }
    request.address = client_address(connection, request);
    const bool proxied_tls = connection.context.config->loopback_proxy && is_loopback(connection.address) &&
                             request.header("x-forwarded-proto") == "https";
    request.secure = connection.stream.secure() || proxied_tls ||
                     (is_loopback(connection.address) && request.header("x-forwarded-for").empty());
    return request;
}

std::size_t field_count(const Header& header) {
    return static_cast<std::size_t>(std::distance(header.begin(), header.end()));
}

/// What is wrong with a request whose header alone has been read; 0: nothing.
int header_fault(const Connection& connection, const Parser& parser) {
    const auto& header = parser.get();
    if (header.target().size() > connection.limits().target_bytes) return 414;
    if (field_count(header) > connection.limits().fields) return 431;
    if (header.version() != 11 && header.version() != 10) return 505;
    if (header.version() == 11 && header.count(http::field::host) != 1) return 400;  // RFC 9112 section 3.2
    return 0;
}

asio::awaitable<bool> write_response(Connection& connection, Response response, bool head_only, unsigned version,
                                     bool keep_alive) {
    http::response<http::string_body> message{static_cast<http::status>(response.status), version};
    for (const auto& [name, value] : connection.context.config->headers) message.set(name, value);
    for (const auto& [name, value] : response.headers) {
        if (name == "set-cookie")
            message.insert(name, value);
        else
            message.set(name, value);
    }
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    if (response.status == 204 || response.status == 304) message.erase(http::field::content_length);
    if (head_only) message.body().clear();
    connection.deadline.arm(connection.limits().request_time);
    auto [ec, bytes] = co_await http::async_write(connection.stream, message, kNoThrow);
    if (ec) co_return false;
    if (response.written) response.written();
    co_return keep_alive;
}

/// Answers a peer that may still be sending, and reads on for a moment: closing at once would reset the
/// connection and the peer would never see why.
asio::awaitable<void> refuse_and_linger(Connection& connection, int status, unsigned version) {
    co_await write_response(connection, refusal(status), false, version, false);
    boost::system::error_code ignored;
    connection.stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    connection.deadline.arm(std::chrono::seconds{2});
    std::array<char, 16 * 1024> sink{};
    for (std::size_t drained = 0; drained < 16u * 1024 * 1024;) {
        auto [ec, bytes] = co_await connection.stream.async_read_some(asio::buffer(sink), kNoThrow);
        if (ec) co_return;
        drained += bytes;
    }
}

int status_of_read_error(const boost::system::error_code& ec) {
    if (ec == http::error::body_limit) return 413;
    if (ec == http::error::header_limit) return 431;
    if (ec.category() == make_error_code(http::error::end_of_stream).category() && ec != http::error::end_of_stream &&
        ec != http::error::partial_message)
        return ec == http::error::buffer_overflow ? 431 : 400;
    return 0;  // the peer left or the deadline passed: nobody to answer
}

/// Reads the body within the route's limit. Returns the status to refuse with, 0 when whole, -1 when the peer is gone.
asio::awaitable<int> read_body(Connection& connection, Parser& parser, std::size_t limit) {
    if (const auto length = parser.content_length(); length && *length > limit) co_return 413;
    parser.body_limit(limit);
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        auto [ec, bytes] = co_await asio::async_write(connection.stream, asio::buffer(kContinue), kNoThrow);
        if (ec) co_return -1;
    }
    connection.deadline.arm(connection.limits().request_time);
    auto [ec, bytes] = co_await http::async_read(connection.stream, connection.buffer, parser, kNoThrow);
    if (!ec) co_return 0;
    const int status = status_of_read_error(ec);
    co_return status == 0 ? -1 : status;
}

/// Runs the handler; whatever escapes it becomes a 500 that says nothing.
asio::awaitable<Response> run_handler(const Route& route, Request request) {
    const std::string id = request.id;
    const Request for_error = request;
    std::string what;
    try {
        co_return co_await route.handler(std::move(request));
    } catch (const boost::system::system_error& error) {
        what = error.code().message();
    } catch (const std::exception& error) {
        what = typeid(error).name();  // what() could hold values
    }
    log_error("request.failed", {{"request", id}, {"route", route.pattern}, {"what", what}});
    co_return error_response(for_error, ErrorCode::Internal, "系统出了点问题，请稍后再试。");
}

bool within_limits(const Connection& connection, const Route& route, const Request& request) {
    if (route.limit == Limit::None || connection.context.limiter == nullptr) return true;
    return connection.context.limiter->allow(request.address, cost_of(route.limit));
}

asio::awaitable<bool> upgrade(Connection& connection, const Route& route, Request request, Parser& parser) {
    auto decision = co_await route.socket(std::move(request));
    if (auto* refused = std::get_if<Response>(&decision))
        co_return co_await write_response(connection, std::move(*refused), false, 11, false);
    connection.deadline.disarm();
    auto accepted = std::get<SocketAccept>(std::move(decision));
    co_await serve_socket(std::move(connection.stream), parser.release(), std::move(accepted), connection.context);
    co_return false;
}

/// Waits for a request to begin, as long as an idle connection may; its header then has a time of its own.
asio::awaitable<bool> first_bytes(Connection& connection) {
    if (connection.buffer.size() > 0) co_return true;
    connection.deadline.arm(connection.limits().keep_alive);
    const auto room = connection.buffer.prepare(std::min<std::size_t>(4096, connection.limits().header_bytes));
    auto [ec, bytes] = co_await connection.stream.async_read_some(room, kNoThrow);
    connection.buffer.commit(bytes);
    co_return !ec;
}

/// One request and its answer; false ends the connection.
asio::awaitable<bool> serve_one(Connection& connection) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(connection.limits().header_bytes));
    parser.body_limit(boost::none);  // decided per route, once the target is known
    if (!co_await first_bytes(connection)) co_return false;
    connection.deadline.arm(connection.limits().header_time);
    auto [ec, bytes] = co_await http::async_read_header(connection.stream, connection.buffer, parser, kNoThrow);
    if (ec) {
        if (const int status = status_of_read_error(ec); status != 0)
            co_await refuse_and_linger(connection, status, 11);
        co_return false;
    }
    const unsigned version = parser.get().version() == 10 ? 10 : 11;
    if (const int fault = header_fault(connection, parser); fault != 0) {
        co_await refuse_and_linger(connection, fault, version);
        co_return false;
    }
    auto request = to_request(connection, parser.get().base());
    if (!request) {
        co_await refuse_and_linger(connection, 400, version);
        co_return false;
    }
    const bool head = request->method == "HEAD";
    const bool keep_alive = parser.get().keep_alive() && !connection.context.stopping;
    const RouteMatch match = connection.context.router->find(request->method, request->path);
    if (!match.route) {
        co_await refuse_and_linger(connection, match.path_known ? 405 : 404, version);
        co_return false;
    }
    request->params = match.params;
    if (!within_limits(connection, *match.route, *request)) {
        Response slow = too_many_requests(*request);
        co_return co_await write_response(connection, std::move(slow), head, version, false);
    }
    if (match.route->socket) {
        if (!beast::websocket::is_upgrade(parser.get())) {
            co_await refuse_and_linger(connection, 426, version);
            co_return false;
        }
        co_return co_await upgrade(connection, *match.route, std::move(*request), parser);
    }
    if (const int status = co_await read_body(connection, parser, match.route->body_limit); status != 0) {
        if (status > 0) co_await refuse_and_linger(connection, status, version);
        co_return false;
    }
    request->body = std::move(parser.get().body());
    connection.deadline.disarm();  // handlers have deadlines of their own
    Response response = co_await run_handler(*match.route, std::move(*request));
    co_return co_await write_response(connection, std::move(response), head, version, keep_alive);
}

}  // namespace

asio::awaitable<void> serve_connection(AnyStream stream, std::string address, ConnectionContext& context) {
    const Admission admission{context, address};
    if (!admission.granted()) co_return;
    {
        Deadline deadline{stream};
        if (stream.secure()) {
            deadline.arm(context.config->limits.header_time);
            auto [ec] = co_await stream.async_handshake(kNoThrow);
            if (ec) co_return;
        }
        beast::flat_buffer buffer{context.config->limits.buffer_bytes};
        Connection connection{stream, buffer, deadline, address, context};
        bool open = true;
        while (open && !context.stopping) open = co_await serve_one(connection);
    }
}

}  // namespace yuanda::gateway
