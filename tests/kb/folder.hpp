// A folder of one test alone, with what the index's tests ask of it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace yuanda::kb::test {

class Folder {
public:
    std::string path() const { return folder_.path(); }
    std::string at(const std::string& name) const { return folder_.path(name); }
    /// Names inside it (or inside the folder `below` it), sorted.
    std::vector<std::string> names(const std::string& below = "") const;
    /// First word of a file in it; empty when there is none.
    std::string word_in(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;

private:
    yuanda::test::TemporaryFolder folder_;
};

}  // namespace yuanda::kb::test
