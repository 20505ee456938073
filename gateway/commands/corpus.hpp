// What train indexes and eval searches: the shipped base, entry lines or statute lines, under one name and hash.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/result.hpp"
#include "kb/base.hpp"
#include "kb/index.hpp"

namespace yuanda::gateway {

/// Documents ready to be indexed. `name` is the folder of their index inside a model: "entries", "statutes".
struct Corpus {
    std::string name;
    std::string hash;  // SHA-256 of the input and of how it is read
    std::shared_ptr<const kb::Base> base;
};

/// `file` empty: the shipped base below `root`.
Result<Corpus> entries_corpus(const std::string& root, const std::string& file);
/// Each article is one document: its text, and at half weight the law's name and chapter.
Result<Corpus> statutes_corpus(const std::string& file);

/// An opened index with what it cost. A folder of its own making goes with it.
class BuiltIndex {
public:
    /// `directory` empty: a temporary folder.
    static Result<std::unique_ptr<BuiltIndex>> build(const Corpus& corpus, const std::string& directory);
    ~BuiltIndex();
    BuiltIndex(const BuiltIndex&) = delete;
    BuiltIndex& operator=(const BuiltIndex&) = delete;

    const kb::Index& index() const { return *index_; }
    std::unique_ptr<kb::Index> take() { return std::move(index_); }
    double build_seconds() const { return seconds_; }
    double disk_mib() const;

private:
    BuiltIndex(std::string directory, bool own) : directory_(std::move(directory)), own_(own) {}
    std::string directory_;
    bool own_;
    double seconds_ = 0;
    std::unique_ptr<kb::Index> index_;
};

/// The file `model.json` of a trained model: what it was made from. Deterministic text.
struct ModelFile {
    std::map<std::string, std::string> corpora;  // name -> hash
    kb::Thresholds thresholds;

    std::string to_json() const;
    std::string hash() const;  // of the text
    static Result<ModelFile> read(const std::string& directory);
    Result<> write(const std::string& directory) const;
};

}  // namespace yuanda::gateway
