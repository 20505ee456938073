// Wakes whoever waits for news of a conversation or of the desk: sockets, long polls, the outbox.
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace yuanda::gateway {

/// Topics: "peer:<inbox>|<peer>" (a citizen's page), "staff" (all consoles), "outbox".
/// A listener is called on the notifier's thread with the note of notify(): keep it short, post elsewhere.
/// Thread-safe; a listener is not called any more once its Subscription is gone, and the going waits for a call
/// in progress: never drop a Subscription under a lock that its listener takes.
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

    Hub();
    Subscription subscribe(const std::string& topic, Listener listener);
    void notify(const std::string& topic, const std::string& note);
    /// Listeners of all topics.
    std::size_t size() const;

private:
    struct Slot;
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace yuanda::gateway
