// Writes and reads the two Xapian databases; every Xapian exception ends here.
#include "kb/detail/store.hpp"

#include <xapian.h>
#include <atomic>
#include <deque>

#include "kb/detail/retry.hpp"

namespace yuanda::kb::detail {
namespace {

constexpr std::size_t kReadersKept = 4;  // generations a thread keeps open: the newest and those just replaced

std::string questions_of(const std::string& folder) { return folder + "/questions"; }
std::string answers_of(const std::string& folder) { return folder + "/answers"; }

void write_one(const std::string& path, const std::vector<EntryTerms>& entries,
               std::vector<CountedTerm> EntryTerms::*field, bool durable) {
    const int flags = Xapian::DB_CREATE_OR_OVERWRITE | (durable ? 0 : Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    Xapian::WritableDatabase database(path, flags);
    for (const auto& entry : entries) {
        Xapian::Document document;
        for (const auto& term : entry.*field) document.add_term(term.key, static_cast<Xapian::termcount>(term.count));
        database.add_document(document);  // ids run from 1 in the order of the entries
    }
    database.commit();
}

struct Reader {
    Xapian::Database questions;
    Xapian::Database answers;
    explicit Reader(const std::string& folder) : questions(questions_of(folder)), answers(answers_of(folder)) {}
    void reopen() {
        questions.reopen();
        answers.reopen();
    }
};

/// This thread's reader: a Xapian::Database must not be shared between threads.
Reader& reader_for(std::uint64_t serial, const std::string& folder) {
    thread_local std::deque<std::pair<std::uint64_t, Reader>> readers;
    for (auto& [known, reader] : readers)
        if (known == serial) return reader;
    if (readers.size() == kReadersKept) readers.pop_front();
    return readers.emplace_back(serial, Reader(folder)).second;
}

void collect(const Xapian::Database& database, const Xapian::Query& query, unsigned limit,
             std::vector<std::size_t>& found) {
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    enquire.set_query(query);
    const auto matches = enquire.get_mset(0, limit);
    for (auto match = matches.begin(); match != matches.end(); ++match) found.push_back(*match - 1);
}

/// Plain OR of scaled terms: QueryParser would AND the pairs of a Chinese run.
Xapian::Query xapian_query(const Query& query) {
    std::vector<Xapian::Query> parts;
    for (std::size_t i = 0; i < query.candidates.size(); ++i)
        parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(query.candidates[i]),
                           query.candidate_weights[i]);
    return Xapian::Query(Xapian::Query::OP_OR, parts.begin(), parts.end());
}

}  // namespace

Result<> write_databases(const std::string& folder, const std::vector<EntryTerms>& entries, bool durable) {
    try {
        write_one(questions_of(folder), entries, &EntryTerms::question, durable);
        write_one(answers_of(folder), entries, &EntryTerms::answer, durable);
        return {};
    } catch (const Xapian::Error& error) {
        return Error(ErrorCode::Unavailable, "cannot write the index: " + error.get_description());
    }
}

CandidateStore::CandidateStore(std::string folder) : folder_(std::move(folder)) {
    static std::atomic<std::uint64_t> next{1};
    serial_ = next++;
}

Result<std::vector<std::size_t>> CandidateStore::candidates(const Query& query, unsigned limit) const {
    std::vector<std::size_t> found;
    if (query.candidates.empty()) return found;
    try {
        auto& reader = reader_for(serial_, folder_);
        const auto ask = xapian_query(query);
        retry_once<Xapian::DatabaseModifiedError>(
            [&] {
                found.clear();
                collect(reader.questions, ask, limit, found);
                collect(reader.answers, ask, limit, found);
            },
            [&] { reader.reopen(); });
    } catch (const Xapian::Error& error) {
        return Error(ErrorCode::Unavailable, "cannot search the index: " + error.get_description());
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace yuanda::kb::detail
