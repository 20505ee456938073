// The platforms' rules as their documents state them, strict where a real platform is strict.
#include "tests/support/fake_platform.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/json.hpp"

namespace yuanda::test {
namespace {

constexpr std::size_t kWechatTextBytes = 2048;
constexpr std::chrono::seconds kTokenLife{7200};
/// A request in a token's last minutes gets a new one.
constexpr std::chrono::seconds kRenewal{60};

HttpAnswer json_answer(int status, const Json& body) {
    HttpAnswer answer;
    answer.status = status;
    answer.headers["content-type"] = "application/json";
    answer.body = body.dump();
    return answer;
}

HttpAnswer wechat_error(int code, const std::string& message) {
    return json_answer(200, {{"errcode", code}, {"errmsg", message}});
}

HttpAnswer qq_error(int status, int code, const std::string& message) {
    return json_answer(status, {{"code", code}, {"message", message}});
}

std::string after(const std::string& text, const std::string& mark) {
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::string{} : text.substr(at + mark.size());
}

}  // namespace

boost::asio::awaitable<Result<HttpAnswer>> FakePlatform::call(HttpCall request) {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    co_return respond(request);
}

Result<HttpAnswer> FakePlatform::respond(const HttpCall& request) {
    const std::lock_guard lock{mutex_};
    calls_.push_back(request);
    if (request.path == "/cgi-bin/stable_token") return grant_token(false);
    if (request.path == "/app/getAppAccessToken") return grant_token(true);
    if (request.path.starts_with("/cgi-bin/message/custom/send")) return send(request, &FakePlatform::wechat_send);
    if (request.path.starts_with("/v2/")) return send(request, &FakePlatform::qq_send);
    return json_answer(404, Json::object());
}

Result<HttpAnswer> FakePlatform::send(const HttpCall& request, HttpAnswer (FakePlatform::*platform)(const HttpCall&)) {
    if (script_.empty()) return (this->*platform)(request);
    const Scripted next = script_.front();
    script_.pop_front();
    if (!next.fault) return next.answer;
    if (*next.fault == Fault::Unsent) return Error(ErrorCode::Unavailable, "unsent: connection refused");
    if (*next.fault == Fault::AcceptThenDrop) (this->*platform)(request);
    return Error(ErrorCode::Unavailable, "read timeout");
}

HttpAnswer FakePlatform::grant_token(bool lifetime_as_text) {
    ++token_requests_;
    HttpAnswer scripted;
    scripted.status = 200;
    scripted.body = token_answer_;
    if (!token_answer_.empty()) return scripted;
    if (token_number_ == 0 || token_end_ - clock_.now() <= kRenewal) {
        ++token_number_;
        token_end_ = clock_.now() + kTokenLife;
    }
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(token_end_ - clock_.now()).count();
    Json body{{"access_token", "tok-" + std::to_string(token_number_)}};
    if (lifetime_as_text) {
        body["expires_in"] = std::to_string(left);
    } else {
        body["expires_in"] = left;
    }
    return json_answer(200, body);
}

bool FakePlatform::is_current(const std::string& token) const {
    return !refuse_tokens_ && token == "tok-" + std::to_string(token_number_) && clock_.now() < token_end_;
}

HttpAnswer FakePlatform::wechat_send(const HttpCall& request) {
    if (!is_current(after(request.path, "access_token="))) return wechat_error(40001, "invalid credential");
    if (request.body.find("\\u") != std::string::npos) return wechat_error(40033, "invalid charset");
    const auto body = parse_json(request.body);
    if (!body) return wechat_error(47001, "data format error");
    SentMessage message;
    message.peer = text_or(*body, "touser");
    message.text = body->contains("text") ? text_or(body->at("text"), "content") : std::string{};
    message.path = request.path;
    if (message.text.empty()) return wechat_error(44004, "empty content");
    if (message.text.size() > kWechatTextBytes) return wechat_error(45002, "content size out of limit");
    if (closed_.contains(message.peer)) return wechat_error(45015, "response out of time limit");
    if (sends_left_ <= 0) return wechat_error(45047, "out of response count limit");
    --sends_left_;
    sent_.push_back(std::move(message));
    return wechat_error(0, "ok");
}

HttpAnswer FakePlatform::qq_send(const HttpCall& request) {
    const auto authorization = request.headers.find("authorization");
    if (authorization == request.headers.end() || !is_current(after(authorization->second, "QQBot ")))
        return qq_error(401, 11243, "token not exist or expire");
    const auto body = parse_json(request.body);
    if (!body) return qq_error(400, 40011000, "bad body");
    SentMessage message;
    message.path = request.path;
    message.peer = after(request.path, request.path.starts_with("/v2/groups/") ? "/v2/groups/" : "/v2/users/");
    message.peer = message.peer.substr(0, message.peer.find('/'));
    message.text = text_or(*body, "content");
    message.msg_id = text_or(*body, "msg_id", text_or(*body, "event_id"));
    message.msg_seq = body->value("msg_seq", 1);
    if (message.msg_id.empty()) return qq_error(400, 40034102, "no permission");
    if (refuse_urls_ && message.text.find("http") != std::string::npos) return qq_error(400, 40054010, "url");
    if (seen_seq_.contains({message.msg_id, message.msg_seq}))
        return qq_error(400, 40054005, "消息被去重，请检查请求msgseq");
    seen_seq_.insert({message.msg_id, message.msg_seq});
    sent_.push_back(message);
    return json_answer(200, {{"id", "sent-" + std::to_string(sent_.size())}, {"timestamp", 1795485600}});
}

void FakePlatform::fail_next_send(Fault fault) {
    const std::lock_guard lock{mutex_};
    Scripted next;
    next.fault = fault;
    script_.push_back(std::move(next));
}

void FakePlatform::answer_next_send(int status, std::string body) {
    const std::lock_guard lock{mutex_};
    Scripted next;
    next.answer.status = status;
    next.answer.body = std::move(body);
    script_.push_back(std::move(next));
}

void FakePlatform::answer_tokens(std::string body) {
    const std::lock_guard lock{mutex_};
    token_answer_ = std::move(body);
}

void FakePlatform::revoke_token() {
    const std::lock_guard lock{mutex_};
    token_end_ = clock_.now();
}

void FakePlatform::refuse_every_token(bool refuse) {
    const std::lock_guard lock{mutex_};
    refuse_tokens_ = refuse;
}

void FakePlatform::close_window(std::string peer) {
    const std::lock_guard lock{mutex_};
    closed_.insert(std::move(peer));
}

void FakePlatform::set_sends_left(int count) {
    const std::lock_guard lock{mutex_};
    sends_left_ = count;
}

void FakePlatform::refuse_urls(bool refuse) {
    const std::lock_guard lock{mutex_};
    refuse_urls_ = refuse;
}

std::vector<SentMessage> FakePlatform::sent() const {
    const std::lock_guard lock{mutex_};
    return sent_;
}

std::vector<HttpCall> FakePlatform::calls() const {
    const std::lock_guard lock{mutex_};
    return calls_;
}

int FakePlatform::token_requests() const {
    const std::lock_guard lock{mutex_};
    return token_requests_;
}

}  // namespace yuanda::test
