// Reads the shipped tables once and makes from them what decides a turn: the same for the server and the commands.
#pragma once

#include <memory>
#include <string>

#include "core/calendar.hpp"
#include "core/result.hpp"
#include "dialogue/planner.hpp"
#include "gateway/config.hpp"
#include "nlu/reader.hpp"

namespace yuanda::gateway {

/// The files below `root`/config/ as text. NotFound names the file.
Result<nlu::ReaderSources> load_reader_sources(const std::string& root);
Result<dialogue::PlannerSources> load_planner_sources(const std::string& root, const CentreConfig& centre);
/// Every file of config/calendar/, in order of name.
Result<Calendar> load_calendar(const std::string& root);

/// What decides a turn. All three are immutable and thread-safe.
struct Deciders {
    std::shared_ptr<const Calendar> calendar;
    std::shared_ptr<const nlu::Reader> reader;
    std::unique_ptr<dialogue::Planner> planner;
};
Result<Deciders> make_deciders(const std::string& root, const CentreConfig& centre);
/// The reader alone, for commands that need no more.
Result<std::shared_ptr<const nlu::Reader>> load_reader(const std::string& root);

}  // namespace yuanda::gateway
