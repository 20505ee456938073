// Holds its lock while it works: a second editor waits rather than doing the same work twice.
#include "gateway/staff/editor_desk.hpp"

namespace yuanda::gateway::staff {
namespace {

/// The entries of `served` that are not those of its ground, with `draft` among them.
std::vector<kb::Entry> edited_with(const Generation& served, const kb::Base& ground, const kb::Entry& draft) {
    std::vector<kb::Entry> edited;
    for (const auto& entry : served.base->entries()) {
        if (entry.id == draft.id) continue;
        const auto* shipped = ground.find(entry.id);
        if (!shipped || *shipped != entry) edited.push_back(entry);
    }
    edited.push_back(draft);
    return edited;
}

}  // namespace

std::shared_ptr<const kb::Neighbours> EditorDesk::neighbours(const std::shared_ptr<const Generation>& served) {
    const std::lock_guard lock{mutex_};
    if (!neighbours_ || neighbours_->base() != served->base)
        neighbours_ = std::make_shared<const kb::Neighbours>(served->base, neighbours_.get());
    return neighbours_;
}

Result<std::shared_ptr<const Generation>> EditorDesk::trial(const std::shared_ptr<const Generation>& served,
                                                            const kb::Entry& draft) {
    const std::lock_guard lock{mutex_};
    if (tried_ && tried_over_ == served && draft_ == draft) return tried_;
    const auto ground = ground_of(served);
    auto made = edited_generation(ground, edited_with(*served, *ground->base, draft));
    if (!made) return made.error();
    tried_over_ = served;
    tried_ = *made;
    draft_ = draft;
    return made;
}

}  // namespace yuanda::gateway::staff
