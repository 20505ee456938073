// Tokens in the database, tickets in memory.
#include "gateway/chat/visitors.hpp"

#include "core/token.hpp"

namespace yuanda::gateway {
namespace {
constexpr std::chrono::seconds kTicketLife{30};
constexpr std::size_t kTokenBytes = 32;
constexpr std::string_view kBearer = "Bearer ";
}  // namespace

Visitors::Visitors(Services& services) : services_(&services) {}

Result<Visitors::Opened> Visitors::open(const InboxId& inbox, const std::string& peer, bool verified) {
    Opened opened;
    opened.token = random_token(kTokenBytes, services_->random);
    auto& visitor = opened.visitor;
    visitor.token_hash = sha256_hex(opened.token);
    visitor.inbox = inbox;
    visitor.peer = ExternalId{peer.empty() ? "v_" + random_token(16, services_->random) : peer};
    visitor.verified = verified;
    visitor.created_at = visitor.seen_at = services_->clock.now();
    if (const auto stored = services_->people.add_visitor(visitor); !stored) return stored.error();
    return opened;
}

std::optional<storage::Visitor> Visitors::from_token(const std::string& token) {
    if (token.size() != kTokenBytes * 2) return std::nullopt;
    const auto found = services_->people.visitor(sha256_hex(token));
    if (!found.has_value() || !found->has_value() || (*found)->revoked_at) return std::nullopt;
    return **found;
}

std::optional<storage::Visitor> Visitors::from_request(const Request& request) {
    const std::string header = request.header("authorization");
    if (!header.starts_with(kBearer)) return std::nullopt;
    return from_token(header.substr(kBearer.size()));
}

std::string Visitors::issue_ticket(const storage::Visitor& visitor) {
    const TimePoint now = services_->clock.now();
    std::string ticket = random_token(kTokenBytes, services_->random);
    const std::lock_guard lock{mutex_};
    std::erase_if(tickets_, [now](const auto& item) { return item.second.expires_at <= now; });
    tickets_[ticket] = {visitor, now + kTicketLife};
    return ticket;
}

std::optional<storage::Visitor> Visitors::holder(const std::string& ticket) {
    const std::lock_guard lock{mutex_};
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end() || found->second.expires_at <= services_->clock.now()) return std::nullopt;
    return found->second.visitor;
}

std::optional<storage::Visitor> Visitors::redeem(const std::string& ticket) {
    const std::lock_guard lock{mutex_};
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end()) return std::nullopt;
    const Ticket taken = found->second;
    tickets_.erase(found);
    if (taken.expires_at <= services_->clock.now()) return std::nullopt;
    return taken.visitor;
}

}  // namespace yuanda::gateway
