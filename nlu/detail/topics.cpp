// Scores topics by their seeds.
#include "nlu/detail/topics.hpp"

#include <algorithm>
#include <cmath>

#include "nlu/detail/toml.hpp"
#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

constexpr std::string_view kSource = "topics";
// One ordinary seed (weight 1) alone must stay under one half: p = 1 / (1 + 1.5).
constexpr double kNoTopicMass = 1.5;
// Two strong seeds say more than twice what one says.
constexpr double kSharpness = 1.6;
constexpr std::size_t kMaxGuesses = 5;

/// 12345 inside a phone number is no hotline, and 37天 does not stand in 137天.
bool cuts_a_number(const Hit& hit, std::u32string_view text) {
    const bool before = hit.begin > 0 && is_digit(text[hit.begin]) && is_digit(text[hit.begin - 1]);
    return before || (hit.end < text.size() && is_digit(text[hit.end - 1]) && is_digit(text[hit.end]));
}

}  // namespace

Result<Topics> Topics::parse(std::string_view toml) {
    const auto table = parse_toml(kSource, toml);
    if (!table) return table.error();
    Topics topics;
    auto read = each_table(kSource, *table, "topic", [&](const toml::table& topic) -> Result<> {
        const auto id = topic["id"].value<std::string>();
        const auto name = topic["name"].value<std::string>();
        if (!id || !name) return toml_error(kSource, topic, "a topic needs id and name");
        const auto index = static_cast<std::uint32_t>(topics.ids_.size());
        topics.ids_.push_back(*id);
        topics.names_.push_back(*name);
        return each_table(kSource, topic, "seeds", [&](const toml::table& group) -> Result<> {
            const auto weight = group["weight"].value<double>();
            if (!weight || *weight <= 0) return toml_error(kSource, group, "seeds need a weight above 0");
            const auto words = strings_of(kSource, group, "words");
            if (!words) return words.error();
            for (const auto& word : *words) {
                topics.phrases_.add(word, static_cast<std::uint32_t>(topics.seeds_.size()));
                topics.seeds_.push_back({index, *weight});
            }
            return {};
        });
    });
    if (!read) return read.error();
    if (topics.ids_.empty()) return invalid("topics line 1: no [[topic]]");
    topics.phrases_.build();
    return topics;
}

std::vector<TopicGuess> Topics::guess(std::u32string_view plain) const {
    std::vector<double> scores(ids_.size(), 0);
    std::vector<std::uint32_t> seen;
    for (const Hit& hit : outermost(phrases_.scan(plain))) {
        // Saying it twice is not twice as true.
        if (cuts_a_number(hit, plain) || std::find(seen.begin(), seen.end(), hit.id) != seen.end()) continue;
        seen.push_back(hit.id);
        scores[seeds_[hit.id].topic] += seeds_[hit.id].weight;
    }
    double mass = kNoTopicMass;
    std::vector<TopicGuess> guesses;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] <= 0) continue;
        const double sharp = std::pow(scores[i], kSharpness);
        mass += sharp;
        guesses.push_back({ids_[i], sharp});
    }
    std::stable_sort(guesses.begin(), guesses.end(), [](const auto& a, const auto& b) { return a.p > b.p; });
    if (guesses.size() > kMaxGuesses) guesses.resize(kMaxGuesses);
    for (auto& guess : guesses) guess.p /= mass;
    return guesses;
}

std::string Topics::name(std::string_view topic) const {
    const auto at = std::find(ids_.begin(), ids_.end(), topic);
    return at == ids_.end() ? std::string{} : names_[static_cast<std::size_t>(at - ids_.begin())];
}

}  // namespace yuanda::nlu::detail
