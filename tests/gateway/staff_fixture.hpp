// A whole staff interface over a real SQLite file: routes are called as a browser would, without a network.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>

#include "core/json.hpp"
#include "gateway/services.hpp"
#include "gateway/staff/session.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_random.hpp"

namespace yuanda::gateway::test {

/// Somebody at a browser: the cookie it holds and the token its page read.
struct Browser {
    StaffId staff;
    std::string cookie;
    std::string csrf;
};

/// What a listener of one topic has heard.
class Ear {
public:
    Ear(Hub& hub, const std::string& topic);
    std::vector<std::string> notes() const;
    bool heard(const std::string& part) const;

private:
    struct State;
    std::shared_ptr<State> state_;
    Hub::Subscription subscription_;
};

class StaffDesk {
public:
    StaffDesk();
    ~StaffDesk();

    Services& services();
    const Router& router() const;
    /// Returns when all work given to the pool so far is done.
    void settle();
    const std::shared_ptr<staff::Context>& context() const;  // of handlers that are made by hand

    /// Stores a member of staff; the password of everybody is kPassword.
    storage::Staff add_staff(const std::string& login, const std::string& name, std::vector<std::string> roles);
    /// A session without the cost of a password.
    Browser browser(const storage::Staff& staff);
    Browser browser_of(const std::string& name, std::vector<std::string> roles);

    Response call(Request request);
    Request request(const Browser& who, const std::string& method, const std::string& target,
                    const Json& body = nullptr) const;
    Response call(const Browser& who, const std::string& method, const std::string& target, const Json& body = nullptr);

    /// A contact writes; with `queue` the bot hands over and promises an answer by `promise`. Returns the conversation.
    ConversationId contact_wrote(const std::string& inbox, const std::string& peer, const std::string& words,
                                 bool queue, std::optional<TimePoint> promise = std::nullopt);
    /// A contact writes, and remembers to apply once the lawyer has gone.
    void wants_to_apply(const std::string& inbox, const std::string& peer);
    /// A submitted application of the contact of `peer`.
    ApplicationId application(const std::string& peer, int serial, const std::string& inbox = "web");
    std::vector<storage::StoredMessage> messages(const ConversationId& id);
    storage::ConversationRow row(const ConversationId& id);
    /// Events of a kind, from the record itself.
    std::int64_t events(const std::string& kind);

    yuanda::test::ManualClock clock;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    int turns_ = 0;
};

inline constexpr const char* kPassword = "Qinchuan-2026";

Json json_of(const Response& response);
std::string header_of(const Response& response, const std::string& name);
/// The sentence of an error body.
std::string error_of(const Response& response);

}  // namespace yuanda::gateway::test
