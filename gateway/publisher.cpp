// Stamp first, rows after: what is published in between is served twice, never missed.
#include "gateway/publisher.hpp"

#include "gateway/log.hpp"

namespace yuanda::gateway {

std::vector<kb::Entry> entries_of(const std::vector<storage::Revision>& published) {
    std::vector<kb::Entry> entries;
    for (const auto& revision : published) {
        auto entry = kb::parse_entry(revision.text);
        if (entry && entry->id == revision.entry)
            entries.push_back(std::move(*entry));
        else
            log_error("knowledge.unreadable", {{"revision", revision.id.value}, {"entry", revision.entry.value}});
    }
    return entries;
}

Publisher::Publisher(const Config& config, storage::Revisions& revisions, Knowledge& knowledge)
    : config_(config),
      revisions_(revisions),
      knowledge_(knowledge),
      ground_(ground_of(knowledge.current())),
      imports_(config.index_dir.empty() ? "" : imports_stamp(config.index_dir)) {}

Result<bool> Publisher::refresh() {
    const std::lock_guard lock{mutex_};
    const auto looked = look_at_imports();
    if (!looked) return looked.error();
    const auto publications = revisions_.publications();
    if (!publications) return publications.error();
    if (*publications == publications_) return false;
    const auto served = serve();
    if (!served) return served.error();
    publications_ = *publications;
    return true;
}

Result<> Publisher::look_at_imports() {
    if (config_.index_dir.empty()) return {};
    auto stamp = imports_stamp(config_.index_dir);
    if (stamp == imports_) return {};
    imports_ = std::move(stamp);
    auto built = build_generation(config_.root, config_.index_dir);
    if (!built) return built.error();
    ground_ = std::move(*built);
    publications_ = -1;
    return {};
}

Result<> Publisher::serve() {
    const auto published = revisions_.published();
    if (!published) return published.error();
    auto next = edited_generation(ground_, entries_of(*published));
    if (!next) return next.error();
    log_info("knowledge.published", {{"entries", static_cast<std::int64_t>((*next)->base->entries().size())},
                                     {"edited", static_cast<std::int64_t>(published->size())}});
    knowledge_.publish(std::move(*next));
    return {};
}

}  // namespace yuanda::gateway
