// The knowledge base that is being served: one generation, switched whole.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/result.hpp"
#include "kb/base.hpp"
#include "kb/index.hpp"

namespace yuanda::gateway {

/// One published generation: entries and the index built from them.
struct Generation {
    std::shared_ptr<const kb::Base> base;
    std::unique_ptr<kb::Index> index;
    /// The generation of shipped and imported entries that this one's edited entries were laid over; null: itself.
    std::shared_ptr<const Generation> ground;
};
/// Never null.
std::shared_ptr<const Generation> ground_of(const std::shared_ptr<const Generation>& generation);

/// Thread-safe holder of the current generation.
class Knowledge {
public:
    explicit Knowledge(std::shared_ptr<const Generation> first) : current_(std::move(first)) {}
    std::shared_ptr<const Generation> current() const {
        const std::lock_guard lock{mutex_};
        return current_;
    }
    void publish(std::shared_ptr<const Generation> next) {
        const std::lock_guard lock{mutex_};
        current_ = std::move(next);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Generation> current_;
};

/// Builds a generation from the files below `root`, together with the entries imported into `index_dir`; an index
/// there that fits is reused. `index_dir` empty: a private temporary index of the shipped entries alone.
Result<std::shared_ptr<const Generation>> build_generation(const std::string& root, const std::string& index_dir);

/// `ground` with `edited` in place of its entries of the same ids, and the rest of them behind. The index is patched,
/// not built: a fraction of a second. `ground` itself when there is nothing to lay over it.
Result<std::shared_ptr<const Generation>> edited_generation(const std::shared_ptr<const Generation>& ground,
                                                            const std::vector<kb::Entry>& edited);

/// Stores entry lines ({"id","question","keyword","answer"}) beside the index, in place of earlier imports, and
/// returns how many. For demonstrations and measurements: the next build_generation() of a process serves them.
Result<std::size_t> publish_imports(const std::string& index_dir, const std::string& jsonl);
/// Changes when imports were published, by any process; cheap enough to be asked every second. Empty: none.
std::string imports_stamp(const std::string& index_dir);

}  // namespace yuanda::gateway
