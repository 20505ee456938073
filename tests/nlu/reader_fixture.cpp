// Reads config/ of the repository under test.
#include "tests/nlu/reader_fixture.hpp"

#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

namespace yuanda::test {

std::string config_text(const std::string& path) {
    std::ifstream file{std::string{YUANDA_SOURCE_DIR} + "/config/" + path, std::ios::binary};
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const nlu::Reader& shipped_reader() {
    static const auto reader = [] {
        auto made = nlu::make_reader({.topics = config_text("topics.toml"),
                                      .lexicon = config_text("lexicon/words.toml"),
                                      .intents = config_text("lexicon/intents.toml"),
                                      .risks = config_text("lexicon/risks.toml")});
        const std::string problem = made.has_value() ? "" : made.error().detail;
        INFO(problem);
        REQUIRE(made.has_value());
        return std::move(*made);
    }();
    return *reader;
}

std::vector<std::string> risks_of(const std::string& text) {
    std::vector<std::string> names;
    for (const auto risk : shipped_reader().read(text).risks) names.emplace_back(nlu::name_of(risk));
    return names;
}

}  // namespace yuanda::test
