// One retry after a repair, for readers that a writer has overtaken.
#pragma once

namespace yuanda::kb::detail {

/// Runs `work`; when it throws `Overtaken`, runs `repair` and `work` once more. A second throw passes on:
/// two commits during one search mean the trouble is not a race.
template <class Overtaken, class Work, class Repair>
void retry_once(Work work, Repair repair) {
    try {
        work();
        return;
    } catch (const Overtaken&) {
        repair();
    }
    work();
}

}  // namespace yuanda::kb::detail
