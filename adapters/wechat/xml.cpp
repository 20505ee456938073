// A scan that counts tags without building anything, then pugixml.
#include "adapters/wechat/xml.hpp"

#include <pugixml.hpp>

#include "adapters/webhook.hpp"
#include "core/text.hpp"

namespace yuanda::adapters::wechat {
namespace {

constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kMaxElements = 64;
constexpr std::size_t kNone = std::string_view::npos;

/// Just past `close`, or kNone when it never comes.
std::size_t past(std::string_view xml, std::string_view close, std::size_t from) {
    const std::size_t at = xml.find(close, from);
    return at == kNone ? kNone : at + close.size();
}

/// Position of the '>' that ends the tag at `at`; one inside a quoted attribute does not.
std::size_t tag_end(std::string_view xml, std::size_t at) {
    char quote = '\0';
    for (std::size_t i = at; i < xml.size(); ++i) {
        if (quote != '\0') {
            if (xml[i] == quote) quote = '\0';
        } else if (xml[i] == '"' || xml[i] == '\'') {
            quote = xml[i];
        } else if (xml[i] == '>') {
            return i;
        }
    }
    return kNone;
}

class Scan {
public:
    explicit Scan(std::string_view xml) : xml_(xml) {}

    Result<> run() {
        if (xml_.starts_with("<?xml ")) at_ = past(xml_, "?>", 0);
        while (at_ != kNone && (at_ = xml_.find('<', at_)) != kNone) {
            const std::string_view rest = xml_.substr(at_);
            if (rest.starts_with("<![CDATA[")) {
                at_ = past(xml_, "]]>", at_ + 9);
                if (at_ == kNone) return invalid("xml: open CDATA");
            } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
                return invalid("xml: declaration or instruction");
            } else if (auto tag = read_tag(rest); !tag) {
                return tag.error();
            }
        }
        if (depth_ != 0 || elements_ == 0) return invalid("xml: unbalanced");
        return {};
    }

private:
    Result<> read_tag(std::string_view rest) {
        const std::size_t end = tag_end(xml_, at_);
        if (end == kNone) return invalid("xml: open tag");
        if (rest.starts_with("</")) {
            if (depth_ == 0) return invalid("xml: unbalanced");
            --depth_;
        } else {
            if (++elements_ > kMaxElements) return invalid("xml: too many elements");
            if (depth_ + 1 > kMaxDepth) return invalid("xml: too deep");
            if (xml_[end - 1] != '/') ++depth_;
        }
        at_ = end + 1;
        return {};
    }

    std::string_view xml_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    std::size_t elements_ = 0;
};

/// All text of an element: "a]]" and ">b" of a split CDATA section belong together.
std::string text_of(const pugi::xml_node& element) {
    std::string text;
    for (const auto& child : element.children())
        if (child.type() == pugi::node_cdata || child.type() == pugi::node_pcdata) text += child.value();
    return text;
}

}  // namespace

Result<Fields> read_xml(std::string_view xml) {
    if (!is_clean_utf8(xml)) return invalid("xml: not clean UTF-8");
    if (auto scanned = Scan{xml}.run(); !scanned) return scanned.error();
    pugi::xml_document document;
    constexpr unsigned kFlags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata;
    const auto parsed = document.load_buffer(xml.data(), xml.size(), kFlags, pugi::encoding_utf8);
    const pugi::xml_node root = document.document_element();
    if (!parsed || std::string_view{root.name()} != "xml") return invalid("xml: bad syntax");
    Fields fields;
    for (const auto& child : root.children()) {
        if (child.type() != pugi::node_element) continue;
        std::string text = text_of(child);
        if (!is_clean_utf8(text)) return invalid("xml: bad character reference");
        fields.emplace(child.name(), std::move(text));
    }
    return fields;
}

std::string field(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string{} : found->second;
}

std::string cdata(std::string_view text) {
    std::string out = "<![CDATA[";
    std::string clean = without_controls(text);
    for (std::size_t at = 0; (at = clean.find("]]>", at)) != std::string::npos; at += 15)
        clean.replace(at, 3, "]]]]><![CDATA[>");
    return out + clean + "]]>";
}

}  // namespace yuanda::adapters::wechat
