// Reads the shipped base from the repository's folders; the only place in kb that opens its source files.
#include <filesystem>
#include <fstream>

#include "kb/base.hpp"

namespace yuanda::kb {
namespace {

namespace fs = std::filesystem;

constexpr auto kOutside = "kb/outside.toml";
constexpr auto kThesaurus = "config/lexicon/thesaurus.toml";

Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error(ErrorCode::NotFound, "cannot read " + path.string());
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) return Error(ErrorCode::NotFound, "cannot read " + path.string());
    return text;
}

/// Every entry file below `folder`, sorted so that the order never depends on the disk.
Result<std::vector<fs::path>> entry_files(const fs::path& folder) {
    std::error_code problem;
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        if (it->is_regular_file(problem) && it->path().extension() == ".md" && it->path().filename() != "README.md")
            files.push_back(it->path());
    if (problem) return Error(ErrorCode::NotFound, "cannot list " + folder.string() + ": " + problem.message());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

Result<LaySpeech> load_lay_speech(const std::string& root) {
    const auto outside_toml = read_file(fs::path(root) / kOutside);
    if (!outside_toml) return outside_toml.error();
    const auto thesaurus_toml = read_file(fs::path(root) / kThesaurus);
    if (!thesaurus_toml) return thesaurus_toml.error();
    auto outside = parse_outside(*outside_toml);
    if (!outside) return outside.error();
    auto thesaurus = Thesaurus::parse(*thesaurus_toml);
    if (!thesaurus) return thesaurus.error();
    return LaySpeech{std::move(*outside), std::move(*thesaurus)};
}

Result<BaseSources> load_base_sources(const std::string& root) {
    BaseSources sources;
    const fs::path base(root);
    const auto files = entry_files(base / "kb" / "entries");
    if (!files) return files.error();
    for (const auto& path : *files) {
        auto text = read_file(path);
        if (!text) return text.error();
        sources.entries.emplace_back(path.lexically_relative(base).generic_string(), std::move(*text));
    }
    const std::pair<const char*, std::string*> tables[] = {{"config/statutes.toml", &sources.statutes_toml},
                                                           {"config/deadlines.json", &sources.deadlines_json},
                                                           {"config/hotlines.json", &sources.hotlines_json},
                                                           {kOutside, &sources.outside_toml},
                                                           {kThesaurus, &sources.thesaurus_toml}};
    for (const auto& [name, text] : tables) {
        auto read = read_file(base / name);
        if (!read) return read.error();
        *text = std::move(*read);
    }
    const auto golden = base / "kb" / "golden.jsonl";
    std::error_code ignored;
    if (fs::exists(golden, ignored)) {
        auto read = read_file(golden);
        if (!read) return read.error();
        sources.golden_jsonl = std::move(*read);
    }
    return sources;
}

}  // namespace yuanda::kb
