// One spelling for one sentence: what phones, input methods and copied PDFs do to Chinese is undone here.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uniset.h>

#include <memory>

#include "nlu/detail/traditional.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/reader.hpp"

namespace yuanda::nlu {
namespace {

using detail::is_digit;
using detail::is_han;
using detail::is_latin;

/// NFKC_Casefold (UAX #15, Unicode 5.18): width, Kangxi radicals, ligatures, case; drops zero-width characters.
std::string fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(status)) {
        nfkc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, status);
    }
    return U_SUCCESS(status) ? out : std::string{text};
}

/// Simplified radicals that PDF copies contain and NFKC leaves alone (CJK Radicals Supplement, U+2E80..U+2EF3).
char32_t unify_radical(char32_t c) {
    static constexpr std::u32string_view kFrom = U"⺁⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳";
    static constexpr std::u32string_view kTo = U"厂母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟";
    static_assert(kFrom.size() == kTo.size());
    if (c < 0x2E80 || c > 0x2EF3) return c;
    const auto at = kFrom.find(c);
    return at == kFrom.npos ? c : kTo[at];
}

/// ICU per thread: transliterators keep state. These seven are words of their own in simplified text (摔跤, 俱乐部).
icu::Transliterator* simplifier() {
    thread_local const std::unique_ptr<icu::Transliterator> kept = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made{
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status)};
        if (U_FAILURE(status)) return std::unique_ptr<icu::Transliterator>{};
        made->adoptFilter(new icu::UnicodeSet(icu::UnicodeString::fromUTF8("[^俱跤箝苎吒阪摺]"), status));
        return made;
    }();
    return kept.get();
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::u32string simplify(const std::u32string& text) {
    icu::Transliterator* const to_simplified = simplifier();
    if (!to_simplified) return text;
    auto utf16 =
        icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()));
    to_simplified->transliterate(utf16);
    std::string utf8;
    auto simplified = detail::to_u32(utf16.toUTF8String(utf8));
    // 乾 is qián in these and keeps its shape; a county of 咸阳 is among them.
    replace_all(simplified, U"干县", U"乾县");
    replace_all(simplified, U"干隆", U"乾隆");
    replace_all(simplified, U"干坤", U"乾坤");
    return simplified;
}

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\r' || c == U'\n' || c == 0x3000; }
bool is_invisible(char32_t c) {
    return c == 0x20E3 || (c < 0x20 && !is_space(c)) || c == 0x7F || (c >= 0xE000 && c <= 0xF8FF);
}
bool is_mark(char32_t c) {
    return c == U'.' || c == U',' || c == U'?' || c == U'!' || c == U'。' || c == U'、' || c == U'~' || c == U';' ||
           c == U':' || c == U'-' || c == U'…' || c == U'—';
}
/// A space next to one of these separates nothing: Chinese is written without.
bool is_cjk(char32_t c) { return is_han(c) || (c >= 0x3001 && c <= 0x3011); }
bool joins(char32_t left, char32_t right) {
    const auto solid = [](char32_t c) { return is_cjk(c) || is_digit(c) || is_latin(c) || is_mark(c); };
    return (is_cjk(left) && solid(right)) || (is_cjk(right) && solid(left));
}

/// A third 啊 in a row says no more than two. Numerals may stand thrice: 一三八八八八.
bool drags_on(const std::u32string& out, char32_t c) {
    static constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九";
    const auto n = out.size();
    return n >= 2 && is_han(c) && out[n - 1] == c && out[n - 2] == c && kNumerals.find(c) == kNumerals.npos;
}

/// Spaces inside Chinese go, other runs of spaces become one, repeated marks become one (?!?! a question).
std::u32string tidy(const std::u32string& text) {
    std::u32string out;
    out.reserve(text.size());
    bool space = false;
    for (const char32_t raw : text) {
        const char32_t c = unify_radical(raw);
        if (is_space(c)) {
            space = true;
            continue;
        }
        if (is_invisible(c)) continue;
        if (space && !out.empty() && !joins(out.back(), c)) out.push_back(U' ');
        space = false;
        const bool shouting = !out.empty() && (c == U'?' || c == U'!') && (out.back() == U'?' || out.back() == U'!');
        if (shouting) {
            if (c == U'?') out.back() = c;
        } else if (out.empty() || ((!is_mark(c) || out.back() != c) && !drags_on(out, c))) {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace

std::string normalise(std::string_view text) {
    auto folded = detail::to_u32(fold(text));
    for (const char32_t c : folded) {
        if (!detail::is_traditional_only(c)) continue;
        folded = simplify(folded);
        break;
    }
    return detail::to_utf8(tidy(folded));
}

}  // namespace yuanda::nlu
