// Puts the parts together: one utterance in, one Understanding out, nothing kept.
#include "nlu/reader.hpp"

#include "nlu/detail/entities.hpp"
#include "nlu/detail/intents.hpp"
#include "nlu/detail/lexicon.hpp"
#include "nlu/detail/risks.hpp"
#include "nlu/detail/topics.hpp"
#include "nlu/detail/utf8.hpp"
#include "nlu/detail/words.hpp"

namespace yuanda::nlu {
namespace {

constexpr std::size_t kMaxChars = 8000;

/// The first kMaxChars characters, never half of one.
std::string_view cut(std::string_view text) {
    std::size_t chars = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
        if (starts && chars++ == kMaxChars) return text.substr(0, i);
    }
    return text;
}

class TableReader final : public Reader {
public:
    TableReader(detail::Lexicon lexicon, detail::Topics topics, detail::Intents intents, detail::Risks risks)
        : lexicon_{std::move(lexicon)},
          topics_{std::move(topics)},
          intents_{std::move(intents)},
          risks_{std::move(risks)} {}

    Understanding read(std::string_view utterance) const override {
        Understanding u;
        u.original = cut(utterance);
        u.normalised = normalise(u.original);
        const auto chars = detail::decode(u.normalised);
        const auto plain = lexicon_.plain(chars.text);
        u.plain = plain == chars.text ? u.normalised : detail::to_utf8(plain);
        // Danger before everything else, as the conversation will ask for it.
        auto dangers = risks_.find(plain);
        u.told = std::move(dangers.told);
        for (auto& found : dangers.now) {
            u.risks.push_back(found.risk);
            u.risk_rules.push_back(std::move(found.rule));
        }
        u.topics = topics_.guess(plain);
        u.named_topic = topics_.named(plain);
        const auto words = detail::longest(lexicon_.words.scan(chars.text));
        u.entities = detail::find_entities(chars, u.normalised, lexicon_, words);
        u.number_choice = detail::read_choice(chars.text);
        read_intent(u, plain);
        for (const auto& span : detail::with_lexicon(detail::word_spans(chars.text), words)) {
            u.segments.push_back(chars.slice(u.normalised, span.begin, span.end));
        }
        return u;
    }

    std::string topic_name(std::string_view topic) const override { return topics_.name(topic); }

private:
    void read_intent(Understanding& u, const std::u32string& plain) const {
        detail::IntentContext context{.topic = !u.topics.empty()};
        for (const auto& entity : u.entities) {
            context.cites_article =
                context.cites_article || (entity.kind == Entity::Kind::Statute && entity.value.ends_with("条"));
        }
        const auto guess = intents_.guess(plain, context);
        u.intent = guess.intent;
        u.intent_confidence = guess.confidence;
        u.question_word = guess.question_word;
        u.opener = guess.opener;
        u.unfinished = guess.unfinished;
    }

    detail::Lexicon lexicon_;
    detail::Topics topics_;
    detail::Intents intents_;
    detail::Risks risks_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_reader(const ReaderSources& sources) {
    auto lexicon = detail::parse_lexicon(sources.lexicon);
    if (!lexicon) return lexicon.error();
    auto topics = detail::Topics::parse(sources.topics);
    if (!topics) return topics.error();
    auto intents = detail::Intents::parse(sources.intents);
    if (!intents) return intents.error();
    auto risks = detail::Risks::parse(sources.risks);
    if (!risks) return risks.error();
    return std::unique_ptr<Reader>{
        std::make_unique<TableReader>(std::move(*lexicon), std::move(*topics), std::move(*intents), std::move(*risks))};
}

}  // namespace yuanda::nlu
