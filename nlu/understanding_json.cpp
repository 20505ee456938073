// Writes an Understanding as JSON.
#include "nlu/understanding_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace yuanda::nlu {
namespace {

/// Four decimals: enough to compare, the same on every machine.
double rounded(double p) { return std::round(p * 10000) / 10000; }

}  // namespace

std::string understanding_to_json(std::string_view id, const Understanding& understanding) {
    using Json = nlohmann::ordered_json;
    Json topics = Json::array(), entities = Json::array(), risks = Json::array();
    for (const auto& guess : understanding.topics) topics.push_back({{"topic", guess.topic}, {"p", rounded(guess.p)}});
    for (const auto& entity : understanding.entities) {
        entities.push_back({{"kind", name_of(entity.kind)}, {"text", entity.text}, {"value", entity.value}});
    }
    for (const auto risk : understanding.risks) risks.push_back(name_of(risk));
    Json json;
    json["id"] = id;
    json["topic"] = understanding.topic();
    json["topics"] = std::move(topics);
    json["intent"] = name_of(understanding.intent);
    json["entities"] = std::move(entities);
    json["risk"] = std::move(risks);
    json["segments"] = understanding.segments;
    // Broken input bytes must not throw out of the room: they print as U+FFFD.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace yuanda::nlu
