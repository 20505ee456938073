// Confidence means what it says: wordings the base lacks are answered as often rightly as it claims.
#include <catch2/catch.hpp>
#include <cmath>

#include "kb/index.hpp"
#include "nlu/reader.hpp"
#include "tests/support/files.hpp"

using namespace yuanda;
using namespace yuanda::kb;

namespace {

struct Asked {
    double confidence = 0;
    bool right = false;
};

/// The shipped base with every seventh variant taken out, and what it makes of those.
std::vector<Asked> ask_held_out() {
    const auto shipped = Base::build(load_base_sources(yuanda::test::source_path("")).value()).value();
    auto entries = shipped->entries();
    std::vector<std::pair<std::string, EntryId>> held_out;
    for (auto& entry : entries) {
        std::vector<std::string> kept;
        for (std::size_t i = 0; i < entry.variants.size(); ++i) {
            if (i % 7 == 3)
                held_out.emplace_back(entry.variants[i], entry.id);
            else
                kept.push_back(entry.variants[i]);
        }
        entry.variants = std::move(kept);
    }
    const auto base =
        Base::from_entries(std::move(entries), shipped->statutes(), shipped->references(), shipped->lay_speech())
            .value();
    const auto index = build_index(*base, "").value();
    std::vector<Asked> result;
    for (const auto& [text, id] : held_out) {
        const auto hits = index->search(nlu::normalise(text), "", 1).value();
        result.push_back({hits.confidence, !hits.hits.empty() && hits.hits.front().entry == id});
    }
    return result;
}

const std::vector<Asked>& all_asked() {
    static const auto asked = ask_held_out();
    return asked;
}

struct Share {
    double of_all = 0;
    double right = 0;
    double claimed = 0;
};
Share between(double low, double high) {
    Share share;
    double count = 0;
    for (const auto& one : all_asked()) {
        if (one.confidence < low || one.confidence >= high) continue;
        ++count;
        share.right += one.right;
        share.claimed += one.confidence;
    }
    REQUIRE(count > 0);
    share.right /= count;
    share.claimed /= count;
    share.of_all = count / static_cast<double>(all_asked().size());
    return share;
}

}  // namespace

TEST_CASE("most wordings nobody wrote down find their entry", "[kb][calibration]") {
    REQUIRE(all_asked().size() >= 500);
    CHECK(between(0, 1.01).right >= 0.50);  // many are three words that fit several entries
}

TEST_CASE("of what is answered four in five are right", "[kb][calibration]") {
    const auto answered = between(Thresholds{}.answer, 1.01);
    CHECK(answered.right >= 0.80);
    CHECK(answered.of_all >= 0.28);  // the rest is asked back
}

TEST_CASE("below the threshold of asking back there is little to lose", "[kb][calibration]") {
    const auto given_up = between(0, Thresholds{}.clarify);
    CHECK(given_up.right <= 0.35);
    CHECK(given_up.of_all <= 0.15);
}

TEST_CASE("the claimed and the true share agree within 15 points", "[kb][calibration]") {
    const auto low = GENERATE(0.2, 0.4, 0.6, 0.8);
    const auto share = between(low, low + 0.2);
    INFO("claimed " << share.claimed << ", right " << share.right << ", of all " << share.of_all);
    if (share.of_all < 0.02) return;  // a few dozen questions say nothing about a share
    CHECK(std::abs(share.claimed - share.right) <= 0.15);
}
