// Building and running the phrase matcher.
#include "nlu/detail/automaton.hpp"

#include <algorithm>

#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

std::uint64_t key_of(std::uint32_t node, char32_t c) { return (static_cast<std::uint64_t>(node) << 21) | c; }

/// Fibonacci hashing: keys are nearly consecutive and must spread over the table.
std::size_t slot_of(std::uint64_t key, std::size_t size) { return (key * 0x9E3779B97F4A7C15ull >> 24) & (size - 1); }

}  // namespace

std::uint32_t Automaton::find(std::uint32_t node, char32_t c) const {
    const auto key = key_of(node, c);
    for (auto slot = slot_of(key, edges_.size());; slot = (slot + 1) & (edges_.size() - 1)) {
        if (edges_[slot].key == key) return edges_[slot].to;
        if (edges_[slot].key == 0) return 0;
    }
}

void Automaton::grow() {
    std::vector<Edge> old(edges_.size() * 2);
    old.swap(edges_);
    for (const Edge& edge : old) {
        if (edge.key == 0) continue;
        auto slot = slot_of(edge.key, edges_.size());
        while (edges_[slot].key != 0) slot = (slot + 1) & (edges_.size() - 1);
        edges_[slot] = edge;
    }
}

std::uint32_t Automaton::insert(std::uint32_t node, char32_t c) {
    if (const auto to = find(node, c)) return to;
    if (++edge_count_ * 2 > edges_.size()) grow();
    const auto key = key_of(node, c);
    auto slot = slot_of(key, edges_.size());
    while (edges_[slot].key != 0) slot = (slot + 1) & (edges_.size() - 1);
    const auto to = static_cast<std::uint32_t>(nodes_.size());
    edges_[slot] = {key, to};
    nodes_.push_back({.depth = nodes_[node].depth + 1});
    return to;
}

void Automaton::add(std::u32string_view phrase, std::uint32_t id) {
    if (phrase.empty()) return;
    std::uint32_t node = 0;
    for (const char32_t c : phrase) node = insert(node, c);
    outputs_.push_back({id, nodes_[node].output});
    nodes_[node].output = static_cast<std::int32_t>(outputs_.size()) - 1;
}

void Automaton::add(std::string_view utf8, std::uint32_t id) { add(to_u32(utf8), id); }

void Automaton::build() {
    std::vector<Edge> by_depth;
    for (const Edge& edge : edges_) {
        if (edge.key != 0) by_depth.push_back(edge);
    }
    std::sort(by_depth.begin(), by_depth.end(), [this](const Edge& a, const Edge& b) {
        return std::pair{nodes_[a.to].depth, a.to} < std::pair{nodes_[b.to].depth, b.to};
    });
    for (const Edge& edge : by_depth) {
        const auto parent = static_cast<std::uint32_t>(edge.key >> 21);
        const auto c = static_cast<char32_t>(edge.key & 0x1FFFFF);
        Node& node = nodes_[edge.to];
        if (parent != 0) {
            auto fail = nodes_[parent].fail;
            while (fail != 0 && find(fail, c) == 0) fail = nodes_[fail].fail;
            node.fail = find(fail, c);
        }
        node.shorter = nodes_[node.fail].output >= 0 ? node.fail : nodes_[node.fail].shorter;
    }
}

std::vector<Hit> Automaton::scan(std::u32string_view text) const {
    std::vector<Hit> hits;
    std::uint32_t node = 0;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
        auto to = find(node, text[i]);
        while (to == 0 && node != 0) {
            node = nodes_[node].fail;
            to = find(node, text[i]);
        }
        node = to;
        for (auto at = nodes_[node].output >= 0 ? node : nodes_[node].shorter; at != 0; at = nodes_[at].shorter) {
            for (auto o = nodes_[at].output; o >= 0; o = outputs_[static_cast<std::size_t>(o)].next) {
                hits.push_back({i + 1 - nodes_[at].depth, i + 1, outputs_[static_cast<std::size_t>(o)].id});
            }
        }
    }
    return hits;
}

std::vector<Hit> longest(std::vector<Hit> hits) {
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    std::vector<Hit> kept;
    for (const Hit& hit : hits) {
        if (kept.empty() || hit.begin >= kept.back().end) kept.push_back(hit);
    }
    return kept;
}

std::vector<Hit> outermost(std::vector<Hit> hits) {
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    std::vector<Hit> kept;
    for (const Hit& hit : hits) {
        // Sorted by begin, a hit can only be inside one that came before; the last kept reaches furthest.
        const bool inside = !kept.empty() && hit.end <= kept.back().end &&
                            (hit.begin != kept.back().begin || hit.end != kept.back().end);
        if (!inside) kept.push_back(hit);
    }
    return kept;
}

bool cover(std::vector<Hit> hits, std::size_t length) {
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.begin < b.begin; });
    std::vector<bool> reached(length + 1, false);
    reached[0] = true;
    for (const Hit& hit : hits)
        if (reached[hit.begin]) reached[hit.end] = true;
    return reached[length];
}

}  // namespace yuanda::nlu::detail
