// Makes an adapter for every configured inbox.
#include "gateway/inboxes.hpp"

namespace yuanda::gateway {

Result<Inboxes> Inboxes::make(const std::vector<adapters::InboxConfig>& configs, HttpClient& http, const Clock& clock,
                              Random& random) {
    Inboxes inboxes;
    for (const auto& config : configs) {
        auto adapter = adapters::make_adapter(config, http, clock, random);
        if (!adapter.has_value())
            return Error{adapter.error().code, "inbox " + config.id.value + ": " + adapter.error().detail};
        Inbox inbox{config, std::move(*adapter)};
        if (!inboxes.inboxes_.emplace(config.id, std::move(inbox)).second)
            return invalid("inbox " + config.id.value + " is configured twice");
    }
    return inboxes;
}

const Inbox* Inboxes::find(const InboxId& id) const {
    const auto found = inboxes_.find(id);
    return found == inboxes_.end() ? nullptr : &found->second;
}

const Inbox* Inboxes::find(const std::string& id, Channel channel) const {
    const Inbox* inbox = find(InboxId{id});
    return inbox && inbox->config.channel == channel ? inbox : nullptr;
}

}  // namespace yuanda::gateway
