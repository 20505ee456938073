// Reads the shipped base from the repository's folders; the only place in kb that opens its source files.
#include <toml++/toml.h>

#include <filesystem>
#include <fstream>

#include "kb/base.hpp"

namespace yuanda::kb {
namespace {

namespace fs = std::filesystem;

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

Result<Outside> parse_outside(std::string_view text) {
    Outside outside;
    try {
        for (const auto& [category, lines] : toml::parse(text)) {
            const auto* array = lines.as_array();
            if (array == nullptr) return invalid("outside.toml: " + std::string(category.str()) + " is no list");
            auto& wordings = outside.emplace_back();
            for (const auto& line : *array) {
                const auto wording = line.value<std::string>();
                if (!wording) return invalid("outside.toml: a line of " + std::string(category.str()) + " is no text");
                wordings.push_back(*wording);
            }
        }
    } catch (const toml::parse_error& error) {
        return invalid("outside.toml line " + std::to_string(error.source().begin.line));
    }
    return outside;
}

Result<Outside> load_outside(const std::string& root) {
    const auto text = read_file(fs::path(root) / "kb" / "outside.toml");
    if (!text) return text.error();
    return parse_outside(*text);
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
    const std::pair<const char*, std::string*> tables[] = {{"statutes.toml", &sources.statutes_toml},
                                                           {"deadlines.json", &sources.deadlines_json},
                                                           {"hotlines.json", &sources.hotlines_json}};
    for (const auto& [name, text] : tables) {
        auto read = read_file(base / "config" / name);
        if (!read) return read.error();
        *text = std::move(*read);
    }
    auto outside = read_file(base / "kb" / "outside.toml");
    if (!outside) return outside.error();
    sources.outside_toml = std::move(*outside);
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
