// Wakes whoever waits for news of a conversation or of the desk: sockets, long polls, the outbox.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace yuanda::gateway {

/// Topics: "peer:<inbox>|<peer>" (a citizen's page), "staff" (all consoles), "outbox".
/// A listener is called on the notifier's thread with the note of notify(): keep it short, post elsewhere.
/// Thread-safe; a listener is not called any more once its Subscription is gone.
class Hub {
public:
    using Listener = std::function<void(const std::string& note)>;

    class Subscription {
    public:
        Subscription() = default;
        Subscription(Subscription&&) noexcept = default;
        Subscription& operator=(Subscription&&) noexcept = default;

    private:
        friend class Hub;
        std::shared_ptr<void> keep_;
    };

    Subscription subscribe(const std::string& topic, Listener listener);
    void notify(const std::string& topic, const std::string& note);

private:
    struct Slot;
    std::mutex mutex_;
    std::multimap<std::string, std::weak_ptr<Slot>> slots_;
};

}  // namespace yuanda::gateway
