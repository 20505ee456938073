// Scores topics by their seeds.
#include "nlu/detail/topics.hpp"

#include <algorithm>
#include <cmath>

#include "nlu/detail/numerals.hpp"
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

}  // namespace

struct Topics::Parser {
    Topics made;

    Result<> add(Automaton& words, const toml::table& from, std::string_view key, std::uint32_t id) {
        const auto list = strings_of(kSource, from, key);
        if (!list) return list.error();
        for (const auto& word : *list) words.add(word, id);
        return {};
    }

    Result<double> weight_of(const toml::table& group) {
        const auto weight = group["weight"].value<double>();
        if (!weight || *weight <= 0) return toml_error(kSource, group, "seeds need a weight above 0");
        return *weight;
    }

    Result<> read_seeds(const toml::table& group, std::uint32_t topic) {
        const auto weight = weight_of(group);
        if (!weight) return weight.error();
        const auto words = strings_of(kSource, group, "words");
        if (!words) return words.error();
        for (const auto& word : *words) {
            made.phrases_.add(word, static_cast<std::uint32_t>(made.seeds_.size()));
            made.seeds_.push_back({topic, *weight});
        }
        return {};
    }

    Result<> read_near(const toml::table& group, std::uint32_t topic) {
        const auto weight = weight_of(group);
        if (!weight) return weight.error();
        const auto id = static_cast<std::uint32_t>(made.near_.size() * 2);
        made.near_.push_back({topic, *weight, group["span"].value_or(std::uint32_t{0})});
        if (auto r = add(made.near_words_, group, "first", id); !r) return r.error();
        return add(made.near_words_, group, "then", id + 1);
    }

    Result<> read_topic(const toml::table& topic) {
        const auto id = topic["id"].value<std::string>();
        const auto name = topic["name"].value<std::string>();
        if (!id || !name) return toml_error(kSource, topic, "a topic needs id and name");
        const auto index = static_cast<std::uint32_t>(made.ids_.size());
        made.ids_.push_back(*id);
        made.names_.push_back(*name);
        if (auto r = add(made.called_, topic, "called", index + 1); !r) return r.error();
        auto near = each_table(kSource, topic, "near", [&](const auto& group) { return read_near(group, index); });
        if (!near) return near.error();
        return each_table(kSource, topic, "seeds", [&](const auto& group) { return read_seeds(group, index); });
    }
};

Result<Topics> Topics::parse(std::string_view toml) {
    const auto table = parse_toml(kSource, toml);
    if (!table) return table.error();
    Parser parser;
    if (auto r = parser.add(parser.made.called_, *table, "around", 0); !r) return r.error();
    auto read = each_table(kSource, *table, "topic", [&](const auto& topic) { return parser.read_topic(topic); });
    if (!read) return read.error();
    if (parser.made.ids_.empty()) return invalid("topics line 1: no [[topic]]");
    parser.made.phrases_.build();
    parser.made.near_words_.build();
    parser.made.called_.build();
    return std::move(parser.made);
}

void Topics::add_near(std::u32string_view plain, const std::vector<Hit>& seeds, std::vector<double>& scores) const {
    // A page that repeats one word must not cost its square.
    constexpr std::size_t kMaxFirsts = 48;
    std::vector<std::vector<std::uint32_t>> firsts(near_.size());
    std::vector<bool> counted(near_.size(), false);
    for (const Hit& hit : near_words_.scan(plain)) {
        const auto index = hit.id / 2;
        const Near& near = near_[index];
        if (hit.id % 2 == 0) {
            if (firsts[index].size() < kMaxFirsts) firsts[index].push_back(hit.end);
            continue;
        }
        if (counted[index]) continue;
        const bool follows = std::any_of(firsts[index].begin(), firsts[index].end(), [&](std::uint32_t end) {
            return end <= hit.begin && hit.begin - end <= near.span;
        });
        if (!follows) continue;
        const bool elsewhere = std::any_of(seeds.begin(), seeds.end(), [&](const Hit& seed) {
            return seeds_[seed.id].topic != near.topic && seed.begin <= hit.begin && hit.end <= seed.end &&
                   seed.end - seed.begin > hit.end - hit.begin;
        });
        if (elsewhere) continue;
        counted[index] = true;
        scores[near.topic] += near.weight;
    }
}

std::vector<TopicGuess> Topics::guess(std::u32string_view plain) const {
    std::vector<double> scores(ids_.size(), 0);
    std::vector<std::uint32_t> seen;
    const auto hits = outermost(phrases_.scan(plain));
    for (const Hit& hit : hits) {
        // Saying it twice is not twice as true.
        if (cuts_a_number(hit, plain) || std::find(seen.begin(), seen.end(), hit.id) != seen.end()) continue;
        seen.push_back(hit.id);
        scores[seeds_[hit.id].topic] += seeds_[hit.id].weight;
    }
    if (!near_.empty()) add_near(plain, hits, scores);
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

std::string Topics::named(std::u32string_view plain) const {
    // Longer talk is no bare name, whatever it is made of.
    constexpr std::size_t kLongestName = 20;
    const auto text = without_marks(plain);
    if (text.empty() || text.size() > kLongestName) return {};
    const auto hits = called_.scan(text);
    std::string found;
    for (std::uint32_t id = 1; id <= ids_.size(); ++id) {
        if (std::none_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.id == id; })) continue;
        auto own = hits;
        std::erase_if(own, [&](const Hit& hit) { return hit.id != 0 && hit.id != id; });
        if (!cover(std::move(own), text.size())) continue;
        if (!found.empty()) return {};
        found = ids_[id - 1];
    }
    return found;
}

std::string Topics::name(std::string_view topic) const {
    const auto at = std::find(ids_.begin(), ids_.end(), topic);
    return at == ids_.end() ? std::string{} : names_[static_cast<std::size_t>(at - ids_.begin())];
}

}  // namespace yuanda::nlu::detail
