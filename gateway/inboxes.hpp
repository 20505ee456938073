// The configured accounts and their adapters, by inbox id.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "adapters/adapter.hpp"

namespace yuanda::gateway {

struct Inbox {
    adapters::InboxConfig config;
    std::unique_ptr<adapters::ChannelAdapter> adapter;
};

/// Immutable after construction; reading is thread-safe.
class Inboxes {
public:
    static Result<Inboxes> make(const std::vector<adapters::InboxConfig>& configs, HttpClient& http, const Clock& clock,
                                Random& random);
    const Inbox* find(const InboxId& id) const;
    /// The inbox of that id, when it is on that channel.
    const Inbox* find(const std::string& id, Channel channel) const;
    const std::map<InboxId, Inbox>& all() const { return inboxes_; }

private:
    std::map<InboxId, Inbox> inboxes_;
};

}  // namespace yuanda::gateway
