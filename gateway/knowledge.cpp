// Builds a generation from the shipped entries and those imported beside its index.
#include "gateway/knowledge.hpp"

#include <filesystem>
#include <fstream>
#include <unordered_map>
#include <unordered_set>

#include "gateway/config.hpp"
#include "kb/evaluation.hpp"

namespace yuanda::gateway {
namespace {

namespace fs = std::filesystem;

std::string imports_file(const std::string& index_dir) { return (fs::path(index_dir) / "imported.jsonl").string(); }

/// Imported entries stand in for shipped ones of the same id.
Result<std::shared_ptr<const kb::Base>> with_imports(std::shared_ptr<const kb::Base> base, const std::string& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return base;
    const auto text = read_text_file(file);
    if (!text) return text.error();
    auto entries = kb::parse_plain_entries(*text);
    if (!entries) return invalid(file + ": " + entries.error().detail);
    std::unordered_set<EntryId> replaced;
    for (const auto& entry : *entries) replaced.insert(entry.id);
    for (const auto& entry : base->entries())
        if (!replaced.contains(entry.id)) entries->push_back(entry);
    return kb::Base::from_entries(std::move(*entries), base->statutes(), base->references(), base->lay_speech());
}

}  // namespace

std::shared_ptr<const Generation> ground_of(const std::shared_ptr<const Generation>& generation) {
    return generation->ground ? generation->ground : generation;
}

Result<std::shared_ptr<const Generation>> edited_generation(const std::shared_ptr<const Generation>& ground,
                                                            const std::vector<kb::Entry>& edited) {
    if (edited.empty()) return ground;
    auto entries = ground->base->entries();
    std::unordered_map<EntryId, std::size_t> places;
    for (std::size_t i = 0; i < entries.size(); ++i) places.emplace(entries[i].id, i);
    std::vector<std::size_t> changed;
    for (const auto& entry : edited) {
        const auto [found, added] = places.emplace(entry.id, entries.size());
        if (added)
            entries.push_back(entry);
        else
            entries[found->second] = entry;
        changed.push_back(found->second);
    }
    auto base = kb::Base::from_entries(std::move(entries), ground->base->statutes(), ground->base->references(),
                                       ground->base->lay_speech());
    if (!base) return base.error();
    auto index = kb::patched_index(*ground->index, **base, changed);
    if (!index) return index.error();
    auto generation = std::make_shared<Generation>();
    generation->base = std::move(*base);
    generation->index = std::move(*index);
    generation->ground = ground;
    return std::shared_ptr<const Generation>(std::move(generation));
}

Result<std::shared_ptr<const Generation>> build_generation(const std::string& root, const std::string& index_dir) {
    const auto sources = kb::load_base_sources(root);
    if (!sources) return sources.error();
    auto base = kb::Base::build(*sources);
    if (!base) return base.error();
    if (!index_dir.empty()) base = with_imports(std::move(*base), imports_file(index_dir));
    if (!base) return base.error();
    auto generation = std::make_shared<Generation>();
    generation->base = std::move(*base);
    auto index = kb::build_index(*generation->base, index_dir);
    if (!index) return index.error();
    generation->index = std::move(*index);
    return std::shared_ptr<const Generation>(std::move(generation));
}

Result<std::size_t> publish_imports(const std::string& index_dir, const std::string& jsonl) {
    const auto entries = kb::parse_plain_entries(jsonl);
    if (!entries) return entries.error();
    std::unordered_set<EntryId> seen;
    for (const auto& entry : *entries)
        if (!seen.insert(entry.id).second) return invalid("the id " + entry.id.value + " stands twice");
    const auto file = imports_file(index_dir);
    const auto aside = file + ".new";
    std::error_code problem;
    fs::create_directories(index_dir, problem);
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    out << jsonl;
    out.close();
    if (out) fs::rename(aside, file, problem);  // whole or not at all, for a server that is reading
    if (!out || problem) return Error(ErrorCode::Unavailable, "cannot write " + file);
    return entries->size();
}

std::string imports_stamp(const std::string& index_dir) {
    std::error_code problem;
    const fs::path file(imports_file(index_dir));
    const auto written = fs::last_write_time(file, problem);
    if (problem) return {};
    return std::to_string(written.time_since_epoch().count()) + "-" + std::to_string(fs::file_size(file, problem));
}

}  // namespace yuanda::gateway
