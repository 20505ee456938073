// What the index and a query are made of: words, Han bigrams and unigrams, the empty phrases of talk counting little.
#include <array>

#include "nlu/detail/automaton.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/detail/words.hpp"
#include "nlu/reader.hpp"

namespace yuanda::nlu {
namespace {

// docs/retrieval.md: said in half of all questions, they tell entries apart in none. They live here and not in the
// lexicon because an index and its queries must weigh alike, whatever an operator edits.
constexpr double kBoilerplateWeight = 0.3;
constexpr std::array kBoilerplate{
    "请问",     "你好",   "您好",   "怎么办",   "咋办",   "咋弄",   "咋整",   "怎么弄", "怎么处理", "如何处理",
    "该怎么办", "该咋办", "怎么",   "怎样",     "如何",   "为什么", "是不是", "能不能", "可不可以", "可以吗",
    "行不行",   "想问",   "想咨询", "咨询一下", "问一下", "问下",   "帮忙",   "谢谢",   "律师",     "老师",
    "这个",     "那个",   "这种",   "那种",     "情况",   "问题",   "什么",   "多少",   "哪里",     "有没有",
    "还有",     "但是",   "因为",   "所以",     "如果",   "的话",   "现在",   "应该",   "需要",     "可以",
    "我",       "我们",   "我家",   "你",       "您",     "他",     "她",     "的",     "了",       "吗",
    "呢",       "啊",     "吧",     "么",       "是",     "有",     "在",     "也",     "都",       "就",
    "要",       "想",     "被",     "把",       "给",     "和",     "跟",     "与",     "对",       "说",
    "咋",       "额",     "咧",     "嘛",       "呀",     "哦",     "嗯",     "一个",   "一下",     "自己",
    "法律",     "规定",   "根据",   "关于"};

const detail::Automaton& boilerplate() {
    static const detail::Automaton built = [] {
        detail::Automaton automaton;
        for (const std::string_view phrase : kBoilerplate) automaton.add(phrase, 0);
        automaton.build();
        return automaton;
    }();
    return built;
}

// Xapian refuses terms over 245 bytes; nobody searches for a word this long.
constexpr std::size_t kMaxTermBytes = 64;

/// Empty when too long to be a term.
std::string term_text(const detail::Chars& chars, std::string_view utf8, std::uint32_t begin, std::uint32_t end) {
    auto text = chars.slice(utf8, begin, end);
    if (text.size() > kMaxTermBytes) text.clear();
    return text;
}

/// Characters that belong to a phrase of boilerplate.
std::vector<bool> mask(const detail::Chars& chars) {
    std::vector<bool> empty_talk(chars.size(), false);
    for (const auto& hit : detail::longest(boilerplate().scan(chars.text))) {
        for (auto i = hit.begin; i < hit.end; ++i) empty_talk[i] = true;
    }
    return empty_talk;
}

}  // namespace

std::vector<Term> terms(std::string_view normalised) {
    const auto chars = detail::decode(normalised);
    const auto empty_talk = mask(chars);
    std::vector<Term> out;
    out.reserve(chars.size() * 3);
    const auto add = [&](std::uint32_t begin, std::uint32_t end, Term::Kind kind) {
        bool light = true;
        for (auto i = begin; i < end; ++i) light = light && empty_talk[i];
        auto text = term_text(chars, normalised, begin, end);
        if (!text.empty()) out.push_back({std::move(text), kind, light ? kBoilerplateWeight : 1.0});
    };
    for (const auto& word : detail::word_spans(chars.text)) add(word.begin, word.end, Term::Kind::Word);
    for (std::uint32_t i = 0; i + 1 < chars.size(); ++i) {
        if (detail::is_han(chars[i]) && detail::is_han(chars[i + 1])) add(i, i + 2, Term::Kind::Bigram);
    }
    for (std::uint32_t i = 0; i < chars.size(); ++i) {
        if (detail::is_han(chars[i])) add(i, i + 1, Term::Kind::Unigram);
    }
    return out;
}

std::vector<std::string> segment(std::string_view normalised) {
    const auto chars = detail::decode(normalised);
    std::vector<std::string> out;
    for (const auto& word : detail::word_spans(chars.text))
        out.push_back(chars.slice(normalised, word.begin, word.end));
    return out;
}

}  // namespace yuanda::nlu
