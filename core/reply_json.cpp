// A reply as the JSON card of docs/api.md, for storage and for the citizen's page.
#include "core/json.hpp"
#include "core/reply.hpp"

namespace yuanda {
namespace {

Json citation_json(const Citation& c) {
    return {{"law", c.law},
            {"article", c.article},
            {"full", c.full},
            {"adopted", c.adopted},
            {"effective", c.effective},
            {"plain", c.plain},
            {"in_force", c.in_force},
            {"status", c.in_force ? "现行有效" : "已失效或尚未施行"}};
}

Citation citation_from(const Json& j) {
    Citation c;
    c.law = text_or(j, "law");
    c.article = text_or(j, "article");
    c.full = text_or(j, "full");
    c.adopted = text_or(j, "adopted");
    c.effective = text_or(j, "effective");
    c.plain = text_or(j, "plain");
    c.in_force = j.value("in_force", false);
    return c;
}

Json section_json(const ReplySection& s) { return {{"title", s.title}, {"ordered", s.ordered}, {"items", s.items}}; }

/// Empty lists are left out: the card travels to old phones.
template <class T>
void put_list(Json& card, const char* key, const std::vector<T>& list, Json (*one)(const T&)) {
    if (list.empty()) return;
    Json array = Json::array();
    for (const auto& item : list) array.push_back(one(item));
    card[key] = std::move(array);
}

Json string_json(const std::string& s) { return s; }
Json choice_json(const ReplyChoice& c) {
    Json json = {{"id", c.id}, {"text", c.text}};
    if (c.aside) json["aside"] = true;
    return json;
}

std::vector<std::string> strings_from(const Json& card, const char* key) {
    std::vector<std::string> out;
    if (const auto found = card.find(key); found != card.end() && found->is_array())
        for (const auto& item : *found)
            if (item.is_string()) out.push_back(item.get<std::string>());
    return out;
}

}  // namespace

std::string reply_to_json(const Reply& reply) {
    Json card = {{"kind", name_of(reply.kind)}};
    put_list(card, "paragraphs", reply.paragraphs, string_json);
    put_list(card, "sections", reply.sections, section_json);
    put_list(card, "citations", reply.citations, citation_json);
    put_list(card, "choices", reply.choices, choice_json);
    put_list(card, "follow_ups", reply.follow_ups, string_json);
    if (!reply.updated.empty()) card["updated"] = reply.updated;
    if (!reply.why.empty()) card["why"] = reply.why;
    if (!reply.note.empty()) card["note"] = reply.note;
    if (reply.progress)
        card["progress"] = {
            {"step", reply.progress->step}, {"of", reply.progress->of}, {"title", reply.progress->title}};
    if (reply.feedback) card["feedback"] = true;
    return card.dump();
}

std::optional<Reply> reply_from_json(const std::string& json) {
    const auto parsed = parse_json(json);
    if (!parsed.has_value() || !parsed->is_object()) return std::nullopt;
    const Json& card = *parsed;
    const auto kind = reply_kind_from(text_or(card, "kind"));
    if (!kind) return std::nullopt;
    Reply reply;
    reply.kind = *kind;
    reply.paragraphs = strings_from(card, "paragraphs");
    reply.follow_ups = strings_from(card, "follow_ups");
    for (const auto& s : card.value("sections", Json::array()))
        reply.sections.push_back({text_or(s, "title"), s.value("ordered", false), strings_from(s, "items")});
    for (const auto& c : card.value("citations", Json::array())) reply.citations.push_back(citation_from(c));
    for (const auto& c : card.value("choices", Json::array()))
        reply.choices.push_back({text_or(c, "id"), text_or(c, "text"), c.value("aside", false)});
    reply.updated = text_or(card, "updated");
    reply.why = text_or(card, "why");
    reply.note = text_or(card, "note");
    if (const auto p = card.find("progress"); p != card.end())
        reply.progress = Progress{p->value("step", 0), p->value("of", 0), text_or(*p, "title")};
    reply.feedback = card.value("feedback", false);
    return reply;
}

}  // namespace yuanda
