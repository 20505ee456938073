// The table of sentences a citizen reads: looked up by key, placeholders filled, unconfirmed numbers left out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace yuanda::dialogue {

using Values = std::map<std::string, std::string, std::less<>>;
/// Numbers that may be shown, as kb::References::hotlines holds them.
using Hotlines = std::map<std::string, std::string, std::less<>>;

/// Immutable after construction; thread-safe.
class Texts {
public:
    /// Tables become dotted keys ("handoff.queued"). A line naming a hotline that is not in `hotlines` is left out;
    /// InvalidInput when that empties a text, or for bad TOML.
    static Result<Texts> from_toml(std::string_view toml, const Hotlines& hotlines);

    bool has(std::string_view key) const { return lines_.find(key) != lines_.end(); }
    /// The lines of `key` with `{name}` filled from `values`. Empty for an unknown key.
    std::vector<std::string> lines(std::string_view key, const Values& values = {}) const;
    /// The same as one paragraph.
    std::string say(std::string_view key, const Values& values = {}) const;
    /// Whether `text` is one of the lines of `key`: the command words.
    bool lists(std::string_view key, std::string_view text) const;
    /// Whether one of the lines of `key` stands somewhere in `text`.
    bool mentions(std::string_view key, std::string_view text) const;
    std::vector<std::string> keys() const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> lines_;
};

/// `text` with every `{name}` replaced; an unknown name is left out.
std::string filled(std::string_view text, const Values& values);

}  // namespace yuanda::dialogue
