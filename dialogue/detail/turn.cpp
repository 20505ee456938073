// Writing a plan: paragraphs, choices that can be taken later, and times as people say them.
#include "dialogue/detail/turn.hpp"

#include "core/text.hpp"

namespace yuanda::dialogue {

std::string clock_phrase(std::chrono::minutes time_of_day) {
    const auto minute = time_of_day.count();
    const auto rest = std::to_string(minute % 60);
    return std::to_string(minute / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

void Turn::decide(Decision decision, std::string rule, ReplyKind kind) {
    plan.decision = decision;
    plan.rule = std::move(rule);
    plan.reply.kind = kind;
}

void Turn::say(std::string_view key, const Values& values) {
    for (auto& line : tools.texts.lines(key, values)) plan.reply.paragraphs.push_back(std::move(line));
}

void Turn::forget_choices() {
    offering = true;
    plan.memory.offered.clear();
    plan.memory.offered_at.reset();
}

void Turn::remember(Meaning meaning, const std::string& label, std::string value) {
    if (!offering) forget_choices();
    // The sequence of this message makes the id unlike that of any older card still on a screen.
    const std::string id =
        std::to_string(conversation.last_seq + 1) + "." + std::to_string(plan.memory.offered.size() + 1);
    plan.memory.offered.push_back({id, label, meaning, std::move(value)});
    plan.memory.offered_at = now;
}

void Turn::offer(Meaning meaning, std::string label, std::string value) {
    remember(meaning, label, std::move(value));
    const auto& offered = plan.memory.offered.back();
    plan.reply.choices.push_back({offered.id, std::move(label), is_aside(offered)});
}

void Turn::offer_follow_up(Meaning meaning, std::string label, std::string value) {
    remember(meaning, label, std::move(value));
    plan.reply.follow_ups.push_back(std::move(label));
}

void keep_last(std::vector<std::string>& list, std::string_view item) {
    constexpr std::size_t kKept = 10;
    constexpr std::size_t kLongest = 200;
    if (item.empty()) return;
    list.emplace_back(utf8_prefix(item, kLongest));
    if (list.size() > kKept) list.erase(list.begin());
}

std::string day_phrase(Date today, Date day) {
    const std::string whole = chinese_date(day);
    if (day.year() == today.year()) return whole.substr(whole.find("年") + std::string_view("年").size());
    return whole;
}

std::string time_phrase(TimePoint now, TimePoint when) {
    const auto days = (std::chrono::sys_days{china_date(when)} - std::chrono::sys_days{china_date(now)}).count();
    if (days == 0) return "今天" + clock_phrase(china_minute_of_day(when));
    if (days == 1) return "明天" + clock_phrase(china_minute_of_day(when));
    return day_phrase(china_date(now), china_date(when)) + clock_phrase(china_minute_of_day(when));
}

}  // namespace yuanda::dialogue
