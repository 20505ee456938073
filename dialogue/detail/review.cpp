// The last step of the interview: everything on one card, edits by number, and the submission.
#include "casework/clock.hpp"
#include "casework/eligibility.hpp"
#include "core/text.hpp"
#include "dialogue/detail/oral.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;
using Meaning = OfferedChoice::Meaning;

constexpr std::string_view kConfirm = "confirm";
constexpr std::string_view kEdit = "edit";
constexpr std::string_view kEditOne = "edit:";

std::vector<const Field*> shown_fields(const Turn& turn) {
    std::vector<const Field*> out;
    const auto& facts = turn.plan.memory.flow->facts;
    for (const auto& field : turn.tools.form.fields)
        if (turn.tools.form.applies(field, facts)) out.push_back(&field);
    return out;
}

/// 改3, 修改第3项, 改姓名; null when the message names no field.
const Field* field_to_edit(const Turn& turn) {
    const std::string& text = turn.ear.text;
    if (turn.ear.taken && turn.ear.taken->value.starts_with(kEditOne))
        return turn.tools.form.find(turn.ear.taken->value.substr(kEditOne.size()));
    const auto at = text.find("改");
    if (at == std::string::npos) return nullptr;
    std::string rest = text.substr(at + std::string_view("改").size());
    const auto fields = shown_fields(turn);
    for (const auto* field : fields)
        if (rest.find(field->label) != std::string::npos) return field;
    for (const std::string_view word : {"第", "项", "条", "成", " "})
        for (auto found = rest.find(word); found != std::string::npos; found = rest.find(word))
            rest.erase(found, word.size());
    const auto number = spoken_number(rest);
    if (!number || *number < 1 || static_cast<std::size_t>(*number) > fields.size()) return nullptr;
    return fields[static_cast<std::size_t>(*number) - 1];
}

void offer_fields(Turn& turn) {
    turn.decide(Decision::Flow, "flow.edit", ReplyKind::Intake);
    turn.say("intake.edit_which");
    for (const auto* field : shown_fields(turn))
        turn.offer(Meaning::FlowAnswer, field->label, std::string(kEditOne) + field->key);
}

void edit(Turn& turn, const Field& field) {
    auto& flow = *turn.memory().flow;
    turn.decide(Decision::Flow, "flow.edit." + field.key, ReplyKind::Intake);
    flow.step = field.key;
    flow.editing = true;
    flow.attempts = 0;
    ask_step(turn);
}

bool is_urgent(const Turn& turn, const casework::Facts& facts) {
    const auto deadline = facts.find("deadline");
    const auto date = deadline == facts.end() ? std::nullopt : parse_iso_date(deadline->second);
    return date && (sys_days{*date} - sys_days{turn.today()}).count() < casework::kUrgentBelowDays;
}

casework::Facts facts_to_submit(const Turn& turn) {
    const auto& facts = turn.plan.memory.flow->facts;
    casework::Facts out;
    for (const auto* field : shown_fields(turn))
        for (const auto& key : {field->key, field->key + "_code"})
            if (const auto fact = facts.find(key); fact != facts.end() && !fact->second.empty()) out.insert(*fact);
    return out;
}

casework::Application application_of(const Turn& turn) {
    casework::Application application;
    application.id = turn.new_application;
    application.serial = std::max(1, turn.findings.next_serial);
    application.year = int(turn.today().year());
    application.centre = turn.tools.centre_short;
    application.number = casework::application_number(application.centre, application.year, application.serial);
    application.facts = facts_to_submit(turn);
    const auto topic = application.facts.find("topic");
    application.topic = topic == application.facts.end() ? std::string{} : topic->second;
    application.matter = turn.tools.form.matter_of(application.topic);
    application.urgent = is_urgent(turn, application.facts);
    application.contact = turn.conversation.contact;
    application.conversation = turn.conversation.id;
    return application;
}

void submit(Turn& turn) {
    turn.decide(Decision::Flow, "flow.submit", ReplyKind::Intake);
    casework::Application application = application_of(turn);
    if (const auto moved = casework::apply(application, casework::Action::Submit, {}, {}, turn.now); !moved)
        return show_review(turn);
    const auto clock = casework::review_clock(application, *turn.tools.calendar, turn.now);
    const auto outlook = casework::assess(application.topic, application.facts).outlook;

    turn.say("submitted.head", {{"number", application.number}});
    turn.say("submitted.clock", {{"due", day_phrase(turn.today(), clock.due)}});
    if (clock.estimated) turn.say("submitted.estimated");
    if (application.urgent) turn.say("submitted.urgent");
    turn.say("submitted." + std::string(casework::name_of(outlook)));
    turn.say("submitted.next");
    turn.plan.reply.sections.push_back(
        {turn.text("submitted.bring"), false, turn.tools.form.to_bring(application.facts)});

    if (application.urgent) turn.plan.effects.emplace_back(AlertDesk{});
    turn.plan.effects.emplace_back(SubmitApplication{std::move(application)});
    end_flow(turn);
}

}  // namespace

std::string shown_value(const Turn& turn, const Field& field) {
    const auto& facts = turn.plan.memory.flow->facts;
    const auto fact = facts.find(field.key);
    if (fact == facts.end() || fact->second.empty()) return turn.text("review.skipped");
    if (field.kind == FieldKind::Date)
        if (const auto date = parse_iso_date(fact->second)) return chinese_date(*date);
    for (const auto& option : field.options)
        if (option.value == fact->second && option.quiet && turn.plan.memory.quiet) return turn.text("quiet.topic");
    return turn.tools.form.read_back(field, fact->second);
}

void show_review(Turn& turn) {
    auto& flow = *turn.memory().flow;
    flow.step = "review";
    flow.editing = false;
    const Form& form = turn.tools.form;
    const int last = static_cast<int>(form.sections.size()) + 1;
    turn.plan.reply.progress = Progress{.step = last, .of = last, .title = form.review_title};
    turn.say("review.head");
    turn.say("review.how");
    ReplySection section{.title = turn.text("review.title"), .ordered = true, .items = {}};
    for (const auto* field : shown_fields(turn))
        section.items.push_back(field->label + "：" + shown_value(turn, *field));
    turn.plan.reply.sections.push_back(std::move(section));
    turn.forget_choices();
    turn.offer(Meaning::FlowAnswer, turn.text("choice.confirm"), std::string(kConfirm));
    turn.offer(Meaning::FlowAnswer, turn.text("choice.edit"), std::string(kEdit));
}

void review_turn(Turn& turn) {
    const auto& texts = turn.tools.texts;
    const std::string taken = turn.ear.taken ? turn.ear.taken->value : std::string{};
    if (taken == kConfirm || texts.lists("words.confirm", turn.ear.text)) return submit(turn);
    if (taken == kEdit || texts.lists("words.edit", turn.ear.text)) return offer_fields(turn);
    if (const auto* field = field_to_edit(turn)) return edit(turn, *field);
    if (!turn.ear.taken && (turn.heard.intent == nlu::Intent::Yes || texts.lists("words.yes", turn.ear.text)))
        return submit(turn);
    turn.decide(Decision::Flow, "flow.review", ReplyKind::Intake);
    show_review(turn);
}

}  // namespace yuanda::dialogue
