// The stable words for intents, risks and entity kinds in JSON, the database and the lexicon files.
#include <array>
#include <utility>

#include "nlu/understanding.hpp"

namespace yuanda::nlu {
namespace {

constexpr std::array<std::string_view, 19> kIntents{"question",    "ask_human", "apply",     "progress", "complain",
                                                    "appointment", "calculate", "greeting",  "thanks",   "abuse",
                                                    "yes",         "no",        "cancel",    "back",     "help",
                                                    "statute",     "centre",    "off_topic", "unknown"};
static_assert(kIntents.size() == static_cast<std::size_t>(Intent::Unknown) + 1);

constexpr std::array<std::string_view, 9> kRisks{"self_harm",    "violence_now",  "child",
                                                 "wage_extreme", "missing_elder", "medical_fire",
                                                 "detained",     "scam_now",      "threat"};
static_assert(kRisks.size() == static_cast<std::size_t>(Risk::Threat) + 1);

constexpr std::array<std::string_view, 10> kKinds{"person",       "money",    "date",  "duration", "place",
                                                  "organisation", "identity", "phone", "statute",  "number"};
static_assert(kKinds.size() == static_cast<std::size_t>(Entity::Kind::Number) + 1);

}  // namespace

std::string_view name_of(Intent intent) { return kIntents.at(static_cast<std::size_t>(intent)); }
std::string_view name_of(Risk risk) { return kRisks.at(static_cast<std::size_t>(risk)); }
std::string_view name_of(Entity::Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::optional<Risk> risk_from(std::string_view name) {
    for (std::size_t i = 0; i < kRisks.size(); ++i) {
        if (kRisks[i] == name) return static_cast<Risk>(i);
    }
    return std::nullopt;
}

std::optional<Intent> intent_from(std::string_view name) {
    for (std::size_t i = 0; i < kIntents.size(); ++i) {
        if (kIntents[i] == name) return static_cast<Intent>(i);
    }
    return std::nullopt;
}

}  // namespace yuanda::nlu
