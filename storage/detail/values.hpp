// How small values of the other rooms are written as JSON text.
#pragma once

#include <string>
#include <vector>

#include "casework/application.hpp"
#include "desk/handover.hpp"
#include "dialogue/conversation.hpp"

namespace yuanda::storage {

/// Readers of stored text: broken text reads as the empty value, for we wrote it ourselves.
std::string list_to_json(const std::vector<std::string>& list);
std::vector<std::string> list_from_json(const std::string& json);
std::string facts_to_json(const casework::Facts& facts);
casework::Facts facts_from_json(const std::string& json);
std::string handover_to_json(const desk::Handover& handover);
desk::Handover handover_from_json(const std::string& json);
std::vector<std::string> codes_of(const std::vector<nlu::Risk>& risks);

/// A message's body: its plain text and, for the page, its card.
struct Body {
    std::string text;
    std::string card;
};
std::string body_to_json(const Body& body);
Body body_from_json(const std::string& json);

}  // namespace yuanda::storage
