// One pass over an utterance finds every phrase of every table: thousands of phrases must cost what one costs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace yuanda::nlu::detail {

/// A phrase found: code point positions [begin, end) and the id it was added with.
struct Hit {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t id = 0;
};

/// Aho and Corasick's matcher (Efficient string matching, CACM 18(6), 1975) over code points. Edges lie in one
/// open-addressed table: a dense row per node would cost 20,000 columns. Immutable after build(), then thread-safe.
class Automaton {
public:
    /// The same phrase may be added with several ids; an empty phrase is ignored.
    void add(std::u32string_view phrase, std::uint32_t id);
    void add(std::string_view utf8, std::uint32_t id);
    void build();
    /// All hits, by end and, at one end, longest first.
    std::vector<Hit> scan(std::u32string_view text) const;
    bool empty() const { return outputs_.empty(); }

private:
    struct Edge {
        std::uint64_t key = 0;  // node << 21 | code point; 0 is never a key: no edge is U+0000
        std::uint32_t to = 0;
    };
    struct Node {
        std::uint32_t fail = 0;
        std::uint32_t shorter = 0;  // nearest node on the fail chain that has outputs
        std::int32_t output = -1;   // first of a chain in outputs_
        std::uint32_t depth = 0;
    };
    struct Output {
        std::uint32_t id = 0;
        std::int32_t next = -1;
    };
    std::uint32_t find(std::uint32_t node, char32_t c) const;
    std::uint32_t insert(std::uint32_t node, char32_t c);
    void grow();

    std::vector<Node> nodes_{Node{}};
    std::vector<Edge> edges_{std::vector<Edge>(64)};
    std::size_t edge_count_ = 0;
    std::vector<Output> outputs_;
};

/// Leftmost, then longest, not overlapping.
std::vector<Hit> longest(std::vector<Hit> hits);
/// Without those that lie strictly inside a longer one: 劳动合同 hides 合同.
std::vector<Hit> outermost(std::vector<Hit> hits);
/// Whether some of the hits, one after the other and without a gap, reach from 0 to `length`.
bool cover(std::vector<Hit> hits, std::size_t length);

}  // namespace yuanda::nlu::detail
