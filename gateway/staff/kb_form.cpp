// One table of members, so that reading and writing cannot drift apart.
#include "gateway/staff/kb_form.hpp"

#include <array>

#include "core/text.hpp"

namespace yuanda::gateway::staff {
namespace {

constexpr std::size_t kMaxLine = 300;  // characters; a wording, an item, a name
constexpr std::size_t kMaxConclusion = 2000;
constexpr std::size_t kMaxItems = 200;

struct TextMember {
    const char* key;
    std::string kb::Entry::*member;
};
struct ListMember {
    const char* key;
    std::vector<std::string> kb::Entry::*member;
};
constexpr std::array<TextMember, 10> kTexts{{{"topic", &kb::Entry::topic},
                                             {"subtopic", &kb::Entry::subtopic},
                                             {"question", &kb::Entry::question},
                                             {"audience", &kb::Entry::audience},
                                             {"region", &kb::Entry::region},
                                             {"calculator", &kb::Entry::calculator},
                                             {"aid", &kb::Entry::aid},
                                             {"risk", &kb::Entry::risk},
                                             {"reviewed_on", &kb::Entry::reviewed_on},
                                             {"expires_on", &kb::Entry::expires_on}}};
constexpr std::array<ListMember, 4> kLists{{{"variants", &kb::Entry::variants},
                                            {"keywords", &kb::Entry::keywords},
                                            {"deadlines", &kb::Entry::deadlines},
                                            {"follow_ups", &kb::Entry::follow_ups}}};

/// Collects what is wrong once, so that reading stays a list of fields.
class Form {
public:
    explicit Form(const Json& json) : json_(json) {}
    bool fits() const { return fits_; }

    std::string text(std::string_view key, std::size_t longest = kMaxLine) {
        const auto found = json_.find(key);
        return found == json_.end() ? std::string{} : line(*found, longest);
    }

    /// Without the empty ones.
    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> out;
        for (const auto& item : list(key))
            if (auto text = line(item, kMaxLine); !text.empty()) out.push_back(std::move(text));
        return out;
    }

    /// The objects of a list.
    std::vector<Json> objects(std::string_view key) {
        std::vector<Json> out;
        for (const auto& item : list(key)) {
            fits_ = fits_ && item.is_object();
            if (item.is_object()) out.push_back(item);
        }
        return out;
    }

    void refuse() { fits_ = false; }

private:
    std::string line(const Json& value, std::size_t longest) {
        const bool text = value.is_string() && is_clean_utf8(value.get_ref<const std::string&>());
        if (!text || code_points(value.get_ref<const std::string&>()) > longest) {
            fits_ = false;
            return {};
        }
        return std::string(trimmed(value.get_ref<const std::string&>()));
    }

    Json list(std::string_view key) {
        const auto found = json_.find(key);
        if (found == json_.end()) return Json::array();
        if (!found->is_array() || found->size() > kMaxItems) {
            fits_ = false;
            return Json::array();
        }
        return *found;
    }

    const Json& json_;
    bool fits_ = true;
};

/// Paragraphs as the reader of files joins them: one line each.
std::string paragraphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto words = trimmed(text.substr(0, end));
        if (!words.empty()) out.append(out.empty() ? "" : "\n").append(words);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<kb::EntryCitation> citations_from(Form& form) {
    std::vector<kb::EntryCitation> out;
    for (const auto& object : form.objects("citations")) {
        Form one(object);
        kb::EntryCitation citation{one.text("law"), one.text("article"), one.text("plain")};
        if (!one.fits()) form.refuse();
        if (!(citation == kb::EntryCitation{})) out.push_back(std::move(citation));
    }
    return out;
}

std::vector<kb::EntrySection> sections_from(Form& form) {
    std::vector<kb::EntrySection> out;
    for (const auto& object : form.objects("sections")) {
        Form one(object);
        const auto ordered = object.find("ordered");
        kb::EntrySection section{one.text("title"), ordered != object.end() && *ordered == true, one.texts("items")};
        if (!one.fits()) form.refuse();
        if (!section.items.empty()) out.push_back(std::move(section));
    }
    return out;
}

}  // namespace

Json entry_json(const kb::Entry& entry) {
    Json json = {{"id", entry.id.value}, {"conclusion", entry.conclusion}};
    for (const auto& [key, member] : kTexts) json[key] = entry.*member;
    for (const auto& [key, member] : kLists) json[key] = entry.*member;
    json["related"] = Json::array();
    for (const auto& id : entry.related) json["related"].push_back(id.value);
    json["citations"] = Json::array();
    for (const auto& one : entry.citations)
        json["citations"].push_back({{"law", one.law}, {"article", one.article}, {"plain", one.plain}});
    json["sections"] = Json::array();
    for (const auto& one : entry.sections)
        json["sections"].push_back({{"title", one.title}, {"ordered", one.ordered}, {"items", one.items}});
    return json;
}

std::optional<kb::Entry> entry_from(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    Form form(json);
    kb::Entry entry;
    entry.id = EntryId{form.text("id")};
    for (const auto& [key, member] : kTexts) entry.*member = form.text(key);
    for (const auto& [key, member] : kLists) entry.*member = form.texts(key);
    for (auto& id : form.texts("related")) entry.related.emplace_back(std::move(id));
    entry.conclusion = paragraphs(form.text("conclusion", kMaxConclusion));
    entry.citations = citations_from(form);
    entry.sections = sections_from(form);
    return form.fits() ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace yuanda::gateway::staff
