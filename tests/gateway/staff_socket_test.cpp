// A console's socket: its first frame, what it passes on, how it ends.
#include "gateway/staff/socket.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <mutex>
#include <thread>

#include "core/token.hpp"
#include "gateway/staff/notes.hpp"
#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

using namespace std::chrono_literals;

class FakeSocket : public Socket {
public:
    void send(std::string text) override {
        const std::lock_guard lock{mutex_};
        sent_.push_back(std::move(text));
    }
    void close(int code, std::string) override {
        const std::lock_guard lock{mutex_};
        code_ = code;
    }
    int code() const {
        const std::lock_guard lock{mutex_};
        return code_;
    }
    bool sent(const std::string& part) const {
        const std::lock_guard lock{mutex_};
        for (const auto& text : sent_)
            if (text.find(part) != std::string::npos) return true;
        return false;
    }
    std::size_t count() const {
        const std::lock_guard lock{mutex_};
        return sent_.size();
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> sent_;
    int code_ = 0;
};

struct Console {
    explicit Console(StaffDesk& desk, const std::string& name, std::vector<std::string> roles)
        : staff(desk.add_staff("socket-" + name, name, std::move(roles))), browser(desk.browser(staff)) {
        const auto session = desk.services().people.session(sha256());
        REQUIRE(session.has_value());
        REQUIRE(session->has_value());
        handler = staff::make_staff_socket(desk.context(), {staff, **session});
        handler->opened(socket);
    }
    std::string sha256() const;
    void hello() { handler->received(Json{{"t", "hello"}, {"csrf", browser.csrf}}.dump()); }

    storage::Staff staff;
    Browser browser;
    std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
    std::shared_ptr<SocketHandler> handler;
};

std::string Console::sha256() const { return yuanda::sha256_hex(browser.cookie.substr(browser.cookie.find('=') + 1)); }

std::variant<Response, SocketAccept> open(StaffDesk& desk, Request request) {
    const auto match = desk.router().find("GET", "/api/v1/socket");
    REQUIRE(match.route != nullptr);
    boost::asio::io_context io;
    std::optional<std::variant<Response, SocketAccept>> opened;
    boost::asio::co_spawn(io, match.route->socket(std::move(request)),
                          [&](std::exception_ptr failure, std::variant<Response, SocketAccept> answer) {
                              if (failure) std::rethrow_exception(failure);
                              opened = std::move(answer);
                          });
    io.run();
    REQUIRE(opened.has_value());
    return std::move(*opened);
}

int status_of(StaffDesk& desk, Request request) {
    const auto opened = open(desk, std::move(request));
    const auto* refused = std::get_if<Response>(&opened);
    return refused ? refused->status : 101;
}

}  // namespace

TEST_CASE("a socket is opened by our own page with a session alone", "[gateway][staff][socket]") {
    StaffDesk desk;
    const Browser browser = desk.browser_of("王毅", {"lawyer"});
    Request good = desk.request(browser, "GET", "/api/v1/socket");
    const auto opened = open(desk, good);
    REQUIRE(std::holds_alternative<SocketAccept>(opened));
    CHECK(std::get<SocketAccept>(opened).max_frame == 64 * 1024);
    Request other = good;
    other.headers["origin"] = "https://evil.example";
    CHECK(status_of(desk, other) == 403);
    Request silent = good;
    silent.headers.erase("origin");
    CHECK(status_of(desk, silent) == 403);
    Request stranger = good;
    stranger.headers.erase("cookie");
    CHECK(status_of(desk, stranger) == 401);
    Request plain = good;
    plain.secure = false;
    CHECK(status_of(desk, plain) == 403);
}

TEST_CASE("nothing is heard before the first frame has brought the token", "[gateway][staff][socket]") {
    StaffDesk desk;
    Console console{desk, "王毅", {"lawyer"}};
    desk.services().hub.notify("staff", staff::desk_note());
    CHECK(console.socket->count() == 0);
    SECTION("with the token the desk is heard") {
        console.hello();
        CHECK(console.socket->code() == 0);
        CHECK(console.socket->sent(R"({"t":"desk"})"));  // greeting a lawyer changes who is on duty
        REQUIRE(desk.services().desk.present().size() == 1);
        CHECK(desk.services().desk.present()[0].state == desk::Presence::Online);
    }
    SECTION("another token closes") {
        console.handler->received(R"({"t":"hello","csrf":"guess"})");
        CHECK(console.socket->code() == 4403);
    }
    SECTION("another first frame closes") {
        console.handler->received(GENERATE(R"({"t":"ping"})", "", "{", "[1]"));
        CHECK(console.socket->code() == 4403);
    }
    console.handler->closed();
}

TEST_CASE("each console hears what its person may know", "[gateway][staff][socket]") {
    StaffDesk desk;
    Console owner{desk, "王毅", {"lawyer"}};
    Console other{desk, "李敏", {"lawyer"}};
    Console admin{desk, "管理员", {"admin"}};
    for (auto* console : {&owner, &other, &admin}) console->hello();
    storage::StoredMessage message;
    message.text = "老板不给钱";
    desk.services().hub.notify("staff", staff::message_note(ConversationId{"c1"}, message, owner.staff.id));
    CHECK(owner.socket->sent("老板不给钱"));
    CHECK_FALSE(other.socket->sent("老板不给钱"));
    CHECK(other.socket->sent(R"("conversation")"));
    CHECK_FALSE(admin.socket->sent("c1"));

    SECTION("after closing nothing more") {
        const auto before = owner.socket->count();
        owner.handler->closed();
        desk.services().hub.notify("staff", staff::desk_note());
        CHECK(owner.socket->count() == before);
    }
    SECTION("who was disabled is told goodbye") {
        desk.services().hub.notify("staff", staff::ended_note(other.staff.id));
        CHECK(other.socket->sent(R"({"t":"bye"})"));
        CHECK(other.socket->code() == 4401);
        CHECK(owner.socket->code() == 0);
    }
    for (auto* console : {&owner, &other, &admin}) console->handler->closed();
}

TEST_CASE("a ping is answered, shows that somebody is there, and finds out when the session has ended",
          "[gateway][staff][socket]") {
    StaffDesk desk;
    Console console{desk, "王毅", {"lawyer"}};
    console.hello();
    console.handler->received(R"({"t":"ping"})");
    CHECK(console.socket->sent(R"({"t":"pong"})"));
    desk.clock.advance(80s);
    console.handler->received(R"({"t":"ping"})");
    desk.clock.advance(80s);
    CHECK(desk.services().desk.present().size() == 1);
    CHECK(console.socket->code() == 0);
    REQUIRE(desk.services().people.end_session(console.sha256()).has_value());
    console.handler->received(R"({"t":"ping"})");
    desk.settle();
    CHECK(console.socket->code() == 4401);
    console.handler->closed();
}

TEST_CASE("the citizen sees that their lawyer is writing, and nobody else's", "[gateway][staff][socket]") {
    StaffDesk desk;
    Console owner{desk, "王毅", {"lawyer"}};
    Console other{desk, "李敏", {"lawyer"}};
    const auto id = desk.contact_wrote("web", "v1", "转人工", true);
    REQUIRE(desk.call(owner.browser, "POST", "/api/v1/conversations/" + id.value + "/accept", Json::object()).status ==
            200);
    Ear page{desk.services().hub, peer_topic(InboxId{"web"}, ExternalId{"v1"})};
    const std::string frame = Json{{"t", "typing"}, {"conversation", id.value}}.dump();
    other.hello();
    other.handler->received(frame);
    owner.hello();
    owner.handler->received(frame);
    owner.handler->received(frame);  // at once again: not worth a look
    desk.settle();
    CHECK(page.heard("typing"));
    CHECK(page.notes().size() == 1);
    owner.handler->closed();
    other.handler->closed();
}

}  // namespace yuanda::gateway::test
