// Loads the fixture base through the same code as the shipped one.
#include "tests/kb/fixture.hpp"

#include <stdexcept>

#include "tests/support/files.hpp"

namespace yuanda::kb::test {

std::string fixture_root() { return yuanda::test::source_path("tests/fixtures/kb"); }

BaseSources fixture_sources() { return load_base_sources(fixture_root()).value(); }

std::shared_ptr<const Base> fixture_base() { return Base::build(fixture_sources()).value(); }

std::string fixture_entry(const std::string& name) {
    return yuanda::test::read_file("tests/fixtures/kb/kb/entries/" + name + ".md");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::invalid_argument("the fixture has no " + from);
    return text.replace(at, from.size(), to);
}

BaseSources sources_with(const std::string& from, const std::string& to) {
    auto sources = fixture_sources();
    for (auto& [name, text] : sources.entries)
        if (name.ends_with("arrears.md")) text = replaced(text, from, to);
    return sources;
}

Date today() { return *parse_iso_date("2026-11-24"); }

}  // namespace yuanda::kb::test
