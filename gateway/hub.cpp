// Listeners by topic; a subscription takes its own entry away when it goes.
#include "gateway/hub.hpp"

#include <map>
#include <mutex>
#include <vector>

namespace yuanda::gateway {

struct Hub::Slot {
    std::recursive_mutex mutex;  // a listener may drop its own subscription
    Listener listener;
    bool live = true;
};

struct Hub::State {
    std::mutex mutex;
    std::multimap<std::string, std::shared_ptr<Slot>> slots;
};

Hub::Hub() : state_(std::make_shared<State>()) {}

Hub::Subscription Hub::subscribe(const std::string& topic, Listener listener) {
    auto slot = std::make_shared<Slot>();
    slot->listener = std::move(listener);
    std::multimap<std::string, std::shared_ptr<Slot>>::iterator entry;
    {
        const std::lock_guard lock{state_->mutex};
        entry = state_->slots.emplace(topic, slot);
    }
    Subscription subscription;
    subscription.keep_ = std::shared_ptr<void>(nullptr, [state = state_, slot, entry](void*) {
        {
            const std::lock_guard lock{slot->mutex};
            slot->live = false;
        }
        const std::lock_guard lock{state->mutex};
        state->slots.erase(entry);
    });
    return subscription;
}

void Hub::notify(const std::string& topic, const std::string& note) {
    std::vector<std::shared_ptr<Slot>> heard;
    {
        const std::lock_guard lock{state_->mutex};
        const auto [first, last] = state_->slots.equal_range(topic);
        for (auto it = first; it != last; ++it) heard.push_back(it->second);
    }
    for (const auto& slot : heard) {
        const std::lock_guard lock{slot->mutex};
        if (slot->live) slot->listener(note);
    }
}

std::size_t Hub::size() const {
    const std::lock_guard lock{state_->mutex};
    return state_->slots.size();
}

}  // namespace yuanda::gateway
