// One way from config/ to reader, planner and calendar.
#include "gateway/sources.hpp"

#include <algorithm>
#include <filesystem>

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

/// Reads each file of `wanted` below `root`; the error names the one that cannot be read.
Result<> read_into(const std::string& root, std::initializer_list<std::pair<const char*, std::string*>> wanted) {
    for (const auto& [name, text] : wanted) {
        auto read = read_text_file((fs::path(root) / name).string());
        if (!read) return read.error();
        *text = std::move(*read);
    }
    return {};
}

}  // namespace

Result<nlu::ReaderSources> load_reader_sources(const std::string& root) {
    nlu::ReaderSources sources;
    const auto read = read_into(root, {{"config/topics.toml", &sources.topics},
                                       {"config/lexicon/words.toml", &sources.lexicon},
                                       {"config/lexicon/intents.toml", &sources.intents},
                                       {"config/lexicon/risks.toml", &sources.risks}});
    if (!read) return read.error();
    return sources;
}

Result<dialogue::PlannerSources> load_planner_sources(const std::string& root, const CentreConfig& centre) {
    dialogue::PlannerSources sources;
    const auto read = read_into(root, {{"config/texts/dialogue.toml", &sources.texts},
                                       {"config/forms/intake.toml", &sources.form},
                                       {"config/hotlines.json", &sources.hotlines},
                                       {"config/divisions-shaanxi.json", &sources.divisions},
                                       {"config/menu.toml", &sources.menu}});
    if (!read) return read.error();
    sources.centre_short = centre.short_name;
    sources.centre_name = centre.name;
    return sources;
}

Result<Calendar> load_calendar(const std::string& root) {
    const auto folder = fs::path(root) / "config" / "calendar";
    std::vector<fs::path> files;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        if (it->path().extension() == ".json") files.push_back(it->path());
    if (problem) return Error(ErrorCode::NotFound, "cannot list " + folder.string());
    std::sort(files.begin(), files.end());
    Calendar calendar;
    for (const auto& file : files) {
        const auto text = read_text_file(file.string());
        if (!text) return text.error();
        const auto added = calendar.add_year(*text);
        if (!added) return invalid(file.string() + ": " + added.error().detail);
    }
    return calendar;
}

Result<std::shared_ptr<const nlu::Reader>> load_reader(const std::string& root) {
    const auto sources = load_reader_sources(root);
    if (!sources) return sources.error();
    auto reader = nlu::make_reader(*sources);
    if (!reader) return reader.error();
    return std::shared_ptr<const nlu::Reader>(std::move(*reader));
}

Result<Deciders> make_deciders(const std::string& root, const CentreConfig& centre) {
    Deciders made;
    auto calendar = load_calendar(root);
    if (!calendar) return calendar.error();
    made.calendar = std::make_shared<const Calendar>(std::move(*calendar));
    auto reader = load_reader(root);
    if (!reader) return reader.error();
    made.reader = std::move(*reader);
    const auto sources = load_planner_sources(root, centre);
    if (!sources) return sources.error();
    auto planner = dialogue::make_planner(*sources, made.calendar, made.reader);
    if (!planner) return planner.error();
    made.planner = std::move(*planner);
    return made;
}

}  // namespace yuanda::gateway
