// Matches intent rules in their order; a rule may ask for a short utterance or for the whole of it.
#include "nlu/detail/intents.hpp"

#include <algorithm>

#include "nlu/detail/toml.hpp"
#include "nlu/detail/utf8.hpp"

namespace yuanda::nlu::detail {
namespace {

constexpr std::string_view kSource = "intents";

/// Without the particles that end a polite command (转人工吧, 谢谢啊).
std::u32string_view without_particles(std::u32string_view text) {
    static constexpr std::u32string_view kParticles = U"吧啊呀呢哦哈嘛啦";
    while (!text.empty() && kParticles.find(text.back()) != kParticles.npos) text.remove_suffix(1);
    return text;
}

/// What is left when neither a rule nor a topic spoke.
IntentGuess fall_back(const IntentContext& context, bool question_word) {
    IntentGuess guess{.question_word = question_word};
    if (context.topic || question_word) {
        guess.intent = Intent::Question;
        guess.confidence = context.topic && question_word ? 0.9 : context.topic ? 0.7 : 0.4;
    }
    return guess;
}

}  // namespace

Result<Intents> Intents::parse(std::string_view toml) {
    const auto table = parse_toml(kSource, toml);
    if (!table) return table.error();
    Intents intents;
    const auto add = [&](const toml::table& from, std::string_view key, Where where) -> Result<> {
        const auto words = strings_of(kSource, from, key);
        if (!words) return words.error();
        for (const auto& word : *words) {
            intents.patterns_.add(word, static_cast<std::uint32_t>(intents.phrases_.size()));
            intents.phrases_.push_back({static_cast<std::uint32_t>(intents.rules_.size()) - 1, where});
        }
        return {};
    };
    auto read = each_table(kSource, *table, "rule", [&](const toml::table& rule) -> Result<> {
        const auto intent = intent_from(rule["intent"].value_or(std::string_view{}));
        if (!intent) return toml_error(kSource, rule, "unknown intent");
        intents.rules_.push_back({.intent = *intent,
                                  .confidence = rule["confidence"].value_or(0.9),
                                  .max_chars = rule["max_chars"].value_or(std::size_t{0}),
                                  .lone = rule["lone"].value_or(false)});
        if (auto r = add(rule, "anywhere", Where::Anywhere); !r) return r.error();
        if (auto r = add(rule, "start", Where::Start); !r) return r.error();
        return add(rule, "whole", Where::Whole);
    });
    if (!read) return read.error();
    intents.question_ids_ = static_cast<std::uint32_t>(intents.phrases_.size());
    const auto questions = strings_of(kSource, *table, "question_words");
    if (!questions) return questions.error();
    for (const auto& word : *questions) intents.patterns_.add(word, intents.question_ids_);
    const auto openers = strings_of(kSource, *table, "openers");
    if (!openers) return openers.error();
    for (const auto& word : *openers) intents.patterns_.add(word, intents.question_ids_ + 1);
    const auto conjunctions = strings_of(kSource, *table, "conjunctions");
    if (!conjunctions) return conjunctions.error();
    for (const auto& word : *conjunctions) intents.conjunctions_.push_back(to_u32(word));
    intents.patterns_.build();
    return intents;
}

IntentGuess Intents::guess(std::u32string_view plain, const IntentContext& context) const {
    const auto whole = without_marks(plain);
    const auto text = without_particles(whole);
    const bool asks = plain.find(U'?') != plain.npos;
    bool question_word = false;
    std::uint32_t best = static_cast<std::uint32_t>(rules_.size());
    std::vector<Hit> openers;
    for (const Hit& hit : patterns_.scan(whole)) {
        if (hit.id >= question_ids_) {
            if (hit.id == question_ids_)
                question_word = true;
            else
                openers.push_back(hit);
            continue;
        }
        const auto [index, where] = phrases_[hit.id];
        const Rule& rule = rules_[index];
        // 转人工吧 is the whole command 转人工; 人呢 is itself one.
        const bool entire = hit.begin == 0 && (hit.end == text.size() || hit.end == whole.size());
        const bool placed =
            where == Where::Anywhere || (where == Where::Start && hit.begin == 0) || (where == Where::Whole && entire);
        const bool fits = (rule.max_chars == 0 || text.size() <= rule.max_chars) && !(rule.lone && context.topic);
        if (placed && fits) best = std::min(best, index);
    }
    // 能继承么, 算工伤不, 给了没: a closing particle asks where no question word does.
    static constexpr std::u32string_view kAsking = U"吗么呢不没";
    const bool closing = text.size() >= 4 && kAsking.find(text.back()) != kAsking.npos;
    question_word = question_word || asks || closing || plain.find(U'呢') != plain.npos;
    if (best < rules_.size()) return {rules_[best].intent, rules_[best].confidence, question_word};
    // 我想问 announces a question and is none.
    if (!asks && !whole.empty() && cover(std::move(openers), whole.size())) return {.opener = true, .unfinished = true};
    if (context.cites_article) return {Intent::Statute, 0.8, question_word};
    auto guess = fall_back(context, question_word);
    guess.unfinished = !question_word && breaks_off(plain);
    return guess;
}

bool Intents::breaks_off(std::u32string_view plain) const {
    if (plain.empty()) return false;
    if (plain.back() == U',' || plain.back() == U'、') return true;
    return std::any_of(conjunctions_.begin(), conjunctions_.end(),
                       [&](const std::u32string& word) { return plain.ends_with(word); });
}

int read_choice(std::u32string_view normalised) {
    auto text = normalised;
    const auto drop_head = [&](std::u32string_view head) {
        if (text.substr(0, head.size()) != head) return false;
        text.remove_prefix(head.size());
        return true;
    };
    const auto drop_tail = [&](std::u32string_view tail) {
        if (text.size() < tail.size() || text.substr(text.size() - tail.size()) != tail) return false;
        text.remove_suffix(tail.size());
        return true;
    };
    static constexpr std::u32string_view kMarks = U" ,.。、!~()[]【】\"“”:;#";
    while (!text.empty() && kMarks.find(text.back()) != kMarks.npos) text.remove_suffix(1);
    while (!text.empty() && kMarks.find(text.front()) != kMarks.npos) text.remove_prefix(1);
    for (const auto tail : {U"吧", U"啊", U"呀", U"了", U"谢谢"}) drop_tail(tail);
    drop_head(U"我");
    for (const auto head : {U"要选", U"想选", U"选择", U"选", U"回复", U"要", U"点", U"就"}) {
        if (drop_head(head)) break;
    }
    const bool ordinal = drop_head(U"第");
    for (const auto tail : {U"个问题", U"个选项", U"个", U"项", U"条", U"种", U"号", U"款"}) {
        // 2个 is an amount; 第2个 and 2号 are choices.
        if ((ordinal || tail == std::u32string_view{U"号"} || tail == std::u32string_view{U"项"}) && drop_tail(tail))
            break;
    }
    while (!text.empty() && kMarks.find(text.back()) != kMarks.npos) text.remove_suffix(1);
    while (!text.empty() && kMarks.find(text.front()) != kMarks.npos) text.remove_prefix(1);
    if (text.size() != 1) return 0;
    static constexpr std::u32string_view kArabic = U"123456789", kChinese = U"一二三四五六七八九";
    if (const auto at = kArabic.find(text[0]); at != kArabic.npos) return static_cast<int>(at) + 1;
    if (const auto at = kChinese.find(text[0]); at != kChinese.npos) return static_cast<int>(at) + 1;
    return 0;
}

}  // namespace yuanda::nlu::detail
