// The citizen's WebSocket: everything it shows comes from the database in sequence order, so nothing is lost
// or repeated however often it reconnects.
#include <boost/asio/post.hpp>

#include "core/token.hpp"
#include "gateway/chat/chat_api.hpp"
#include "gateway/chat/chat_json.hpp"
#include "gateway/log.hpp"

namespace yuanda::gateway {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kProtocol = "yuanda.v1";
constexpr std::string_view kTicketPrefix = "ticket.";
constexpr int kReplay = 200;  // messages sent at once; the page asks again for older ones

class ChatSocket : public SocketHandler, public std::enable_shared_from_this<ChatSocket> {
public:
    ChatSocket(Services& services, storage::Visitor visitor, const Texts& texts)
        : services_(services), visitor_(std::move(visitor)), texts_(texts) {}

    void opened(std::shared_ptr<Socket> socket) override {
        const std::lock_guard lock{mutex_};
        socket_ = std::move(socket);
    }

    void received(std::string text) override {
        const auto frame = parse_json(text, {8, 64});
        if (!frame.has_value() || !frame->is_object()) return send_error("invalid_input", texts_["web.bad_request"]);
        const std::string type = text_or(*frame, "t");
        if (type == "hello") return hello(int_or(*frame, "last_seq"));
        if (type == "msg") return message(*frame);
        if (type == "ping") return send({{"t", "pong"}});
        // read and unknown frames need no answer, so that newer pages work with older servers
    }

    void closed() override {
        Hub::Subscription ended;  // goes after the lock, for which a listener in progress may be waiting
        const std::lock_guard lock{mutex_};
        socket_.reset();
        std::swap(ended, subscription_);
    }

private:
    void hello(std::int64_t last_seq) {
        auto subscription = services_.hub.subscribe(peer_topic(visitor_.inbox, visitor_.peer),
                                                    [weak = weak_from_this()](const std::string& note) {
                                                        if (const auto self = weak.lock()) self->hear(note);
                                                    });
        {
            const std::lock_guard lock{mutex_};
            last_seq_ = std::max<std::int64_t>(0, last_seq);
            greeted_ = false;
            if (socket_) std::swap(subscription, subscription_);
        }
        pump();
    }

    /// A note of the page's topic: news, the end, or a frame to pass on (somebody is typing).
    void hear(const std::string& note) {
        if (note.empty()) return pump();
        if (note == "ended") return end();
        const std::lock_guard lock{mutex_};
        if (socket_ && greeted_) socket_->send(note);
    }

    void message(const Json& frame) {
        const std::string cmid = text_or(frame, "cmid");
        const std::string text = text_or(frame, "text");
        const std::string choice = text_or(frame, "choice");
        if (const auto fault = message_fault(cmid, text, choice); !fault.empty())
            return send_error("invalid_input", texts_[fault], cmid);
        auto done = [self = shared_from_this(), cmid](const Result<TurnResult>& turn) {
            if (!turn.has_value())
                return self->send_error(name_of(turn.error().code), self->texts_["web.unavailable"], cmid);
            self->send({{"t", "ack"}, {"cmid", cmid}, {"seq", turn->answer.seq}, {"id", turn->answer.message.value}});
            self->pump();
        };
        services_.turns.submit(web_message(visitor_, cmid, text, choice, services_.clock.now()), std::move(done));
    }

    /// Sends what is stored after last_seq_. One pump at a time; a wake-up during a pump makes it run again.
    void pump() {
        {
            const std::lock_guard lock{mutex_};
            again_ = true;
            if (pumping_ || !socket_) return;
            pumping_ = true;
        }
        asio::post(services_.pool, [self = shared_from_this()] { self->pump_all(); });
    }

    void pump_all() {
        for (;;) {
            std::int64_t after = 0;
            {
                const std::lock_guard lock{mutex_};
                if (!again_ || !socket_) {
                    pumping_ = false;
                    return;
                }
                again_ = false;
                after = last_seq_;
            }
            const auto view = chat_view(services_, visitor_.inbox, visitor_.peer, after, kReplay);
            view.has_value() ? show(*view) : miss();
        }
    }

    void show(const ChatView& view) {
        const std::lock_guard lock{mutex_};
        if (!socket_) return;
        if (!greeted_) {
            socket_->send(Json{{"t", "welcome"}, {"seq", view.seq}, {"status", view.status}}.dump());
            greeted_ = true;
        } else if (view.status != status_) {
            socket_->send(Json{{"t", "status"}, {"status", view.status}}.dump());
        }
        status_ = view.status;
        for (const auto& message : view.messages) {
            if (message.seq <= last_seq_) continue;
            socket_->send(Json{{"t", "msg"}, {"message", message_json(message)}}.dump());
            last_seq_ = message.seq;
        }
        if (view.messages.size() == static_cast<std::size_t>(kReplay)) again_ = true;
    }

    /// What is stored cannot be read now: the page comes back and asks again.
    void miss() {
        const std::lock_guard lock{mutex_};
        if (socket_) socket_->close(1013, "try again later");
    }

    void end() {
        const std::lock_guard lock{mutex_};
        if (!socket_) return;
        socket_->send(Json{{"t", "bye"}, {"reason", "ended"}}.dump());
        socket_->close(4401, "ended");
    }

    void send(const Json& frame) {
        const std::lock_guard lock{mutex_};
        if (socket_) socket_->send(frame.dump());
    }
    void send_error(std::string_view code, const std::string& words, const std::string& cmid = "") {
        send({{"t", "error"}, {"code", code}, {"message", words}, {"cmid", cmid}});
    }

    Services& services_;
    storage::Visitor visitor_;
    const Texts& texts_;
    std::mutex mutex_;
    std::shared_ptr<Socket> socket_;
    Hub::Subscription subscription_;
    Json status_;
    std::int64_t last_seq_ = 0;
    bool greeted_ = false;
    bool pumping_ = false;
    bool again_ = false;
};

/// The ticket among the offered subprotocols ("yuanda.v1, ticket.<hex>").
std::string offered_ticket(const std::string& protocols) {
    std::istringstream list{protocols};
    for (std::string item; std::getline(list, item, ',');) {
        item.erase(0, item.find_first_not_of(' '));
        if (item.starts_with(kTicketPrefix)) return item.substr(kTicketPrefix.size());
    }
    return {};
}

asio::awaitable<std::variant<Response, SocketAccept>> open_socket(Services& services, Visitors& visitors,
                                                                  const Texts& texts, Request request) {
    const auto ticket = offered_ticket(request.header("sec-websocket-protocol"));
    const auto holder = visitors.holder(ticket);
    if (!holder) co_return error_response(request, ErrorCode::Unauthenticated, texts["web.signed_out"]);
    const Inbox* inbox = services.inboxes.find(holder->inbox);
    if (!inbox || !origin_allowed(inbox->config, request.header("origin"), request.header("host")))
        co_return error_response(request, ErrorCode::Forbidden, texts["web.forbidden_origin"]);
    const auto visitor = visitors.redeem(ticket);  // only now: a foreign page must not use up our page's ticket
    if (!visitor) co_return error_response(request, ErrorCode::Unauthenticated, texts["web.signed_out"]);
    SocketAccept accept;
    accept.protocol = std::string(kProtocol);
    accept.max_frame = services.config.limits.sizes.citizen_frame;
    accept.handler = std::make_shared<ChatSocket>(services, *visitor, texts);
    co_return accept;
}

}  // namespace

SocketOpener chat_socket_opener(Services& services, Visitors& visitors, const Texts& texts) {
    return [&services, &visitors, &texts](Request request) {
        return open_socket(services, visitors, texts, std::move(request));
    };
}

}  // namespace yuanda::gateway
