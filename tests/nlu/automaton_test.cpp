// The phrase matcher must find what a naive search finds, and nothing else: every table of the room rests on it.
#include "nlu/detail/automaton.hpp"

#include <algorithm>
#include <tuple>

#include "nlu/detail/utf8.hpp"
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda::nlu::detail;

namespace {

using Triple = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

std::vector<Triple> triples(const std::vector<Hit>& hits) {
    std::vector<Triple> out;
    for (const Hit& hit : hits) out.emplace_back(hit.begin, hit.end, hit.id);
    std::sort(out.begin(), out.end());
    return out;
}

Automaton made_of(const std::vector<std::u32string>& phrases) {
    Automaton automaton;
    for (std::uint32_t id = 0; id < phrases.size(); ++id) automaton.add(phrases[id], id);
    automaton.build();
    return automaton;
}

std::vector<Triple> naive(const std::vector<std::u32string>& phrases, const std::u32string& text) {
    std::vector<Triple> out;
    for (std::uint32_t id = 0; id < phrases.size(); ++id) {
        for (auto at = text.find(phrases[id]); at != text.npos; at = text.find(phrases[id], at + 1)) {
            out.emplace_back(at, at + phrases[id].size(), id);
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("overlapping and nested phrases are all found", "[nlu][automaton]") {
    const std::vector<std::u32string> phrases{U"劳动合同", U"合同", U"动合", U"同", U"劳动合同法", U"合同法"};
    const std::u32string text = U"劳动合同法与合同";
    CHECK(triples(made_of(phrases).scan(text)) == naive(phrases, text));
}

TEST_CASE("random texts over a small alphabet give what a naive search gives", "[nlu][automaton]") {
    // A plain linear congruential generator: the same texts on every machine.
    std::uint32_t state = GENERATE(1u, 7u, 99u, 12345u);
    const auto next = [&state](std::uint32_t below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 16) % below;
    };
    const auto word = [&](std::uint32_t length) {
        std::u32string out;
        for (std::uint32_t i = 0; i < length; ++i) out.push_back(U"甲乙丙"[next(3)]);
        return out;
    };
    std::vector<std::u32string> phrases;
    for (int i = 0; i < 60; ++i) phrases.push_back(word(1 + next(5)));
    std::sort(phrases.begin(), phrases.end());
    phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
    const auto text = word(300);
    CHECK(triples(made_of(phrases).scan(text)) == naive(phrases, text));
}

TEST_CASE("one phrase may carry several ids", "[nlu][automaton]") {
    Automaton automaton;
    automaton.add("工资", 3);
    automaton.add("工资", 8);
    automaton.build();
    CHECK(triples(automaton.scan(U"欠工资")) == std::vector<Triple>{{1, 3, 3}, {1, 3, 8}});
}

TEST_CASE("an empty matcher and an empty text find nothing", "[nlu][automaton]") {
    Automaton automaton;
    automaton.add("", 1);
    automaton.build();
    CHECK(automaton.empty());
    CHECK(automaton.scan(U"工资").empty());
    CHECK(made_of({U"工资"}).scan(U"").empty());
}

TEST_CASE("leftmost longest keeps no two that overlap", "[nlu][automaton]") {
    const auto hits = longest(made_of({U"劳动", U"劳动合同", U"合同法", U"法"}).scan(U"劳动合同法"));
    CHECK(triples(hits) == std::vector<Triple>{{0, 4, 1}, {4, 5, 3}});
}

TEST_CASE("outermost drops what lies inside a longer hit and keeps what only overlaps", "[nlu][automaton]") {
    const auto hits = outermost(made_of({U"劳动合同", U"合同", U"合同法"}).scan(U"劳动合同法"));
    CHECK(triples(hits) == std::vector<Triple>{{0, 4, 0}, {2, 5, 2}});
}

TEST_CASE("outermost keeps equal hits of different tables", "[nlu][automaton]") {
    Automaton automaton;
    automaton.add("工资", 1);
    automaton.add("工资", 2);
    automaton.build();
    CHECK(outermost(automaton.scan(U"工资")).size() == 2);
}

TEST_CASE("decoding keeps byte offsets and survives broken bytes", "[nlu][utf8]") {
    const std::string text = "a工\U0001F600";
    const auto chars = decode(text);
    CHECK(chars.text == U"a工\U0001F600");
    CHECK(chars.at == std::vector<std::uint32_t>{0, 1, 4, 8});
    CHECK(chars.slice(text, 1, 2) == "工");
    CHECK(chars[99] == U'\0');
    CHECK(decode("\xE5\xB7").text == U"\uFFFD\uFFFD");
    CHECK(decode("\xC0\x80").text == U"\uFFFD\uFFFD");  // overlong
    CHECK(to_utf8(chars.text) == text);
    CHECK(to_u32("é") == U"é");
    CHECK(to_utf8(U"é") == "é");
}

TEST_CASE("hits cover a text when a chain of them leaves no gap", "[nlu][automaton]") {
    CHECK(yuanda::nlu::detail::cover({{0, 2, 0}, {2, 5, 0}}, 5));
    CHECK(yuanda::nlu::detail::cover({{2, 5, 0}, {1, 2, 0}, {0, 1, 0}, {0, 3, 0}}, 5));
    CHECK_FALSE(yuanda::nlu::detail::cover({{0, 2, 0}, {3, 5, 0}}, 5));
    CHECK_FALSE(yuanda::nlu::detail::cover({{0, 3, 0}, {2, 5, 0}}, 5));
    CHECK(yuanda::nlu::detail::cover({}, 0));
}
