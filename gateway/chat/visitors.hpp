// Citizens' browser sessions: opaque tokens, and the tickets a socket is opened with.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/services.hpp"

namespace yuanda::gateway {

/// Thread-safe. Tokens are 256 random bits, stored hashed; a ticket lives 30 s and opens one socket.
class Visitors {
public:
    explicit Visitors(Services& services);

    struct Opened {
        std::string token;
        storage::Visitor visitor;
    };
    /// A new session of `inbox`; `peer` empty: a fresh anonymous visitor. Blocking.
    Result<Opened> open(const InboxId& inbox, const std::string& peer, bool verified);
    /// The session of a bearer token; nullopt when there is none or it was ended. Blocking.
    std::optional<storage::Visitor> from_token(const std::string& token);
    std::optional<storage::Visitor> from_request(const Request& request);

    std::string issue_ticket(const storage::Visitor& visitor);
    /// Whose ticket it is, without using it up; nullopt when it is unknown, used or too old.
    std::optional<storage::Visitor> holder(const std::string& ticket);
    /// The same, and the ticket is used: of two at once, one gets it.
    std::optional<storage::Visitor> redeem(const std::string& ticket);

private:
    struct Ticket {
        storage::Visitor visitor;
        TimePoint expires_at;
    };
    Services* services_;
    std::mutex mutex_;
    std::map<std::string, Ticket> tickets_;
};

}  // namespace yuanda::gateway
