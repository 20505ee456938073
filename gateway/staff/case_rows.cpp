// JSON of applications: the row, the clock, and the facts under the form's labels, masked by their kind.
#include "casework/eligibility.hpp"
#include "core/text.hpp"
#include "gateway/staff/rows.hpp"

namespace yuanda::gateway::staff {
namespace {

using casework::Application;

std::string fact(const casework::Facts& facts, const std::string& key) {
    const auto found = facts.find(key);
    return found == facts.end() ? std::string{} : found->second;
}

bool is_masked(dialogue::FieldKind kind) {
    using dialogue::FieldKind;
    return kind == FieldKind::Name || kind == FieldKind::Phone || kind == FieldKind::Identity;
}

Json field_json(const std::string& key, const std::string& label, const std::string& value, bool masked) {
    return {{"key", key}, {"label", label}, {"value", value}, {"masked", masked}, {"source", "对话"}};
}

Json sections_json(const Application& application, const dialogue::Form& form) {
    Json sections = Json::array();
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        Json fields = Json::array();
        for (const auto& field : form.fields) {
            const auto found = application.facts.find(field.key);
            if (field.section != form.sections[i] || found == application.facts.end() || found->second.empty())
                continue;
            fields.push_back(
                field_json(field.key, field.label, form.masked(field, found->second), is_masked(field.kind)));
        }
        if (!fields.empty()) sections.push_back({{"title", form.staff_sections[i]}, {"fields", std::move(fields)}});
    }
    // Facts of an older form have no label any more. What they are is unknown, so nothing of them is shown.
    Json rest = Json::array();
    for (const auto& [key, value] : application.facts)
        if (!form.find(key) && !form.derives(key) && !value.empty())
            rest.push_back(field_json(key, "已停用的一项", "***", true));
    if (!rest.empty()) sections.push_back({{"title", "旧表的内容"}, {"fields", std::move(rest)}});
    return sections;
}

/// What became of it: "page" where our own page shows it, "settled" where somebody told the applicant otherwise.
std::string notice_state(const storage::Milestone& milestone) {
    if (milestone.settled) return "settled";
    return milestone.delivery.empty() ? "page" : milestone.delivery;
}

}  // namespace

Json clock_json(const Application& application, const Calendar& calendar, TimePoint now) {
    if (application.state == casework::State::Draft || application.submitted_at == TimePoint{}) return nullptr;
    const auto clock = casework::review_clock(application, calendar, now);
    Json days = Json::array();
    for (const auto& day : clock.days)
        days.push_back({{"date", iso_date(day.date)}, {"mark", casework::name_of(day.mark)}});
    return {{"kind", clock.kind},           {"starts", iso_date(clock.starts)},
            {"due", iso_date(clock.due)},   {"due_at", to_epoch_ms(clock.due_at)},
            {"days_left", clock.days_left}, {"state", casework::name_of(clock.state)},
            {"explain", clock.explain},     {"days", std::move(days)}};
}

Json application_row_json(const Application& application, const std::string& channel, const Calendar& calendar,
                          TimePoint now) {
    const std::string name = fact(application.facts, "name");
    return {{"id", application.id.value},
            {"number", application.number},
            {"name", name.empty() ? "未填姓名" : masked_name(name)},
            {"matter", application.matter},
            {"topic", application.topic},
            {"state", casework::name_of(application.state)},
            {"state_name", casework::chinese_name_of(application.state)},
            {"submitted_at", to_epoch_ms(application.submitted_at)},
            {"clock", clock_json(application, calendar, now)},
            {"urgent", application.urgent},
            {"channel", channel}};
}

Json application_json(const Application& application, const dialogue::Form& form, const std::string& channel,
                      const Calendar& calendar, TimePoint now) {
    const auto outlook = casework::assess(application.topic, application.facts);
    Json json = application_row_json(application, channel, calendar, now);
    json["sections"] = sections_json(application, form);
    json["missing"] = application.missing;
    json["eligibility"] = {
        {"result", casework::name_of(outlook.outlook)}, {"grounds", outlook.grounds}, {"text", outlook.text}};
    json["conversation"] = application.conversation.value;
    return json;
}

Json milestone_json(const storage::Milestone& milestone, const std::map<std::string, std::string>& names) {
    const auto& move = milestone.move;
    const auto known = names.find(move.who);
    Json json = {{"at", to_epoch_ms(move.at)},
                 {"who", known == names.end() ? move.who : known->second},
                 {"from", casework::name_of(move.from)},
                 {"from_name", casework::chinese_name_of(move.from)},
                 {"to", casework::name_of(move.to)},
                 {"to_name", casework::chinese_name_of(move.to)},
                 {"reason", move.reason}};
    if (move.action != casework::Action::AskSupplement) return json;
    json["missing"] = move.missing;
    json["notice"] = milestone.notice.empty()
                         ? Json(nullptr)
                         : Json{{"message", milestone.notice.value}, {"state", notice_state(milestone)}};
    return json;
}

}  // namespace yuanda::gateway::staff
