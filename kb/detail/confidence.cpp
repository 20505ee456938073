// A logistic curve over the length-free lexical score, the lead over the runner-up and what speaks for the subject;
// what is near to things outside our field is in doubt, however well it fits.
#include "kb/detail/confidence.hpp"

#include <algorithm>
#include <cmath>

namespace yuanda::kb::detail {
namespace {

// Maximum likelihood (Newton's method) for "the best hit is the right one" over the 1,702 golden questions, every
// seventh variant left out of the base and asked without a topic, and 110 questions that are no matter of law
// (docs/retrieval.md).
constexpr double kBias = -2.863;
constexpr double kLexical = 0.894;
constexpr double kLead = 8.054;
constexpr double kKnown = 0.513;
constexpr double kAgreement = 0.985;
constexpr double kTopic = 0.932;
constexpr double kSoftener = 0.05;  // keeps the logarithm finite where nothing is shared

// Of our own questions this near to something outside, half find their entry; of those that are nobody's, nearly all
// stand here.
constexpr double kNearOutside = 0.4;
constexpr double kInDoubt = 0.5;  // asked back
constexpr double kNotOurs = 0.1;  // nearer to something outside than to any entry

double curve(const Evidence& evidence) {
    const double lexical = evidence.lexical / std::sqrt(1.0 + evidence.pairs) / evidence.scale;
    const double logit = kBias + kLexical * std::log(kSoftener + lexical) + kLead * (1 - evidence.runner_up) +
                         kKnown * evidence.known + kAgreement * evidence.agreement + (evidence.topic ? kTopic : 0);
    return 1 / (1 + std::exp(-logit));
}

}  // namespace

double confidence(const Evidence& evidence) {
    if (evidence.pairs == 0) return 0;  // 7788, x+y: nothing to go by
    const double sure = curve(evidence);
    if (evidence.outside >= 1) return std::min(sure, kNotOurs);
    if (evidence.outside >= kNearOutside) return std::min(sure, kInDoubt);
    return sure;
}

}  // namespace yuanda::kb::detail
