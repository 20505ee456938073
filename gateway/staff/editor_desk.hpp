// What the editors' calls share: wordings ready to compare, and the last draft that was tried.
#pragma once

#include <memory>
#include <mutex>

#include "gateway/knowledge.hpp"
#include "kb/neighbours.hpp"

namespace yuanda::gateway::staff {

/// Thread-safe. Both are made when first asked for and again when the served generation has changed.
class EditorDesk {
public:
    std::shared_ptr<const kb::Neighbours> neighbours(const std::shared_ptr<const Generation>& served);

    /// `served` with `draft` in its place, as if it had been published; the last one is kept, because a question
    /// seldom comes alone.
    Result<std::shared_ptr<const Generation>> trial(const std::shared_ptr<const Generation>& served,
                                                    const kb::Entry& draft);

private:
    std::mutex mutex_;
    std::shared_ptr<const kb::Neighbours> neighbours_;
    std::shared_ptr<const Generation> tried_over_;
    std::shared_ptr<const Generation> tried_;
    kb::Entry draft_;
};

}  // namespace yuanda::gateway::staff
