// The shipped tables, read once for all tests of the room: what is tested is what runs.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "nlu/reader.hpp"

namespace yuanda::test {

/// "config/<path>" of the repository.
std::string config_text(const std::string& path);
const nlu::Reader& shipped_reader();

/// Names of the risks, for readable failures.
std::vector<std::string> risks_of(const std::string& text);

}  // namespace yuanda::test
