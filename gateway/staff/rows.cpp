// JSON of the desk: conversations, messages, people.
#include "gateway/staff/rows.hpp"

#include "core/text.hpp"
#include "core/token.hpp"
#include "desk/sla.hpp"
#include "gateway/staff/access.hpp"
#include "gateway/staff/numbers.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr int kKeptForPeople = 2;  // sends of a window that lines of the system leave alone

Json time_or_null(const std::optional<TimePoint>& t) { return t ? Json(to_epoch_ms(*t)) : Json(nullptr); }

std::string owner_label(const storage::ConversationRow& row) {
    return row.lawyer_name.empty() ? row.ownership.lawyer.value : row.lawyer_name;
}

Json deadline_json(Date date, TimePoint now) {
    const auto left = (std::chrono::sys_days{date} - std::chrono::sys_days{china_date(now)}).count();
    const std::string label = left > 0    ? "期限剩 " + std::to_string(left) + " 天"
                              : left == 0 ? "期限今天到"
                                          : "期限已过";
    return {{"label", label}, {"date", iso_date(date)}};
}

}  // namespace

std::optional<WindowView> window_view(const adapters::Capabilities& can, const storage::Window& window, TimePoint now) {
    if (can.pull || can.replies_per_message == 0 || window.opened_at == TimePoint{}) return std::nullopt;
    WindowView view;
    view.of = can.replies_per_message;
    view.closes_at = window.opened_at + can.reply_window;
    const bool open = can.reply_window.count() == 0 || now < view.closes_at;
    view.left = open ? std::max(0, view.of - window.used) : 0;
    return view;
}

bool line_may_travel(const adapters::Capabilities& can, const storage::Window& window, TimePoint now) {
    if (can.pull) return false;  // the page fetches it
    if (can.replies_per_message == 0) return true;
    const auto view = window_view(can, window, now);
    return view && view->left > kKeptForPeople;
}

std::string contact_label(const ContactId& contact, const std::string& name) {
    if (!name.empty()) return masked_name(name);
    // Four digits tell visitors of a day apart; they come from our own id, never from the channel's.
    const std::string hash = sha256_hex(contact.value).substr(0, 6);
    const int number = static_cast<int>(std::stoul(hash, nullptr, 16) % 9000) + 1000;
    return "访客" + std::to_string(number);
}

Json row_json(const storage::ConversationRow& row, const RowView& view) {
    const auto& waiting = row.ownership.waiting_since;
    const auto due = desk::due_at(row.ownership, row.promise, view.sla);
    const auto sla = due ? desk::sla_state(*waiting, *due, view.now) : desk::SlaState::Ok;
    Json json = {{"id", row.id.value},
                 {"channel", name_of(row.channel)},
                 {"contact", contact_label(row.contact, row.contact_name)},
                 {"topic", row.topic},
                 {"topic_name", view.topic_name},
                 {"owner", desk::name_of(row.ownership.owner)},
                 {"last", with_masked_numbers(row.last_text)},
                 {"last_from", storage::name_of(row.last_from)},
                 {"last_at", to_epoch_ms(row.last_at)},
                 {"waiting_since", time_or_null(waiting)},
                 {"due_at", time_or_null(due)},
                 {"sla", desk::name_of(sla)},
                 {"unread", row.unread},
                 {"risk", row.risks}};
    if (!row.ownership.lawyer.empty())
        json["lawyer"] = {{"id", row.ownership.lawyer.value}, {"name", owner_label(row)}};
    if (view.deadline) json["deadline"] = deadline_json(*view.deadline, view.now);
    if (view.window)
        json["window"] = {
            {"left", view.window->left}, {"of", view.window->of}, {"closes_at", to_epoch_ms(view.window->closes_at)}};
    return json;
}

Json message_json(const storage::StoredMessage& message) {
    Json json = {{"seq", message.seq},
                 {"id", message.id.value},
                 {"from", storage::name_of(message.from)},
                 {"at", to_epoch_ms(message.at)},
                 {"text", message.text}};
    if (!message.author_name.empty()) json["name"] = message.author_name;
    if (!message.cmid.empty()) json["cmid"] = message.cmid;
    if (!message.card.empty())
        if (auto card = parse_json(message.card); card.has_value()) json["card"] = std::move(*card);
    if (message.note) json["note"] = true;
    if (!message.delivery.empty()) json["delivery"] = message.delivery;
    return json;
}

Json masked_message_json(storage::StoredMessage message) {
    if (message.from == storage::From::Contact) message.text = with_masked_numbers(message.text);
    return message_json(message);
}

Json contact_json(const storage::ConversationRow& row, const ContactView& view) {
    const bool given = !row.contact_phone.empty();
    const std::string& phone = given ? row.contact_phone : view.said_phone;
    Json json = {{"name", contact_label(row.contact, row.contact_name)},
                 {"phone", nullptr},
                 {"channel", name_of(row.channel)},
                 {"first_at", to_epoch_ms(row.started_at)},
                 {"conversations", view.conversations},
                 {"applications", view.applications}};
    if (phone.empty()) return json;
    json["phone"] = view.accepted ? phone : masked_phone(phone);
    json["phone_from"] = given ? "application" : "words";
    return json;
}

Json summary_json(const std::optional<desk::Handover>& sheet, bool accepted) {
    if (!sheet) return nullptr;
    const auto shown = [&](const std::string& text) { return accepted ? text : with_masked_numbers(text); };
    return {{"reason", sheet->reason}, {"matter", shown(sheet->matter)}, {"wish", sheet->wish},
            {"dates", sheet->dates},   {"answered", sheet->answered},    {"unclear", shown(sheet->unclear)},
            {"turns", sheet->turns}};
}

Json staff_json(const storage::Staff& staff, const std::vector<PresenceRow>& present) {
    Json json = {{"id", staff.id.value},
                 {"login", staff.login},
                 {"name", staff.name},
                 {"roles", staff.roles},
                 {"disabled", staff.disabled}};
    for (const auto& row : present)
        if (row.staff == staff.id) json["presence"] = desk::name_of(row.state);
    return json;
}

std::string author_name(const storage::Staff& staff) {
    static constexpr std::array<std::u32string_view, 12> kDoubleSurnames{
        U"欧阳", U"司马", U"上官", U"诸葛", U"东方", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"长孙", U"夏侯"};
    constexpr std::string_view kTitle = "律师";
    if (!has_role(staff.roles, "lawyer") || staff.name.ends_with(kTitle)) return staff.name;
    const std::u32string name = to_utf32(staff.name);
    const bool chinese = !name.empty() && name.size() <= 4 && name.front() >= U'一' && name.front() <= U'\u9fff';
    if (!chinese) return staff.name + std::string(kTitle);
    std::size_t surname = 1;
    for (const auto& known : kDoubleSurnames)
        if (name.size() > 2 && std::u32string_view(name).starts_with(known)) surname = 2;
    return to_utf8(std::u32string_view(name).substr(0, surname)) + std::string(kTitle);
}

}  // namespace yuanda::gateway::staff
