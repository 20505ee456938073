// Checks one entry while it is being written: every rule of lint, against the entries it will stand among.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kb/lint.hpp"

namespace yuanda::kb {

namespace detail {
struct Wording;
}

/// The wordings of a base, ready to be compared. Immutable, thread-safe.
class Neighbours {
public:
    /// Takes over from `earlier` (may be null) what has not changed: normalising a whole base takes half a second.
    Neighbours(std::shared_ptr<const Base> base, const Neighbours* earlier);

    /// What lint() would say about `entry` in place of the entry of its id, or as a new one; golden questions are not
    /// looked at: they measure the base and bind no editor. A wording that a neighbour has already, or nearly, stands
    /// in `value`, the neighbour's id in `other`.
    std::vector<LintFinding> lint(const Entry& entry, Date today) const;

    const std::shared_ptr<const Base>& base() const { return base_; }

private:
    using Wordings = std::shared_ptr<const std::vector<detail::Wording>>;

    std::shared_ptr<const Base> base_;
    std::map<EntryId, Wordings> wordings_;
};

}  // namespace yuanda::kb
