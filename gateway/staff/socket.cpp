// One console's socket. Its calls come one at a time on an I/O thread: whatever needs SQL goes to the pool.
#include "gateway/staff/socket.hpp"

#include "core/token.hpp"
#include "gateway/staff/auth.hpp"
#include "gateway/staff/notes.hpp"
#include "gateway/staff/session_api.hpp"

namespace yuanda::gateway::staff {
namespace {

namespace asio = boost::asio;

constexpr int kSignInAgain = 4401;
constexpr int kNotOurs = 4403;
constexpr std::chrono::seconds kCheckEvery{60};
constexpr std::chrono::seconds kTypingEvery{3};
constexpr std::string_view kBye = R"({"t":"bye"})";

void say_bye(Socket& socket) {
    socket.send(std::string(kBye));
    socket.close(kSignInAgain, "sign in again");
}

class StaffSocket : public SocketHandler {
public:
    StaffSocket(std::shared_ptr<Context> context, Admitted admitted)
        : context_(std::move(context)), admitted_(std::move(admitted)), checked_at_(context_->services.clock.now()) {}

    void opened(std::shared_ptr<Socket> socket) override { socket_ = std::move(socket); }

    void received(std::string text) override {
        const auto frame = parse_json(text);
        const std::string kind = frame.has_value() && frame->is_object() ? text_or(*frame, "t") : std::string{};
        if (!greeted_) return hello(kind, frame.has_value() ? text_or(*frame, "csrf") : std::string{});
        if (kind == "ping") ping();
        if (kind == "typing") typing(ConversationId{text_or(*frame, "conversation")});
    }

    void closed() override {
        subscription_ = {};
        socket_.reset();
    }

private:
    Services& services() { return context_->services; }

    void hello(const std::string& kind, const std::string& csrf) {
        if (kind != "hello" || !equal_secret(csrf, admitted_.session.csrf))
            return socket_->close(kNotOurs, "hello expected");
        greeted_ = true;
        subscription_ = services().hub.subscribe("staff", [socket = socket_, id = admitted_.staff.id,
                                                           roles = admitted_.staff.roles](const std::string& note) {
            auto heard = heard_by(note, id, roles);
            if (heard.frame) socket->send(std::move(*heard.frame));
            if (heard.ended) say_bye(*socket);
        });
        greet(services(), admitted_.staff);
    }

    void ping() {
        const TimePoint now = services().clock.now();
        services().desk.heard_from(admitted_.staff.id);
        socket_->send(R"({"t":"pong"})");
        if (now - checked_at_ < kCheckEvery) return;
        checked_at_ = now;
        // A socket must not outlive its session.
        asio::post(services().pool, [context = context_, socket = socket_, admitted = admitted_, now] {
            const auto session = context->services.people.session(admitted.session.token_hash);
            const bool alive =
                !session.has_value() || (*session && session_alive(**session, admitted.staff.roles, now));
            if (!alive) say_bye(*socket);
        });
    }

    /// The citizen's page shows that somebody is writing; only its own lawyer counts.
    void typing(const ConversationId& conversation) {
        const TimePoint now = services().clock.now();
        if (conversation.empty() || now - typed_at_ < kTypingEvery) return;
        typed_at_ = now;
        asio::post(services().pool, [context = context_, id = admitted_.staff.id, conversation] {
            const auto row = context->services.conversations.row(conversation);
            if (!row.has_value() || !*row || (*row)->ownership.lawyer != id) return;
            context->services.hub.notify(peer_topic((*row)->inbox, (*row)->peer), R"({"t":"typing","on":true})");
        });
    }

    std::shared_ptr<Context> context_;
    Admitted admitted_;
    std::shared_ptr<Socket> socket_;
    Hub::Subscription subscription_;
    TimePoint checked_at_;
    TimePoint typed_at_{};
    bool greeted_ = false;
};

using Opened = std::variant<Response, SocketAccept>;

asio::awaitable<Opened> open_socket(std::shared_ptr<Context> context, Request request) {
    auto look = [context, request = std::move(request)] {
        return admit(*context, request, *access_of("GET", "/api/v1/socket"));
    };
    auto gate = co_await run_on(context->services.pool, std::move(look));
    if (auto* refused = std::get_if<Response>(&gate)) co_return std::move(*refused);
    SocketAccept accept;
    accept.max_frame = context->services.config.limits.sizes.staff_frame;
    accept.handler = make_staff_socket(context, std::get<Admitted>(gate));
    co_return accept;
}

}  // namespace

std::shared_ptr<SocketHandler> make_staff_socket(const std::shared_ptr<Context>& context, const Admitted& admitted) {
    return std::make_shared<StaffSocket>(context, admitted);
}

void add_socket_route(Router& router, const std::shared_ptr<Context>& context) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/socket";
    route.socket = [context](Request request) { return open_socket(context, std::move(request)); };
    router.add(std::move(route));
}

}  // namespace yuanda::gateway::staff
