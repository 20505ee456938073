// Tells traditional text from simplified by single characters, before any conversion is paid for.
#pragma once

namespace yuanda::nlu::detail {

/// True for characters simplified text never has. Thread-safe.
bool is_traditional_only(char32_t c);

}  // namespace yuanda::nlu::detail
