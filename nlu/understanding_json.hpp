// The understanding as the command line prints it: one JSON object a line, its keys stable.
#pragma once

#include <string>
#include <string_view>

#include "nlu/understanding.hpp"

namespace yuanda::nlu {

/// {"id","topic","topics":[{"topic","p"}],"intent","entities":[{"kind","text","value"}],"risk":[...],"segments":[...]}
/// without a line end. `topic` is "" when no topic was found.
std::string understanding_to_json(std::string_view id, const Understanding& understanding);

}  // namespace yuanda::nlu
