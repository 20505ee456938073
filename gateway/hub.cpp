// Weakly held listeners by topic.
#include "gateway/hub.hpp"

#include <vector>

namespace yuanda::gateway {

struct Hub::Slot {
    std::recursive_mutex mutex;  // a listener may drop its own subscription
    Listener listener;
    bool live = true;
};

Hub::Subscription Hub::subscribe(const std::string& topic, Listener listener) {
    auto slot = std::make_shared<Slot>();
    slot->listener = std::move(listener);
    {
        const std::lock_guard lock{mutex_};
        slots_.emplace(topic, slot);
    }
    Subscription subscription;
    subscription.keep_ = std::shared_ptr<void>(nullptr, [slot](void*) {
        const std::lock_guard lock{slot->mutex};
        slot->live = false;
    });
    return subscription;
}

void Hub::notify(const std::string& topic, const std::string& note) {
    std::vector<std::shared_ptr<Slot>> heard;
    {
        const std::lock_guard lock{mutex_};
        auto [first, last] = slots_.equal_range(topic);
        while (first != last) {
            auto slot = first->second.lock();
            if (!slot) {
                first = slots_.erase(first);
                continue;
            }
            heard.push_back(std::move(slot));
            ++first;
        }
    }
    for (const auto& slot : heard) {
        const std::lock_guard lock{slot->mutex};
        if (slot->live) slot->listener(note);
    }
}

}  // namespace yuanda::gateway
