// Requests, answers and routes as plain values, so that only the connection code knows Beast.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.hpp"

namespace yuanda::gateway {

struct Request {
    std::string id;  // request id: in the log, in error bodies, never secret
    std::string method;
    std::string path;  // decoded, without query
    std::map<std::string, std::string> query;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
    std::string address;              // of the peer, or from a trusted proxy
    bool secure = false;              // TLS, or loopback
    std::vector<std::string> params;  // values of {…} in the route's pattern

    std::string header(const std::string& name) const;
    std::string parameter(const std::string& name) const;  // of the query
    std::string cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::function<void()> written;  // called once when the whole answer is on the socket
};

Response text_response(int status, std::string content_type, std::string body);
Response json_response(int status, std::string json);
Response no_content();
/// The error body of docs/api.md; `message` is what a person is shown.
Response error_response(const Request& request, ErrorCode code, std::string_view message);
/// 429 in the form that is read: a small page where a browser opens one, else the error body.
Response too_many_requests(const Request& request);
/// The one mapping from error codes to HTTP.
int http_status(ErrorCode code);

/// A WebSocket as its handler sees it. Thread-safe; both calls return at once.
class Socket {
public:
    virtual ~Socket() = default;
    /// Queues a text frame. A reader slower than its queue of 256 KiB is cut off.
    virtual void send(std::string text) = 0;
    virtual void close(int code, std::string reason) = 0;
};

/// What happens on one WebSocket. Calls come one at a time.
class SocketHandler {
public:
    virtual ~SocketHandler() = default;
    virtual void opened(std::shared_ptr<Socket> socket) = 0;
    virtual void received(std::string text) = 0;
    virtual void closed() = 0;
};

struct SocketAccept {
    std::string protocol;  // subprotocol to confirm; empty: none
    std::size_t max_frame = 16 * 1024;
    std::shared_ptr<SocketHandler> handler;
};

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;
using SocketOpener = std::function<boost::asio::awaitable<std::variant<Response, SocketAccept>>(Request)>;

/// What counts against the limit of an address: a page little, because offices and carriers share one address; what a
/// page loads, a webhook whose signature holds, and a message (limited per contact) not at all.
enum class Limit { PerAddress, Page, None };
/// How many requests one of this kind counts as.
double cost_of(Limit limit);

struct Route {
    std::string method;   // GET also answers HEAD
    std::string pattern;  // "/hooks/wechat/{inbox}"; a last segment {*} takes the rest
    std::size_t body_limit = 0;
    Limit limit = Limit::PerAddress;
    Handler handler;
    SocketOpener socket;  // set: this route is a WebSocket
};

struct RouteMatch {
    const Route* route = nullptr;
    std::vector<std::string> params;
    bool path_known = false;  // the path exists with another method: 405
};

class Router {
public:
    void add(Route route);
    RouteMatch find(std::string_view method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> segments_;
};

/// "a=1&b=%E6%B3%95" decoded once; later keys win. nullopt for broken escapes or bytes that are not UTF-8.
std::optional<std::map<std::string, std::string>> parse_query(std::string_view query);
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace yuanda::gateway
