// The terms of the index: complete, weighted, and the same for a question and for the entry that answers it.
#include "tests/nlu/reader_fixture.hpp"

using namespace yuanda;
using nlu::Term;

namespace {

std::vector<std::string> of_kind(const std::vector<Term>& terms, Term::Kind kind) {
    std::vector<std::string> out;
    for (const auto& term : terms) {
        if (term.kind == kind) out.push_back(term.text);
    }
    return out;
}

double weight_of(const std::vector<Term>& terms, Term::Kind kind, const std::string& text) {
    for (const auto& term : terms) {
        if (term.kind == kind && term.text == text) return term.weight;
    }
    return -1;
}

}  // namespace

TEST_CASE("words, bigrams and unigrams are all there", "[nlu][terms]") {
    const auto terms = nlu::terms("老板拖欠工资");
    CHECK(of_kind(terms, Term::Kind::Unigram) == std::vector<std::string>{"老", "板", "拖", "欠", "工", "资"});
    CHECK(of_kind(terms, Term::Kind::Bigram) == std::vector<std::string>{"老板", "板拖", "拖欠", "欠工", "工资"});
    CHECK(of_kind(terms, Term::Kind::Word) == std::vector<std::string>{"老板", "拖欠", "工资"});
}

TEST_CASE("bigrams do not cross marks, digits or Latin", "[nlu][terms]") {
    CHECK(of_kind(nlu::terms("欠薪,8个月app"), Term::Kind::Bigram) == std::vector<std::string>{"欠薪", "个月"});
}

TEST_CASE("boilerplate counts 0.3, what it stands beside counts whole", "[nlu][terms]") {
    const auto terms = nlu::terms("请问我工资怎么办");
    CHECK(weight_of(terms, Term::Kind::Word, "请问") == 0.3);
    CHECK(weight_of(terms, Term::Kind::Unigram, "我") == 0.3);
    CHECK(weight_of(terms, Term::Kind::Bigram, "怎么") == 0.3);
    CHECK(weight_of(terms, Term::Kind::Bigram, "么办") == 0.3);
    CHECK(weight_of(terms, Term::Kind::Word, "工资") == 1.0);
    CHECK(weight_of(terms, Term::Kind::Bigram, "我工") == 1.0);
}

TEST_CASE("marks and spaces are no terms and long runs are dropped", "[nlu][terms]") {
    CHECK(nlu::terms(",。? ").empty());
    CHECK(nlu::terms("").empty());
    for (const auto& term : nlu::terms(std::string(500, 'a') + "工资")) CHECK(term.text.size() <= 64);
}

TEST_CASE("segments are ICU's words without marks", "[nlu][segment]") {
    CHECK(nlu::segment("老板拖欠工资,怎么办?") == std::vector<std::string>{"老板", "拖欠", "工资", "怎么", "办"});
    CHECK(nlu::segment("2025年11月") == std::vector<std::string>{"2025", "年", "11", "月"});
    CHECK(nlu::segment("").empty());
}

TEST_CASE("rare characters beyond the basic plane keep their place", "[nlu][segment]") {
    // U+20BB7 stands in names.
    const auto words = nlu::segment("我叫\U00020BB7工资");
    std::string joined;
    for (const auto& word : words) joined += word;
    CHECK(joined == "我叫\U00020BB7工资");
}

TEST_CASE("the lexicon keeps legal words whole where ICU cuts them", "[nlu][segment]") {
    const auto [text, word] = GENERATE(table<std::string, std::string>({
        {"申请人身安全保护令", "人身安全保护令"},
        {"没签劳动合同", "劳动合同"},
        {"取保候审怎么办", "取保候审"},
        {"劳动能力鉴定在哪做", "劳动能力鉴定"},
        {"离婚冷静期多久", "离婚冷静期"},
        {"包工头跑了", "包工头"},
        {"宅基地被占了", "宅基地"},
    }));
    CHECK_THAT(test::shipped_reader().read(text).segments, Catch::Matchers::VectorContains(word));
}

TEST_CASE("segments put together give the utterance without its marks", "[nlu][segment]") {
    const auto u = test::shipped_reader().read("老板拖欠劳动报酬，去年10月到现在，怎么申请劳动仲裁？");
    std::string joined, bare;
    for (const auto& segment : u.segments) joined += segment;
    for (const char c : u.normalised) {
        if (c != ',' && c != '?') bare += c;
    }
    CHECK(joined == bare);
}
