// A conversation as a test tells it: say something, look at the plan; the fakes stand in for nlu and the index.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dialogue/planner.hpp"
#include "tests/support/manual_clock.hpp"

namespace yuanda::dialogue::test {

/// Knows a handful of words, enough for the conversations of these tests.
class FakeReader : public nlu::Reader {
public:
    nlu::Understanding read(std::string_view utterance) const override;
    std::string topic_name(std::string_view topic) const override;
};

/// The reader that is shipped, for conversations that depend on what people really say.
std::shared_ptr<const nlu::Reader> shipped_reader();

/// Two entries on wages, one on deposits, two on violence, one that has expired.
std::shared_ptr<const kb::Base> fixture_base();
std::shared_ptr<const Calendar> shipped_calendar();
/// The shipped texts, form, hotlines and divisions.
PlannerSources shipped_sources();

class Talk {
public:
    Talk();
    /// Understood by `reader`; knows the same entries.
    explicit Talk(std::shared_ptr<const nlu::Reader> reader);

    /// The contact writes; memory, ownership and sequence advance as the gateway would do it.
    const TurnPlan& say(const std::string& text);
    const TurnPlan& tap(const std::string& choice_id, const std::string& text = {});
    const TurnPlan& send(std::vector<Part> parts);
    /// Taps the offered choice with this text; throws when it is not on offer.
    const TurnPlan& choose(const std::string& text);

    /// What the index would find for searches containing `word`.
    void finds(const std::string& word, double confidence, std::vector<kb::Hit> hits);
    /// Starts the interview and answers up to `step`.
    void apply_until(const std::string& step);

    std::string text() const;  // the last reply as plain text
    std::vector<std::string> choices() const;
    bool says(const std::string& words) const { return text().find(words) != std::string::npos; }
    template <class T>
    const T* effect() const {
        for (const auto& effect : plan.effects)
            if (const auto* found = std::get_if<T>(&effect)) return found;
        return nullptr;
    }
    const std::string& step() const { return conversation.memory.flow->step; }
    const std::map<std::string, std::string>& facts() const { return conversation.memory.flow->facts; }

    yuanda::test::ManualClock clock;
    Conversation conversation;
    Findings findings;  // desk and applications; hits are put in by say()
    std::optional<Lookup> looked_up;
    TurnPlan plan;

private:
    std::shared_ptr<const Planner> planner_;
    std::shared_ptr<const nlu::Reader> reader_;
    std::shared_ptr<const kb::Base> base_;
    std::vector<std::pair<std::string, kb::Hits>> index_;
};

kb::Hit hit(const std::string& entry, const std::string& question, double score);

}  // namespace yuanda::dialogue::test
