// The application interview: one question at a time, answers kept, questions answered in between.
#include <algorithm>

#include "core/text.hpp"
#include "dialogue/detail/field_answer.hpp"
#include "dialogue/detail/oral.hpp"
#include "dialogue/detail/turn.hpp"

namespace yuanda::dialogue {
namespace {

using namespace std::chrono;
using Meaning = OfferedChoice::Meaning;

constexpr int kStuckAfter = 2;               // failed answers before a person is offered
constexpr std::size_t kLongestRefusal = 12;  // characters; longer ones have something to tell

Progress progress_of(const Form& form, const Field& field) {
    const auto section = std::find(form.sections.begin(), form.sections.end(), field.section);
    return {.step = static_cast<int>(section - form.sections.begin()) + 1,
            .of = static_cast<int>(form.sections.size()) + 1,  // and the review
            .title = field.section};
}

void offer_options(Turn& turn, const Field& field) {
    for (const auto& option : field.options) {
        const bool veiled = option.quiet && turn.memory().quiet;
        turn.offer(Meaning::FlowAnswer, veiled ? turn.text("quiet.topic") : option.text, option.value);
    }
    if (!field.required && field.options.empty()) turn.offer(Meaning::FlowAnswer, turn.text("choice.skip"));
    const auto& flow = *turn.memory().flow;
    if (!flow.editing && !turn.tools.form.previous_step(flow.step, flow.facts).empty())
        turn.offer(Meaning::FlowBack, turn.text("choice.back"));
    if (flow.attempts >= kStuckAfter) turn.offer_human();
}

void mention_deadline(Turn& turn, const casework::Facts& answer) {
    const auto deadline = answer.find("deadline");
    if (deadline == answer.end()) return;
    const auto date = parse_iso_date(deadline->second);
    if (!date) return;
    const auto left = (sys_days{*date} - sys_days{turn.today()}).count();
    if (left < 0)
        turn.say("intake.passed");
    else if (left < casework::kUrgentBelowDays)
        turn.say("intake.urgent", {{"days", std::to_string(left)}});
}

/// Keeps facts mentioned beside the answer, for questions not asked yet: 我叫王秀英，六十二了，周至的.
void keep_what_else_was_said(Turn& turn, const Field& field, const casework::Facts& answer) {
    if (field.free) return;
    auto& facts = turn.memory().flow->facts;
    const Oral oral = listen_for_facts(turn.ear.text, turn.tools.divisions);
    std::string items;
    const auto keep = [&](const std::string& key, const std::string& value) {
        const Field* other = turn.tools.form.find(key);
        if (!other || value.empty() || key == field.key || answer.contains(key) || facts.contains(key)) return;
        facts[key] = value;
        items += (items.empty() ? "" : "、") + other->label + turn.tools.form.read_back(*other, value);
    };
    keep("name", oral.name);
    keep("age", oral.age ? std::to_string(*oral.age) : std::string{});
    if (oral.home && field.kind != FieldKind::Division) {
        keep("home", oral.home->name);
        if (facts.contains("home")) facts.emplace("home_code", oral.home->code);
    }
    keep("phone", oral.phone);
    if (!items.empty()) turn.say("intake.heard", {{"items", items}});
}

void store(Turn& turn, const casework::Facts& answer) {
    auto& flow = *turn.memory().flow;
    for (const auto& [key, value] : answer) flow.facts[key] = value;
    flow.attempts = 0;
    flow.editing = false;
    flow.step = turn.tools.form.next_step(flow.facts);
    mention_deadline(turn, answer);
}

void refuse_without_consent(Turn& turn) {
    turn.decide(Decision::Flow, "flow.no_consent", ReplyKind::Intake);
    end_flow(turn);
    turn.say("intake.no_consent");
    turn.offer_human();
}

bool try_leaving(Turn& turn) {
    auto& flow = *turn.memory().flow;
    if (!flow.leaving) return false;
    flow.leaving = false;
    const bool tapped = turn.ear.taken && turn.ear.taken->meaning == Meaning::Dismiss;
    if (turn.heard.intent == nlu::Intent::Yes || turn.tools.texts.lists("words.yes", turn.ear.text)) {
        flow_cancel(turn);  // 是 to 要放弃填写吗
        return true;
    }
    if (!tapped && turn.heard.intent != nlu::Intent::No && !turn.tools.texts.lists("words.no", turn.ear.text))
        return false;  // an answer to the question before: the person goes on
    turn.decide(Decision::Flow, "flow.go_on", ReplyKind::Intake);
    turn.say("intake.again_after_answer");
    ask_step(turn);
    return true;
}

/// A clear question in the middle is answered, then the step is asked again.
bool try_digression(Turn& turn) {
    const auto& hits = turn.findings.hits;
    if (turn.ear.search.empty() || hits.hits.empty() || hits.confidence < turn.tools.thresholds.answer) return false;
    const auto* entry = turn.base.find(hits.hits.front().entry);
    const auto answer = entry ? turn.base.answer(*entry, turn.today()) : std::nullopt;
    if (!answer) return false;
    turn.decide(Decision::Answer, "flow.digression", ReplyKind::Intake);
    turn.plan.entry = entry->id;
    turn.plan.confidence = hits.confidence;
    // The conclusion alone: the steps would push the open question out of sight. One paragraph, so that its articles
    // stand below it and not between the question and why it is asked (plain_text of core/reply.hpp).
    std::string conclusion;
    for (const auto& paragraph : answer->paragraphs) conclusion += (conclusion.empty() ? "" : "\n") + paragraph;
    turn.plan.reply.paragraphs = {conclusion};
    turn.plan.reply.citations = answer->citations;
    keep_last(turn.memory().asked, turn.ear.text);
    keep_last(turn.memory().answered, entry->question);
    turn.say("intake.again_after_answer");
    ask_step(turn);
    return true;
}

/// 不想说, 问这个干嘛: neither an answer nor a mistake. In a story the same words belong to it unless they stand alone.
bool refuses(const Turn& turn, const Field& field) {
    const auto& texts = turn.tools.texts;
    const std::string& text = turn.ear.text;
    if (texts.lists("words.refuse", text) || texts.lists("words.why", text)) return true;
    return !field.free && code_points(text) <= kLongestRefusal && texts.mentions("words.refuse", text);
}

void respect_refusal(Turn& turn, const Field& field) {
    auto& flow = *turn.memory().flow;
    if (!field.required) {
        store(turn, {{field.key, ""}});
        return ask_step(turn);
    }
    turn.plan.rule = "flow.refused";
    turn.say("intake.refused");
    flow.attempts = std::max(flow.attempts + 1, kStuckAfter);  // a person is offered at once
    ask_step(turn);
}

void answer_step(Turn& turn, const Field& field) {
    auto& flow = *turn.memory().flow;
    turn.decide(Decision::Flow, "flow." + field.key, ReplyKind::Intake);
    if (turn.ear.taken && turn.ear.taken->meaning == Meaning::FlowAnswer) {
        if (field.kind == FieldKind::YesNo && turn.ear.taken->value == "no") return refuse_without_consent(turn);
        store(turn, {{field.key, turn.ear.taken->value}});
        return ask_step(turn);
    }
    const Saying saying{turn.ear.text, turn.heard, turn.today()};
    const bool option = matching_option(field, turn.ear.text) != nullptr;
    if (!option && field.kind != FieldKind::YesNo && turn.tools.texts.lists("words.skip", turn.ear.text)) {
        if (field.required)
            turn.say("intake.cannot_skip");
        else
            store(turn, {{field.key, ""}});
        return ask_step(turn);
    }
    const bool takes_anything = field.kind == FieldKind::Name || field.kind == FieldKind::Text;
    if (!option && takes_anything && refuses(turn, field)) return respect_refusal(turn, field);
    const bool asks = turn.heard.question_word && field.kind == FieldKind::Text && !field.free;
    if (asks && try_digression(turn)) return;
    const auto answer = parse_answer(field, saying, turn.tools.divisions, turn.tools.texts);
    if (!answer) {
        if (refuses(turn, field)) return respect_refusal(turn, field);
        if (try_digression(turn)) return;
        ++flow.attempts;
        turn.say("intake.bad." + answer.error().detail);
        if (flow.attempts >= kStuckAfter) turn.say("intake.stuck");
        return ask_step(turn);
    }
    if (field.key == "consent" && answer->at(field.key) == "no") return refuse_without_consent(turn);
    keep_what_else_was_said(turn, field, *answer);
    store(turn, *answer);
    ask_step(turn);
}

}  // namespace

void begin_flow(Turn& turn) {
    auto& memory = turn.memory();
    memory.wants_to_apply = false;
    Flow flow;
    flow.form = turn.tools.form.id;
    // What the conversation was about need not be asked again; the review shows it and lets it be changed.
    const bool known = turn.tools.form.matters.contains(memory.topic);
    if (known) flow.facts["topic"] = memory.topic;
    flow.step = turn.tools.form.next_step(flow.facts);
    memory.flow = std::move(flow);
    turn.decide(Decision::Flow, "flow.start", ReplyKind::Intake);
    turn.say("intake.start");
    ask_step(turn);
}

void end_flow(Turn& turn) {
    turn.memory().flow.reset();
    turn.forget_choices();
}

void ask_step(Turn& turn) {
    auto& flow = *turn.memory().flow;
    const Field* field = turn.tools.form.find(flow.step);
    if (!field && flow.step != "review") {  // the form has changed since
        flow.step = turn.tools.form.next_step(flow.facts);
        field = turn.tools.form.find(flow.step);
    }
    if (!field) return show_review(turn);
    const auto current = flow.facts.find(field->key);
    if (current != flow.facts.end() && !current->second.empty())
        turn.say("intake.current", {{"value", shown_value(turn, *field)}});
    turn.plan.reply.paragraphs.push_back(field->ask);
    turn.plan.reply.why = turn.text("intake.why", {{"why", field->why}});
    turn.plan.reply.progress = progress_of(turn.tools.form, *field);
    turn.forget_choices();
    offer_options(turn, *field);
}

void flow_back(Turn& turn) {
    auto& flow = *turn.memory().flow;
    turn.decide(Decision::Flow, "flow.back", ReplyKind::Intake);
    flow.attempts = 0;
    flow.leaving = false;
    flow.editing = false;
    const std::string before = turn.tools.form.previous_step(flow.step, flow.facts);
    if (before.empty())
        turn.say("intake.first_step");
    else
        flow.step = before;
    ask_step(turn);
}

void flow_cancel(Turn& turn) {
    auto& flow = *turn.memory().flow;
    turn.decide(Decision::Flow, "flow.cancel", ReplyKind::Intake);
    const bool said_twice = turn.conversation.memory.flow && turn.conversation.memory.flow->leaving;
    if (said_twice) {
        end_flow(turn);
        turn.say("intake.cancelled");
        return;
    }
    flow.leaving = true;
    turn.say("intake.cancel_ask");
    turn.offer(Meaning::Cancel, turn.text("choice.give_up"));
    turn.offer(Meaning::Dismiss, turn.text("choice.go_on"));
    turn.offer_human();
}

bool try_flow(Turn& turn) {
    if (!turn.ear.in_flow) return false;
    auto& flow = *turn.memory().flow;
    flow.paused = false;
    if (try_leaving(turn)) return true;
    const bool old_choice = turn.ear.tap == Tap::Stale || turn.ear.tap == Tap::Expired;
    if (turn.ear.text.empty() || old_choice) {
        turn.decide(Decision::Flow, "flow.again", ReplyKind::Intake);
        turn.say(old_choice ? "notice.stale" : turn.ear.unreadable ? "notice.unreadable" : "notice.nothing_heard");
        ask_step(turn);
        return true;
    }
    const Field* field = turn.tools.form.find(flow.step);
    if (!field) {
        if (flow.step == "review" && try_digression(turn)) return true;
        review_turn(turn);
        return true;
    }
    answer_step(turn, *field);
    return true;
}

}  // namespace yuanda::dialogue
