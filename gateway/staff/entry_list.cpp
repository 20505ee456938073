// Everything is in memory but the revisions, and those are few: the list is made whole and cut.
#include "gateway/staff/entry_list.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "nlu/reader.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr int kMaxHits = 60;
constexpr double kWorthShowing = 0.3;   // of the best hit's score: below it, words are shared by chance
constexpr std::chrono::days kSoon{30};  // an entry about to expire wants a reader before citizens lose the answer

/// One line of the list: an entry that is served, or a new one that is still a draft.
struct Line {
    EntryId id;
    std::string topic;
    std::string question;
    std::string reviewed_on;
    std::string expires_on;
    std::string trouble;  // why it is not said, or soon will not be; empty: all is well
    int number = 0;       // of the published revision; 0: as shipped, or new
    bool served = false;
    std::vector<const storage::Revision*> open;

    bool has_open(storage::RevisionState state) const {
        return std::any_of(open.begin(), open.end(), [&](const auto* one) { return one->state == state; });
    }
};

std::string trouble_of(const kb::Base& base, const kb::Entry& entry, Date today) {
    const auto expires = parse_iso_date(entry.expires_on);
    if (expires && *expires < today) return "有效期已过";
    for (const auto& cited : entry.citations) {
        const auto citation = base.statutes().resolve(cited.law, cited.article, today);
        if (!citation || !citation->in_force) return "引用的法条已失效";
    }
    if (!base.answer(entry, today)) return "引用的期限或热线查不到";
    if (expires && std::chrono::sys_days{*expires} - std::chrono::sys_days{today} <= kSoon) return "快到期了";
    return {};
}

Line line_of(const kb::Base& base, const kb::Entry& entry, Date today) {
    Line line;
    line.id = entry.id;
    line.topic = entry.topic;
    line.question = entry.question;
    line.reviewed_on = entry.reviewed_on;
    line.expires_on = entry.expires_on;
    line.trouble = trouble_of(base, entry, today);
    line.served = true;
    return line;
}

/// A new entry has no place in the base yet: its line comes from its draft.
std::optional<Line> line_of_draft(Services& services, const storage::Revision& revision) {
    const auto whole = services.revisions.find(revision.id);
    if (!whole.has_value() || !*whole) return std::nullopt;
    const auto entry = kb::parse_entry((*whole)->text);
    if (!entry) return std::nullopt;
    Line line;
    line.id = revision.entry;
    line.topic = entry->topic;
    line.question = entry->question;
    return line;
}

/// Every line, ordered by topic and then as the base has them; new ones first within all.
std::vector<Line> all_lines(Services& services, const kb::Base& base, const std::vector<storage::Revision>& open,
                            const std::vector<storage::Revision>& published, Date today) {
    std::vector<Line> lines;
    std::unordered_map<EntryId, std::size_t> places;
    for (const auto& revision : open) {
        if (base.find(revision.entry) || places.contains(revision.entry)) continue;
        auto line = line_of_draft(services, revision);
        if (!line) continue;
        places.emplace(revision.entry, lines.size());
        lines.push_back(std::move(*line));
    }
    for (const auto& entry : base.entries()) {
        places.emplace(entry.id, lines.size());
        lines.push_back(line_of(base, entry, today));
    }
    for (const auto& revision : open)
        if (const auto found = places.find(revision.entry); found != places.end())
            lines[found->second].open.push_back(&revision);
    for (const auto& revision : published)
        if (const auto found = places.find(revision.entry); found != places.end())
            lines[found->second].number = revision.number;
    return lines;
}

bool in_state(const Line& line, std::string_view state) {
    if (state == "submitted") return line.has_open(storage::RevisionState::Submitted);
    if (state == "draft") return line.has_open(storage::RevisionState::Draft);
    if (state == "published") return line.number > 0;
    if (state == "trouble") return !line.trouble.empty();
    return true;
}

/// Narrows `lines` to those `text` finds, best first: an id or a part of a title at once, anything else by the index.
Result<std::vector<Line>> found_by(const std::string& text, Services& services, const Generation& served,
                                   std::vector<Line> lines) {
    const std::string topic = services.reader.read(text).topic();
    const auto hits = served.index->search(nlu::normalise(text), topic, kMaxHits);
    if (!hits.has_value()) return hits.error();
    std::unordered_map<EntryId, std::size_t> ranks;
    for (const auto& hit : hits->hits)
        if (hit.score >= kWorthShowing * hits->hits.front().score) ranks.emplace(hit.entry, ranks.size() + 1);
    const auto rank = [&](const Line& line) -> std::size_t {
        if (line.id.value == text) return 0;
        const bool named = line.question.find(text) != std::string::npos || line.id.value.find(text) == 0;
        const auto found = ranks.find(line.id);
        if (found != ranks.end()) return found->second;
        return named ? kMaxHits + 1 : std::string::npos;
    };
    std::erase_if(lines, [&](const Line& line) { return rank(line) == std::string::npos; });
    std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return rank(a) < rank(b); });
    return lines;
}

Json counts_of(const std::vector<Line>& lines) {
    Json counts;
    for (const char* state : {"all", "submitted", "draft", "published", "trouble"})
        counts[state] =
            std::count_if(lines.begin(), lines.end(), [&](const Line& line) { return in_state(line, state); });
    return counts;
}

Json topics_json(const std::vector<Line>& lines, const nlu::Reader& reader) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& line : lines) ++counts[line.topic];
    Json out = Json::array();
    for (const auto& [topic, count] : counts)
        out.push_back({{"id", topic}, {"name", reader.topic_name(topic)}, {"count", count}});
    return out;
}

Json open_json(const storage::Revision& revision, const StaffId& who) {
    return {{"id", revision.id.value},
            {"state", storage::name_of(revision.state)},
            {"author", revision.author_name.empty() ? revision.author.value : revision.author_name},
            {"mine", revision.author == who},
            {"at", to_epoch_ms(revision.submitted_at.value_or(revision.saved_at))}};
}

Json row_json(const Line& line, const nlu::Reader& reader, const StaffId& who) {
    Json json = {{"id", line.id.value},
                 {"topic", line.topic},
                 {"topic_name", reader.topic_name(line.topic)},
                 {"question", line.question},
                 {"served", line.served},
                 {"number", line.number},
                 {"reviewed_on", line.reviewed_on},
                 {"expires_on", line.expires_on},
                 {"open", Json::array()}};
    if (!line.trouble.empty()) json["trouble"] = line.trouble;
    for (const auto* revision : line.open) json["open"].push_back(open_json(*revision, who));
    return json;
}

}  // namespace

Result<Json> entry_list(Services& services, const std::vector<storage::Revision>& open,
                        const std::vector<storage::Revision>& published, const EntryQuery& query) {
    const auto served = services.knowledge.current();
    auto lines = all_lines(services, *served->base, open, published, query.today);
    Json json = {{"topics", topics_json(lines, services.reader)}};
    if (!query.topic.empty()) std::erase_if(lines, [&](const Line& line) { return line.topic != query.topic; });
    if (!query.text.empty()) {
        auto found = found_by(query.text, services, *served, std::move(lines));
        if (!found) return found.error();
        lines = std::move(*found);
    }
    json["counts"] = counts_of(lines);
    std::erase_if(lines, [&](const Line& line) { return !in_state(line, query.state); });
    json["total"] = lines.size();
    auto first = lines.begin();
    if (!query.after.empty()) {
        first =
            std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.id.value == query.after; });
        if (first != lines.end()) ++first;
    }
    const auto last = first + std::min<std::ptrdiff_t>(lines.end() - first, static_cast<std::ptrdiff_t>(query.limit));
    json["entries"] = Json::array();
    for (auto line = first; line != last; ++line)
        json["entries"].push_back(row_json(*line, services.reader, query.who));
    json["next"] = last == lines.end() || first == last ? Json(nullptr) : Json((last - 1)->id.value);
    return json;
}

std::vector<std::string> topics_of(const kb::Base& base) {
    std::set<std::string> topics;
    for (const auto& entry : base.entries()) topics.insert(entry.topic);
    return {topics.begin(), topics.end()};
}

}  // namespace yuanda::gateway::staff
