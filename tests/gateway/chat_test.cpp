// The citizen's side at its edge: what is no message, and whose ticket opens a socket.
#include "gateway/chat/chat_api.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "staff_fixture.hpp"

namespace yuanda::gateway::test {
namespace {

/// A desk whose citizens have a browser each.
struct Page {
    StaffDesk desk;
    Visitors visitors{desk.services()};
    Texts texts;
    SocketOpener opener = chat_socket_opener(desk.services(), visitors, texts);

    std::string ticket() {
        const auto opened = visitors.open(InboxId{"web"}, "", false);
        REQUIRE(opened.has_value());
        return visitors.issue_ticket(opened->visitor);
    }
    /// 101 when a page of `origin` gets a socket for the ticket.
    int open(const std::string& ticket, const std::string& origin) const {
        Request request;
        request.headers = {
            {"host", "chat.example"}, {"origin", origin}, {"sec-websocket-protocol", "yuanda.v1, ticket." + ticket}};
        boost::asio::io_context io;
        int status = 101;
        boost::asio::co_spawn(io, opener(std::move(request)),
                              [&](std::exception_ptr failure, std::variant<Response, SocketAccept> answer) {
                                  if (failure) std::rethrow_exception(failure);
                                  if (const auto* refused = std::get_if<Response>(&answer)) status = refused->status;
                              });
        io.run();
        return status;
    }
};

const std::string kOwn = "https://chat.example";

}  // namespace

TEST_CASE("a message that cannot be stored is told from one that is no message", "[gateway][chat]") {
    const std::string nul("a\0b", 3);
    CHECK(message_fault("id", "老板欠工资", "").empty());
    CHECK(message_fault("id", "", "choice").empty());
    CHECK(message_fault("id", nul, "") == "web.unreadable");
    CHECK(message_fault(nul, "老板欠工资", "") == "web.bad_request");
    CHECK(message_fault("id", "", nul) == "web.bad_request");
    CHECK(message_fault("id", "  ", "") == "web.bad_request");
}

TEST_CASE("a ticket opens one socket, of our own page", "[gateway][chat]") {
    Page page;
    const auto ticket = page.ticket();
    CHECK(page.open(ticket, "https://evil.example") == 403);
    CHECK(page.open(ticket, kOwn) == 101);  // the foreign page has not used it up
    CHECK(page.open(ticket, kOwn) == 401);
    CHECK(page.open("unknown", kOwn) == 401);
}

TEST_CASE("a ticket lives for half a minute", "[gateway][chat]") {
    Page page;
    const auto ticket = page.ticket();
    page.desk.clock.advance(std::chrono::seconds{30});
    CHECK(page.open(ticket, kOwn) == 401);
}

}  // namespace yuanda::gateway::test
