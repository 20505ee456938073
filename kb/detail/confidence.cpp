// A logistic curve over the length-free lexical score, the lead over the runner-up and the known share.
#include "kb/detail/confidence.hpp"

#include <cmath>

namespace yuanda::kb::detail {
namespace {

// Maximum likelihood (Newton's method) for "the best hit is the right one", then flattened (logit * 0.72 - 0.95) when
// the base grew from 66 entries to over 700: among neighbours of one topic the same evidence is right less often. The
// learned ranker will bring a calibration of its own.
constexpr double kBias = -4.156;
constexpr double kLexical = 1.870;
constexpr double kLead = 2.735;
constexpr double kKnown = 1.275;
constexpr double kSoftener = 0.05;  // keeps the logarithm finite where nothing is shared

}  // namespace

double confidence(const Evidence& evidence) {
    const double lexical = evidence.lexical / std::sqrt(1.0 + evidence.pairs) / evidence.scale;
    const double logit =
        kBias + kLexical * std::log(kSoftener + lexical) + kLead * (1 - evidence.runner_up) + kKnown * evidence.known;
    return 1 / (1 + std::exp(-logit));
}

}  // namespace yuanda::kb::detail
