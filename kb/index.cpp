// Joins the parts of the index: exact wordings, Xapian's proposals, exact scores, confidence, cache.
#include "kb/index.hpp"

#include <numeric>

#include "core/token.hpp"
#include "kb/detail/cache.hpp"
#include "kb/detail/confidence.hpp"
#include "kb/detail/generation.hpp"
#include "kb/detail/ranker.hpp"
#include "kb/detail/store.hpp"
#include "nlu/reader.hpp"

namespace yuanda::kb {
namespace {

constexpr std::string_view kIndexVersion = "1";  // raise when databases of an older build must not be reused
constexpr std::size_t kCachedQuestions = 4096;
constexpr std::size_t kLongestCached = 300;  // bytes; a long story is never asked twice
constexpr int kLargestLimit = 100;
constexpr unsigned kCandidates = 64;    // per database; more than anyone reads, few enough to score exactly
constexpr double kTopicPrior = 1.05;    // mild: a wrong guess of the topic must not bury the right entry
constexpr double kTopicVote = 0.2;      // of the best score, to the entries of the topic that speaks loudest
constexpr std::size_t kVoters = 5;      // entries that speak for a topic
constexpr std::size_t kNeighbours = 4;  // hits asked whether they are of the best one's topic
constexpr std::size_t kScoredWhole = 2 * kCandidates;
constexpr std::size_t kNowhere = ~std::size_t{0};

using Scored = std::vector<std::pair<double, std::size_t>>;  // score, place in the base; best first

/// Whole questions and keywords by their surface_key.
struct Surfaces {
    std::unordered_map<std::string, std::size_t> titles;    // first entry that has it
    std::unordered_map<std::string, std::size_t> keywords;  // kNowhere when several entries share it

    void add(const detail::EntryTerms& terms, const Entry& entry, std::size_t place) {
        for (const auto& title : terms.titles) titles.emplace(title, place);
        for (const auto& keyword : entry.keywords) {
            const auto [found, fresh] = keywords.emplace(detail::surface_key(nlu::normalise(keyword)), place);
            if (!fresh && found->second != place) found->second = kNowhere;
        }
    }
};

/// The databases of one generation on disk; shared by the index that was built of them and those patched from it.
struct Databases {
    explicit Databases(std::unique_ptr<detail::GenerationFolder> made)
        : folder(std::move(made)), store(folder->path()) {}
    std::unique_ptr<detail::GenerationFolder> folder;
    detail::CandidateStore store;
};

class XapianIndex : public Index {
public:
    /// `unknown`: places that the databases do not hold, or hold with other terms.
    XapianIndex(const Base& base, std::vector<detail::EntryTerms> terms, std::shared_ptr<const Databases> databases,
                std::vector<std::size_t> unknown)
        : databases_(std::move(databases)),
          terms_(std::move(terms)),
          unknown_(std::move(unknown)),
          ranker_(terms_, base.lay_speech()),
          cache_(kCachedQuestions) {
        for (std::size_t i = 0; i < terms_.size(); ++i) {
            const auto& entry = base.entries()[i];
            entries_.push_back({entry.id, entry.question, entry.topic, 0});
            surfaces_.add(terms_[i], entry, i);
        }
        if (!unknown_.empty()) terms_ = {};  // a patched index is never patched itself
    }

    /// Scores are of the new terms throughout; only the proposals of unchanged entries come from the old databases.
    Result<std::unique_ptr<Index>> patched(const Base& base, const std::vector<std::size_t>& changed) const {
        if (base.entries().size() < terms_.size() || !unknown_.empty())
            return invalid("a patch needs a whole index and every one of its entries");
        auto terms = terms_;
        terms.resize(base.entries().size());
        for (const auto place : changed) {
            if (place >= terms.size()) return invalid("a patch of an entry that is not there");
            terms[place] = detail::entry_terms(base.entries()[place]);
        }
        return std::unique_ptr<Index>(std::make_unique<XapianIndex>(base, std::move(terms), databases_, changed));
    }

    Result<Hits> search(std::string_view normalised, std::string_view topic, int limit) const override {
        limit = std::clamp(limit, 1, kLargestLimit);
        const bool cached = normalised.size() <= kLongestCached;
        std::string key;
        if (cached) {
            key.append(topic).append(1, '\n').append(std::to_string(limit)).append(1, '\n').append(normalised);
            if (auto known = cache_.find(key)) return std::move(*known);
        }
        auto hits = fresh_search(normalised, topic, static_cast<std::size_t>(limit));
        if (hits && cached) cache_.put(key, *hits);
        return hits;
    }

private:
    Result<Hits> fresh_search(std::string_view normalised, std::string_view topic, std::size_t limit) const {
        const auto query = ranker_.query(normalised);
        const auto proposed = candidates(query, std::max<unsigned>(kCandidates, static_cast<unsigned>(limit)));
        if (!proposed) return proposed.error();
        auto scored = scored_by(query, *proposed, topic);
        auto sure = scored.empty() ? 0 : confidence_of(query, scored, !topic.empty());
        sure = std::max(sure, put_exact_first(detail::surface_key(normalised), scored));
        return shown(scored, limit, sure);
    }

    /// Places of the entries worth scoring. Xapian narrows a large base down; a small one is scored whole, which
    /// is both exact and faster than opening its posting lists.
    Result<std::vector<std::size_t>> candidates(const detail::Query& query, unsigned wanted) const {
        if (entries_.size() > kScoredWhole) return proposed(query, wanted);
        std::vector<std::size_t> all(query.terms.empty() ? 0 : entries_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }

    /// What the databases propose, and with it whatever they cannot know.
    Result<std::vector<std::size_t>> proposed(const detail::Query& query, unsigned wanted) const {
        auto places = databases_->store.candidates(query, wanted);
        if (!places || query.terms.empty()) return places;
        places->insert(places->end(), unknown_.begin(), unknown_.end());
        std::sort(places->begin(), places->end());
        places->erase(std::unique(places->begin(), places->end()), places->end());
        return places;
    }

    Scored scored_by(const detail::Query& query, const std::vector<std::size_t>& places, std::string_view topic) const {
        Scored scored;
        for (const auto place : places) {
            if (place >= entries_.size()) continue;  // databases of another base: never for a matching fingerprint
            const double prior = !topic.empty() && entries_[place].topic == topic ? kTopicPrior : 1.0;
            const double score = prior * ranker_.score(query, place);
            if (score > 0) scored.emplace_back(score, place);
        }
        sort_by_score(scored);
        vote_topics(scored);
        return scored;
    }

    static void sort_by_score(Scored& scored) {
        std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
    }

    /// Lifts the entries of the topics whose best entries are near: a question that shares few words with its own
    /// entry often shares some with that entry's neighbours. Entries without a topic are left alone.
    void vote_topics(Scored& scored) const {
        std::unordered_map<std::string_view, std::pair<double, std::size_t>> topics;  // sum of the best, how many
        double loudest = 0;
        for (const auto& [score, place] : scored) {
            auto& [sum, voters] = topics[entries_[place].topic];
            if (entries_[place].topic.empty() || voters++ >= kVoters) continue;
            sum += score;
            loudest = std::max(loudest, sum);
        }
        if (loudest == 0) return;
        const double gift = kTopicVote * scored.front().first / loudest;
        for (auto& [score, place] : scored) score += gift * topics[entries_[place].topic].first;
        sort_by_score(scored);
    }

    double confidence_of(const detail::Query& query, const Scored& scored, bool topic) const {
        detail::Evidence evidence;
        evidence.lexical = ranker_.score(query, scored.front().second);
        evidence.runner_up = scored.size() > 1 ? scored[1].first / scored[0].first : 0;
        evidence.known = query.known;
        evidence.outside = ranker_.outside(query) / std::max(1e-6, evidence.lexical);
        evidence.agreement = agreement_of(scored);
        evidence.topic = topic;
        evidence.pairs = query.pairs;
        evidence.scale = ranker_.scale();
        return detail::confidence(evidence);
    }

    /// Neighbours of one topic speak for each other; a base without topics says nothing either way.
    double agreement_of(const Scored& scored) const {
        const auto& topic = entries_[scored.front().second].topic;
        if (topic.empty()) return 0.5;
        double same = 0;
        for (std::size_t i = 1; i <= kNeighbours && i < scored.size(); ++i)
            same += entries_[scored[i].second].topic == topic ? 1 : 0;
        return same / kNeighbours;
    }

    /// Moves the entry whose wording or own keyword the question is to the front; its confidence, else 0.
    double put_exact_first(const std::string& surface, Scored& scored) const {
        if (surface.empty()) return 0;
        auto place = kNowhere;
        double sure = 0;
        if (const auto title = surfaces_.titles.find(surface); title != surfaces_.titles.end()) {
            place = title->second;
            sure = detail::kSurfaceConfidence;
        } else if (const auto keyword = surfaces_.keywords.find(surface); keyword != surfaces_.keywords.end()) {
            place = keyword->second;
            sure = detail::kKeywordConfidence;
        }
        if (place == kNowhere) return 0;
        const double top = scored.empty() ? 1 : scored.front().first;
        std::erase_if(scored, [&](const auto& hit) { return hit.second == place; });
        scored.insert(scored.begin(), {top, place});
        return sure;
    }

    Hits shown(const Scored& scored, std::size_t limit, double sure) const {
        Hits hits;
        hits.confidence = sure;
        for (std::size_t i = 0; i < std::min(limit, scored.size()); ++i) {
            hits.hits.push_back(entries_[scored[i].second]);
            hits.hits.back().score = scored[i].first;
        }
        return hits;
    }

    std::shared_ptr<const Databases> databases_;
    std::vector<detail::EntryTerms> terms_;  // kept for patched(): making them is most of an index's work
    std::vector<std::size_t> unknown_;
    detail::Ranker ranker_;
    std::vector<Hit> entries_;
    Surfaces surfaces_;
    mutable detail::Cache<Hits> cache_;
};

/// Names what the databases hold: equal terms in equal order need no second writing.
std::string fingerprint_of(const std::vector<detail::EntryTerms>& entries) {
    std::string chain(kIndexVersion);
    for (const auto& entry : entries) {
        auto text = std::move(chain);
        for (const auto* field : {&entry.question, &entry.answer}) {
            for (const auto& term : *field) text.append(term.key).append(1, ':').append(std::to_string(term.count));
            text += '\n';
        }
        chain = sha256_hex(text);
    }
    return chain;
}

Result<std::unique_ptr<detail::GenerationFolder>> written(const std::vector<detail::EntryTerms>& terms,
                                                          const std::string& directory) {
    const auto fingerprint = directory.empty() ? std::string{} : fingerprint_of(terms);
    if (auto current = detail::current_generation(directory, fingerprint)) return current;
    auto folder = detail::new_generation(directory);
    if (!folder) return folder.error();
    const auto wrote = detail::write_databases((*folder)->path(), terms, !directory.empty());
    if (!wrote) return wrote.error();
    if (!directory.empty()) {
        const auto published = detail::publish_generation(**folder, fingerprint);
        if (!published) return published.error();
    }
    return folder;
}

}  // namespace

Result<std::unique_ptr<Index>> build_index(const Base& base, const std::string& directory) {
    std::vector<detail::EntryTerms> terms;
    for (const auto& entry : base.entries()) terms.push_back(detail::entry_terms(entry));
    auto folder = written(terms, directory);
    if (!folder) return folder.error();
    auto databases = std::make_shared<const Databases>(std::move(*folder));
    return std::unique_ptr<Index>(
        std::make_unique<XapianIndex>(base, std::move(terms), std::move(databases), std::vector<std::size_t>{}));
}

Result<std::unique_ptr<Index>> patched_index(const Index& whole, const Base& base,
                                             const std::vector<std::size_t>& changed) {
    const auto* known = dynamic_cast<const XapianIndex*>(&whole);
    if (!known) return invalid("a patch needs an index of build_index()");
    return known->patched(base, changed);
}

}  // namespace yuanda::kb
