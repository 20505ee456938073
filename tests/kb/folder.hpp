// A folder of one test alone, removed at its end.
#pragma once

#include <string>
#include <vector>

namespace yuanda::kb::test {

class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::string& path() const { return path_; }
    std::string at(const std::string& name) const { return path_ + "/" + name; }
    /// Names inside it (or inside the folder `below` it), sorted.
    std::vector<std::string> names(const std::string& below = "") const;
    /// First word of a file in it; empty when there is none.
    std::string word_in(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;

private:
    std::string path_;
};

}  // namespace yuanda::kb::test
