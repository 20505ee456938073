// One outbound call with cpp-httplib, used as a client only.
#include "gateway/http_client.hpp"

#include <httplib.h>

namespace yuanda::gateway {
namespace {

/// Errors before a byte of the request can have been written: a retry is harmless.
bool unsent(httplib::Error error) {
    return error == httplib::Error::Connection || error == httplib::Error::BindIPAddress ||
           error == httplib::Error::ConnectionTimeout || error == httplib::Error::SSLConnection ||
           error == httplib::Error::SSLServerVerification || error == httplib::Error::SSLLoadingCerts;
}

void bound(httplib::Client& client, std::chrono::milliseconds timeout) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(timeout - seconds);
    client.set_connection_timeout(seconds.count(), micros.count());
    client.set_read_timeout(seconds.count(), micros.count());
    client.set_write_timeout(seconds.count(), micros.count());
    client.set_follow_location(false);
    client.set_decompress(false);
    client.set_keep_alive(false);
    client.enable_server_certificate_verification(true);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

}  // namespace

Result<HttpAnswer> HttplibClient::call_now(const HttpCall& call) const {
    httplib::Client client{call.host};
    if (!client.is_valid()) return invalid("outbound host cannot be used");
    bound(client, call.timeout);
    httplib::Request request;
    request.method = call.method;
    request.path = call.path;
    request.body = call.body;
    for (const auto& [name, value] : call.headers) request.headers.emplace(name, value);
    HttpAnswer answer;
    bool too_large = false;
    request.content_receiver = [&](const char* data, std::size_t length, std::uint64_t, std::uint64_t) {
        too_large = answer.body.size() + length > max_body_;
        if (!too_large) answer.body.append(data, length);
        return !too_large;
    };
    const httplib::Result result = client.send(request);
    if (too_large) return Error{ErrorCode::Unavailable, "answer too large"};
    if (!result) {
        const std::string reason = httplib::to_string(result.error());
        return Error{ErrorCode::Unavailable, (unsent(result.error()) ? "unsent: " : "no answer: ") + reason};
    }
    answer.status = result->status;
    for (const auto& [name, value] : result->headers) answer.headers[lower(name)] = value;
    return answer;
}

boost::asio::awaitable<Result<HttpAnswer>> HttplibClient::call(HttpCall request) {
    auto work = [this, request = std::move(request)] { return call_now(request); };
    co_return co_await run_on(pool_, std::move(work));
}

}  // namespace yuanda::gateway
