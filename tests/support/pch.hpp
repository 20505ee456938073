// Catch2 and JSON cost seconds per file; precompiled once for all test programs.
#pragma once
#include "cmake/pch.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
