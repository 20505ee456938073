// How sure the best hit is: a calibrated probability from the lexical score.
#pragma once

namespace yuanda::kb::detail {

struct Evidence {
    double lexical = 0;    // fused BM25 of the best hit
    double runner_up = 0;  // score of the second hit over the first's, 0..1
    double known = 0;      // share of the question's term weight that the vocabulary knows, 0..1
    double outside = 0;    // score of the nearest category outside our field over the best hit's
    double agreement = 0;  // share of the next four hits that are of the best one's topic
    bool topic = false;    // the reader has a topic for the question
    int pairs = 0;         // Han pairs of the question
    double scale = 1;      // Ranker::scale
};

/// 0..1; 0 without a Han pair. Divides by sqrt(1 + pairs): a long question collects score by its length alone
/// (docs/retrieval.md).
double confidence(const Evidence& evidence);

/// The question is an entry's title or variant, word for word.
inline constexpr double kSurfaceConfidence = 0.98;
/// The question is a keyword that only one entry has: right about the subject, silent about the question.
inline constexpr double kKeywordConfidence = 0.65;  // below Thresholds::answer

}  // namespace yuanda::kb::detail
