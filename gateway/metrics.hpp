// Counters and latencies for /metrics: numbers about traffic, never about a person.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace yuanda::gateway {

/// Thread-safe. Label values come from our own enumerations and configured ids, never from input.
class Metrics {
public:
    Metrics();
    ~Metrics();

    void message_received(const std::string& inbox);
    void duplicate(const std::string& inbox);
    void refused(const std::string& inbox, const std::string& reason);
    void unknown_event(const std::string& inbox);
    void turn(const std::string& decision, std::chrono::microseconds took);
    void delivery(const std::string& inbox, const std::string& state);
    void set_gauge(const std::string& name, double value);  // "queue", "outbox", "connections"

    /// Prometheus text exposition.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace yuanda::gateway
