// Folders for index generations: a new one is built aside and becomes the current one by a single rename.
#pragma once

#include <memory>
#include <string>

#include "core/result.hpp"

namespace yuanda::kb::detail {

/// A generation's folder; a private one is removed with the object.
class GenerationFolder {
public:
    GenerationFolder(std::string path, bool is_private) : path_(std::move(path)), private_(is_private) {}
    ~GenerationFolder();
    GenerationFolder(const GenerationFolder&) = delete;
    GenerationFolder& operator=(const GenerationFolder&) = delete;

    const std::string& path() const { return path_; }
    bool is_private() const { return private_; }

private:
    std::string path_;
    bool private_;
};

/// The current generation of `directory` if it was published with this fingerprint, else null.
std::unique_ptr<GenerationFolder> current_generation(const std::string& directory, const std::string& fingerprint);

/// A fresh empty folder gen-N inside `directory` (created), or a private temporary one when it is empty.
Result<std::unique_ptr<GenerationFolder>> new_generation(const std::string& directory);

/// Makes `folder` the current generation: everything in it is on disk before CURRENT is renamed into place.
/// Generations older than the one it replaces are removed; that one stays for readers in other processes.
Result<> publish_generation(const GenerationFolder& folder, const std::string& fingerprint);

}  // namespace yuanda::kb::detail
