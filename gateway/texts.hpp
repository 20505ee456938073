// A table of sentences by key, read from one TOML file of config/texts/.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace yuanda::gateway {

/// Keys of tables are joined by dots: "record.image". Immutable; reading is thread-safe.
class Texts {
public:
    static Result<Texts> from_toml(std::string_view toml);
    static Result<Texts> from_file(const std::string& path);
    /// The sentence, or …… when there is none: a gap is seen and nothing breaks.
    const std::string& operator[](const std::string& key) const;
    bool has(const std::string& key) const { return texts_.contains(key); }

private:
    std::map<std::string, std::string> texts_;
};

/// `text` with the value of each {name} in its place; other braces stay, and values are not searched again.
std::string filled(std::string_view text, const std::map<std::string, std::string>& values);

}  // namespace yuanda::gateway
