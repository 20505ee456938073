// prometheus-cpp families, one per kind of event.
#include "gateway/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace yuanda::gateway {
namespace {

using Counters = prometheus::Family<prometheus::Counter>;

Counters& counters(prometheus::Registry& registry, const std::string& name, const std::string& help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
    Counters& messages = counters(registry, "yuanda_messages_total", "Inbound messages by inbox");
    Counters& duplicates = counters(registry, "yuanda_duplicates_total", "Repeated deliveries by inbox");
    Counters& refusals = counters(registry, "yuanda_refused_total", "Refused webhooks by inbox and reason");
    Counters& unknown = counters(registry, "yuanda_unknown_events_total", "Acknowledged events of no known kind");
    Counters& deliveries = counters(registry, "yuanda_deliveries_total", "Outbound attempts by inbox and state");
    prometheus::Family<prometheus::Histogram>& turns = prometheus::BuildHistogram()
                                                           .Name("yuanda_turn_seconds")
                                                           .Help("From receipt to commit, by decision")
                                                           .Register(registry);
    prometheus::Family<prometheus::Gauge>& gauges =
        prometheus::BuildGauge().Name("yuanda_level").Help("Current levels").Register(registry);
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::message_received(const std::string& inbox) { state_->messages.Add({{"inbox", inbox}}).Increment(); }
void Metrics::duplicate(const std::string& inbox) { state_->duplicates.Add({{"inbox", inbox}}).Increment(); }
void Metrics::refused(const std::string& inbox, const std::string& reason) {
    state_->refusals.Add({{"inbox", inbox}, {"reason", reason}}).Increment();
}
void Metrics::unknown_event(const std::string& inbox) { state_->unknown.Add({{"inbox", inbox}}).Increment(); }
void Metrics::turn(const std::string& decision, std::chrono::microseconds took) {
    static const prometheus::Histogram::BucketBoundaries kBuckets{0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                                  0.1,   0.25,  0.5,   1,    2,    4};
    state_->turns.Add({{"decision", decision}}, kBuckets).Observe(std::chrono::duration<double>(took).count());
}
void Metrics::delivery(const std::string& inbox, const std::string& state) {
    state_->deliveries.Add({{"inbox", inbox}, {"state", state}}).Increment();
}
void Metrics::set_gauge(const std::string& name, double value) { state_->gauges.Add({{"what", name}}).Set(value); }

std::string Metrics::text() const { return prometheus::TextSerializer{}.Serialize(state_->registry.Collect()); }

}  // namespace yuanda::gateway
