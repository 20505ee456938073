// A logistic curve over the length-free lexical score, the lead over the runner-up and what speaks for the subject.
#include "kb/detail/confidence.hpp"

#include <cmath>

namespace yuanda::kb::detail {
namespace {

// Maximum likelihood (Newton's method) for "the best hit is the right one" over the 1,702 golden questions, every
// seventh variant left out of the base and asked without a topic, and 110 questions that are no matter of law
// (docs/retrieval.md).
constexpr double kBias = -3.987;
constexpr double kLexical = 1.036;
constexpr double kLead = 5.696;
constexpr double kKnown = 2.343;
constexpr double kOutside = -2.855;
constexpr double kAgreement = 1.067;
constexpr double kTopic = 0.762;
constexpr double kSoftener = 0.05;  // keeps the logarithm finite where nothing is shared

}  // namespace

double confidence(const Evidence& evidence) {
    const double lexical = evidence.lexical / std::sqrt(1.0 + evidence.pairs) / evidence.scale;
    const double logit = kBias + kLexical * std::log(kSoftener + lexical) + kLead * (1 - evidence.runner_up) +
                         kKnown * evidence.known + kOutside * evidence.outside + kAgreement * evidence.agreement +
                         (evidence.topic ? kTopic : 0);
    return 1 / (1 + std::exp(-logit));
}

}  // namespace yuanda::kb::detail
