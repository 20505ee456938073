// Asks the rules in their order and finishes what the first one that decides has written.
#include "dialogue/planner.hpp"

#include "core/text.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

constexpr std::size_t kRecent = 3;          // utterances of the safety window
constexpr std::size_t kRecentLength = 200;  // characters kept of each

using Rule = bool (*)(Turn&);
constexpr std::array<Rule, 13> kRules{try_safety,  try_silence,  try_event,     try_group_privacy, try_command,
                                      try_waiting, try_flow,     try_choice,    try_menu,          try_unreadable,
                                      try_unclear, try_fragment, try_small_talk};

/// The first reply says that a machine speaks, in a small line beside the words; an emergency text stays alone, and so
/// does a nod to somebody who has not asked yet.
void introduce(Turn& turn) {
    auto& memory = turn.memory();
    auto& reply = turn.plan.reply;
    const bool person = turn.plan.ownership.owner == desk::Owner::Human;
    const bool alone = reply.kind == ReplyKind::Safety || turn.ear.fragment || person;
    if (memory.greeted || reply.empty() || alone) return;
    memory.greeted = true;
    reply.note = turn.text(memory.quiet ? "notice.bot_quiet" : "notice.bot");
}

void remember_utterance(Turn& turn) {
    if (turn.ear.event) return;
    auto& memory = turn.memory();
    ++memory.turns;
    // What has raised a risk has been heard: it must not raise another one together with later words.
    if (turn.ear.text.empty() || turn.group() || !turn.ear.risks.empty()) return;
    memory.recent_at = turn.now;
    memory.recent.emplace_back(utf8_prefix(turn.ear.text, kRecentLength));
    if (memory.recent.size() > kRecent) memory.recent.erase(memory.recent.begin());
}

class TablePlanner : public Planner {
public:
    explicit TablePlanner(Tools tools) : tools_(std::move(tools)) {}

    std::optional<Lookup> lookup(const Conversation& conversation, const Message& message,
                                 const nlu::Understanding& understanding, TimePoint now) const override {
        const Ear ear = listen(tools_, conversation, message, understanding, now);
        const bool bot_speaks = conversation.ownership.owner != desk::Owner::Human && ear.risks.empty();
        const bool reviewing = ear.in_flow && conversation.memory.flow->step == "review";
        Lookup lookup;
        lookup.search = ear.search;
        if (!lookup.search.empty()) lookup.topic = ear.topic;
        lookup.applications = bot_speaks && ear.command == Command::Progress && !conversation.key.group;
        lookup.next_serial = bot_speaks && reviewing && ear.command == Command::None;
        if (lookup == Lookup{}) return std::nullopt;
        return lookup;
    }

    TurnPlan plan(const Conversation& conversation, const Message& message, const nlu::Understanding& understanding,
                  const Findings& findings, const kb::Base& base, const ApplicationId& new_application,
                  TimePoint now) const override {
        const Ear ear = listen(tools_, conversation, message, understanding, now);
        const auto& heard = ear.joined ? *ear.joined : understanding;
        Turn turn{tools_, conversation, message, heard, findings, base, new_application, now, ear, {}};
        turn.plan.memory = conversation.memory;
        turn.plan.memory.fragment.reset();
        turn.plan.ownership =
            turn.ear.event ? conversation.ownership : desk::contact_wrote(conversation.ownership, now);
        const bool decided = std::any_of(kRules.begin(), kRules.end(), [&](Rule rule) { return rule(turn); });
        if (!decided) answer_question(turn);
        turn.plan.tells = ear.tells;
        remember_utterance(turn);
        introduce(turn);
        return std::move(turn.plan);
    }

private:
    Tools tools_;
};

}  // namespace

Result<std::unique_ptr<Planner>> make_planner(const PlannerSources& sources, std::shared_ptr<const Calendar> calendar,
                                              std::shared_ptr<const nlu::Reader> reader) {
    if (!calendar || !reader) return invalid("planner: no calendar or no reader");
    const auto numbers = kb::References::from_json(R"({"deadlines":[]})", sources.hotlines);
    if (!numbers) return numbers.error();
    auto texts = Texts::from_toml(sources.texts, numbers->hotlines);
    if (!texts) return texts.error();
    auto form = parse_form(sources.form);
    if (!form) return form.error();
    auto divisions = Divisions::from_json(sources.divisions);
    if (!divisions) return divisions.error();
    auto menu = Menu::from_toml(sources.menu);
    if (!menu) return menu.error();
    return std::unique_ptr<Planner>(std::make_unique<TablePlanner>(
        Tools{std::move(*texts), std::move(*form), std::move(*divisions), std::move(*menu), sources.centre_short,
              sources.centre_name, sources.centre_address, sources.hours, sources.thresholds, std::move(calendar),
              std::move(reader)}));
}

}  // namespace yuanda::dialogue
