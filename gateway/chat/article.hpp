// One article for the citation sheet: register facts, our plain line, and the text where it was imported.
#pragma once

#include <optional>
#include <string>

#include "core/json.hpp"
#include "gateway/services.hpp"

namespace yuanda::gateway {

/// The answer of GET /api/chat/article; nullopt for an unknown law or an article beyond its last. Blocking.
std::optional<Json> article_json(Services& services, const std::string& law, const std::string& article);

}  // namespace yuanda::gateway
